"""What a member answered: one version as a whole, beside last year's, and its shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from eprm.people.models import Person
from eprm.returns.models import Answer, Evidence, Question, Return, Version
from eprm.returns.queries.editions import questions_for
from eprm.returns.queries.returns import returns_readable_by
from eprm.returns.scoring import Score, is_answered, score_of
from lode import oecd
from lode.progress import Change, Level, level_change, number_change, whole_change


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a version: its answer, its evidence, and last year's answer to the same question."""

    question: Question
    answer: Answer | None
    evidence: tuple[Evidence, ...]
    last: Answer | None
    required: bool

    @property
    def is_answered(self) -> bool:
        return is_answered(self.answer)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What about this answer, beside last year's, asks for a sentence in the note."""
        if self.answer is None or self.last is None or self.answer.note:
            return ()
        found: list[Change | None] = []
        if self.question.kind == Question.Kind.SCALE:
            found.append(level_change(_level(self.last), _level(self.answer)))
        elif self.answer.number is not None and self.last.number is not None:
            found.append(number_change(Fraction(self.last.number), Fraction(self.answer.number)))
            if self.answer.whole is not None and self.last.whole is not None:
                found.append(whole_change(Fraction(self.last.whole), Fraction(self.answer.whole)))
        return tuple(change for change in found if change is not None)

    @property
    def lacks_evidence(self) -> bool:
        """Documented by its own account, evidence is asked, and none is attached: a reader shall see that."""
        documented = self.answer is not None and self.answer.level in (Level.DOCUMENTED, Level.REVIEWED)
        return documented and bool(self.question.evidence) and not self.evidence


@dataclass(frozen=True, slots=True)
class StepLines:
    """The lines of one step."""

    step: oecd.Step
    lines: tuple[Line, ...]

    @property
    def required(self) -> int:
        return sum(line.required for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)

    @property
    def missing(self) -> int:
        return sum(line.required and not line.is_answered for line in self.lines)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole version: its lines by step, and its score. `version` is None for a return nobody has begun."""

    of: Return
    version: Version | None
    steps: tuple[StepLines, ...]
    score: Score

    @property
    def lines(self) -> list[Line]:
        return [line for step in self.steps for line in step.lines]

    @property
    def missing(self) -> int:
        return sum(step.missing for step in self.steps)

    @property
    def answered(self) -> int:
        return sum(step.answered for step in self.steps)


def sheet_of(this: Return, version: Version | None, on: date) -> Sheet:
    """The version with everything beside it. Six queries, whatever the number of questions."""
    asked = questions_for(this.edition_id, this.pillar, this.tier)
    answers = {answer.question_id: answer for answer in answers_of(version)}
    evidence: dict[int, list[Evidence]] = {}
    for each in evidence_of(version):
        evidence.setdefault(each.question_id, []).append(each)
    last = last_answers(this)
    lines = [
        Line(
            question=question,
            answer=answers.get(question.pk),
            evidence=tuple(evidence.get(question.pk, ())),
            last=last.get(question.key),
            required=question.short_form or not this.is_short,
        )
        for question in asked
    ]
    day = version.sent_at.date() if version and version.sent_at else on
    return Sheet(
        of=this,
        version=version,
        steps=tuple(
            StepLines(step, tuple(line for line in lines if line.question.step == step.key)) for step in oecd.steps()
        ),
        score=score_of(this.edition, asked, answers, is_short=this.is_short, on=day),
    )


def gap_steps_of(person: Person) -> set[str]:
    """The OECD steps ("1" to "5") in which the newest return of the person's organisations says that something has not
    begun or is only planned; one query.
    """
    versions = Version.objects.filter(organisation__in=person.organisation_ids())
    newest = versions.order_by("organisation", "-of__year", "-number").distinct("organisation").values("pk")
    lacking = Answer.objects.filter(version__in=newest, level__in=(Level.NOT_STARTED, Level.PLANNED))
    return set(lacking.values_list("question__step", flat=True))


def answers_of(version: Version | None) -> list[Answer]:
    return list(Answer.objects.filter(version=version).select_related("question", "saved_by")) if version else []


def evidence_of(version: Version | None) -> list[Evidence]:
    if version is None:
        return []
    return list(Evidence.objects.filter(version=version).select_related("file", "added_by").order_by("pk"))


def last_answers(this: Return) -> dict[str, Answer]:
    """The answers of the newest sent version of the year before, by the question's key."""
    before = Version.objects.filter(
        of__organisation=this.organisation_id, of__year=this.year - 1, sent_at__isnull=False
    )
    newest = before.order_by("-number").first()
    return {answer.question.key: answer for answer in answers_of(newest)}


def evidence_readable_by(person: Person) -> QuerySet[Evidence]:
    """Evidence of the returns the person may read: the member's own, and for the secretariat what was sent."""
    readable = returns_readable_by(person)
    found = Evidence.objects.filter(version__of__in=readable).select_related("file", "version__of__organisation")
    if person.is_secretariat:
        own = found.filter(organisation__in=person.organisation_ids())
        return own | found.filter(version__sent_at__isnull=False)
    return found


@dataclass(frozen=True, slots=True)
class YearScore:
    """A member's own score of one year, of its newest sent version."""

    year: int
    score: Score
    version: Version


def own_history(organisation_id: int) -> list[YearScore]:
    """The member's scores over the years, oldest first. A constant number of queries."""
    sent = Version.objects.filter(of__organisation=organisation_id, sent_at__isnull=False)
    newest = {v.of.year: v for v in sent.select_related("of__edition").order_by("of__year", "number")}
    return [YearScore(year, score, newest[year]) for year, score in scores_of(list(newest.values())).items()]


def scores_of(versions: list[Version]) -> dict[int, Score]:
    """The score of each version by its return's year, for one organisation's versions."""
    return {version.of.year: score for version, score in scored(versions)}


def scored(versions: list[Version]) -> list[tuple[Version, Score]]:
    """Each version with its score; two queries for all. The versions come with `of__edition`."""
    asked: dict[int, list[Question]] = {}
    for question in Question.objects.filter(edition__in={v.of.edition_id for v in versions}, weight__gt=0):
        asked.setdefault(question.edition_id, []).append(question)
    answers: dict[int, dict[int, Answer]] = {}
    for answer in Answer.objects.filter(version__in=versions).exclude(level=""):
        answers.setdefault(answer.version_id, {})[answer.question_id] = answer
    found = []
    for version in versions:
        this = version.of
        theirs = [
            question
            for question in asked.get(this.edition_id, [])
            if question.pillar == this.pillar and (not question.tiers or this.tier in question.tiers)
        ]
        day = version.sent_at.date() if version.sent_at else this.due_on
        given = answers.get(version.pk, {})
        found.append((version, score_of(this.edition, theirs, given, is_short=this.is_short, on=day)))
    return found


def _level(answer: Answer) -> Level | None:
    return Level(answer.level) if answer.level else None
