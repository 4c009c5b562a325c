"""Answering: beginning a version, saving answers, taking suggestions over, attaching evidence. All in a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.files import keep_file
from eprm.people.models import Person
from eprm.returns import lifecycle, rules
from eprm.returns.models import Answer, Evidence, Question, Return, Version
from eprm.returns.prefill import Suggestion, suggestions_for
from eprm.returns.queries.answers import answers_of, evidence_of
from eprm.returns.queries.editions import questions_for
from eprm.returns.queries.returns import asked_about, draft_of, sent_version

MOST_EVIDENCE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody says to one question; all blank is "nobody has answered". `revision` is the one they saw."""

    level: str = ""
    reviewed_on: date | None = None
    number: Decimal | None = None
    whole: Decimal | None = None
    text: str = ""
    note: str = ""
    revision: int = 0

    def values(self) -> dict[str, object]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "revision"}


class Overlapped(NotAllowed):
    """A colleague saved another answer since this person opened the page; `answer` is theirs, or None: taken away."""

    def __init__(self, reason: str, answer: Answer | None) -> None:
        super().__init__(reason)
        self.answer = answer


@transaction.atomic
def begin_version(this: Return, *, by: Person, reason: str = "") -> Version:
    """The version to answer in: the open one, the first, or, of a return sent back, one that begins as the last was."""
    locked = _locked(this)
    rules.can_answer(by, locked).require()
    return draft_of(locked) or _next_version(locked, by=by, reason=reason)


@transaction.atomic
def begin_correction(this: Return, *, reason: str, by: Person) -> Version:
    """A new version of what was sent or closed. The old one stays, and counts until the new one is closed."""
    locked = _locked(this)
    rules.can_correct(by, locked).require()
    version = _next_version(locked, by=by, reason=reason)
    locked.state = lifecycle.CORRECTING
    locked.save(update_fields=["state"])
    return version


def _next_version(this: Return, *, by: Person, reason: str) -> Version:
    before = sent_version(this)
    version = Version.objects.create(
        of=this,
        organisation_id=this.organisation_id,
        number=before.number + 1 if before else 1,
        reason=reason,
        begun_by=by,
    )
    if before is not None:
        copied = {"id", "version", "revision", "saved_at"}
        Answer.objects.bulk_create(Answer(version=version, **_values(answer, copied)) for answer in answers_of(before))
        Evidence.objects.bulk_create(
            Evidence(version=version, **_values(each, {"id", "version", "added_at"})) for each in evidence_of(before)
        )
    return version


def _values(row: Answer | Evidence, without: set[str]) -> dict[str, object]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in without}


@dataclass(frozen=True, slots=True)
class Saved:
    """How many answers were kept, and of which questions somebody else has said something else meanwhile."""

    kept: int
    overlaps: dict[int, Overlapped]


@transaction.atomic
def save_answers(this: Return, given: Mapping[Question, Given], *, by: Person) -> Saved:
    """Keep what was said to these questions, each by itself: one that overlaps does not hold up the others."""
    locked = _locked(this)
    rules.can_answer(by, locked).require()
    version = rules.require_draft(draft_of(locked))
    allowed = asked_about(locked)
    answers = Answer.objects.select_for_update(of=("self",)).select_related("saved_by").filter(version=version)
    known = {answer.question_id: answer for answer in answers}
    kept, overlaps = 0, {}
    for question, each in given.items():
        rules.can_change_answer(locked, question, allowed).require()
        try:
            kept += _save(version, question, known.get(question.pk), each, by)
        except Overlapped as overlap:
            overlaps[question.pk] = overlap
    return Saved(kept, overlaps)


def save_answer(this: Return, question: Question, given: Given, *, by: Person) -> Answer | None:
    """Keep what was said to one question. Overlapped where somebody else has said something else meanwhile."""
    saved = save_answers(this, {question: given}, by=by)
    for overlap in saved.overlaps.values():
        raise overlap
    return Answer.objects.filter(version__of=this, version__sent_at=None, question=question).first()


def _save(version: Version, question: Question, known: Answer | None, given: Given, by: Person) -> bool:
    """Whether anything was written: the same answer again is not."""
    values = given.values()
    if known is None and not any(values.values()) and given.number is None:
        return False
    if known is not None and all(getattr(known, name) == value for name, value in values.items()):
        return False
    if (known.revision if known else 0) != given.revision:
        raise Overlapped(_told_overlap(known), known)
    _keep(version, question, known, values, Answer.Origin.TYPED, "", by)
    return True


def _keep(
    version: Version,
    question: Question,
    known: Answer | None,
    values: dict[str, object],
    origin: str,
    source: str,
    by: Person,
) -> Answer:
    answer = known or Answer(version=version, organisation_id=version.organisation_id, question=question, revision=0)
    for name, value in values.items():
        setattr(answer, name, value)
    answer.origin, answer.source, answer.saved_by = origin, source, by
    answer.revision += 1
    answer.save()
    return answer


def _told_overlap(known: Answer | None) -> str:
    if known is None:
        return _("A colleague has taken this answer away meanwhile. Yours is still below: save again to keep it.")
    said = known.get_level_display() or known.text or ("" if known.number is None else f"{known.number.normalize():f}")
    return _(
        "%(person)s has meanwhile answered “%(answer)s”. Yours is still below: save again to put it in its place."
    ) % {"person": known.saved_by, "answer": said or _("nothing")}


@transaction.atomic
def take_over(this: Return, question: Question, *, origin: str, by: Person) -> Answer:
    """Take a suggestion over as the answer: last year's, or what the platform knows. Computed anew, never sent in."""
    version = _writable(this, question, by)
    found = [each for each in suggestions_for(this, [question], by).get(question.pk, ()) if each.origin == origin]
    if not found:
        raise NotAllowed(_("There is nothing to take over any more: what the suggestion rested on has changed."))
    known = Answer.objects.select_for_update().filter(version=version, question=question).first()
    return _taken(version, question, known, found[0], by)


@transaction.atomic
def take_over_last_year(this: Return, step: str, *, by: Person) -> int:
    """Take last year's answers over wherever a question of the step has none yet. Gives how many."""
    locked = _locked(this)
    rules.can_answer(by, locked).require()
    version = rules.require_draft(draft_of(locked))
    allowed = asked_about(locked)
    answered = set(Answer.objects.filter(version=version).values_list("question", flat=True))
    asked = [
        question
        for question in questions_for(locked.edition_id, locked.pillar, locked.tier)
        if question.step == step and question.pk not in answered and rules.can_change_answer(locked, question, allowed)
    ]
    suggested = suggestions_for(locked, asked, by)
    found = [(q, s) for q in asked for s in suggested.get(q.pk, ()) if s.origin == Answer.Origin.LAST_YEAR]
    for question, suggestion in found:
        _taken(version, question, None, suggestion, by)
    return len(found)


def _taken(version: Version, question: Question, known: Answer | None, suggestion: Suggestion, by: Person) -> Answer:
    return _keep(version, question, known, suggestion.values(), suggestion.origin, suggestion.source[:300], by)


@transaction.atomic
def attach_evidence(
    this: Return, question: Question, *, title: str, files: Iterable[UploadedFile], address: str, by: Person
) -> Evidence:
    """Attach a file or an address to an answer; the file's bytes are kept as they came."""
    version = _writable(this, question, by)
    if Evidence.objects.filter(version=version, question=question).count() >= MOST_EVIDENCE:
        raise NotAllowed(
            _("%(n)d pieces of evidence stand at this answer, and that is enough: take one away first.")
            % {"n": MOST_EVIDENCE}
        )
    chosen = next(iter(files), None)
    file = None
    if chosen is not None:
        file = keep_file(chosen.read(), name=str(chosen.name), organisation_id=this.organisation_id, by=by)
    return Evidence.objects.create(
        organisation_id=this.organisation_id,
        version=version,
        question=question,
        file=file,
        address="" if file else address,
        title=title or (file.name[:200] if file else address[:200]),
        added_by=by,
    )


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Person) -> None:
    """Take evidence away from a draft. What was sent keeps its own."""
    this = evidence.version.of
    version = _writable(this, evidence.question, by)
    if evidence.version_id != version.pk:
        raise NotAllowed(_("This evidence belongs to a version that was sent, and stays with it."))
    Evidence.objects.filter(pk=evidence.pk).delete()


def _writable(this: Return, question: Question, by: Person) -> Version:
    """The open version, locked, if this person may change the answer to this question now."""
    locked = _locked(this)
    rules.can_answer(by, locked).require()
    version = rules.require_draft(draft_of(locked))
    rules.can_change_answer(locked, question, asked_about(locked)).require()
    return version


def _locked(this: Return) -> Return:
    Return.objects.select_for_update().get(pk=this.pk)
    return Return.objects.select_related("organisation", "edition").get(pk=this.pk)
