"""What a written name means, said by a person: kept, used on every open upload of the organisation, and undone by
a newer decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from eprm.base import jobs
from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.locks import hold
from eprm.diligence import intake, lifecycle, rules
from eprm.diligence.models import CandidateRow, Decision, SmelterRow, Upload
from eprm.diligence.queries.decisions import decision_about
from eprm.diligence.queries.uploads import UNDECIDED
from eprm.people.models import Person
from eprm.ui.words import moment

Judgement, Outcome = Decision.Judgement, SmelterRow.Outcome
WEIGH = "diligence.weigh_risks"
OUTCOME_OF = {
    Judgement.SAME: Outcome.MATCHED,
    Judgement.DIFFERENT: Outcome.UNLISTED,
    Judgement.UNSURE: Outcome.UNSURE,
    Judgement.NOT_SMELTER: Outcome.NOT_SMELTER,
    Judgement.WITHDRAWN: Outcome.OPEN,
}


def lock_name(organisation_id: int) -> str:
    """Decisions of an organisation are taken one at a time, and not in the middle of a check that reads them."""
    return f"diligence.decisions.{organisation_id}"


@transaction.atomic
def decide_smelter(
    *, line: SmelterRow, judgement: str, by: Person, cid: str = "", reason: str = "", seen: int | None = None
) -> Decision:
    """Say what the name on this line means; every open line with the same metal, name and country follows.

    `cid` is needed for "same" and must be a candidate or in the register. `seen` is the decision the person saw when
    deciding (None: none); if a colleague has decided since, Overtaken says who, when and what.
    """
    hold(lock_name(line.organisation_id))
    line = SmelterRow.objects.select_related("upload__accepted_by").get(pk=line.pk)
    rules.can_decide(by, line.upload).require()
    before = decision_about(line)
    if (before.pk if before else None) != seen:
        raise Overtaken(_what_was_decided(before))
    if judgement == Judgement.SAME:
        _known_smelter(line, cid)
    decision = _decide(line, judgement, cid if judgement == Judgement.SAME else "", reason, before, by)
    _weigh_again([decision], by)
    return decision


@dataclass(frozen=True, slots=True)
class Choice:
    """A line with the candidate that was shown as its best."""

    line: SmelterRow
    cid: str


@transaction.atomic
def accept_best_candidates(*, upload: Upload, choices: list[Choice], reason: str, by: Person) -> list[Decision]:
    """Take the shown best candidate for each of these lines; what a colleague has decided since is left as it is."""
    hold(lock_name(upload.organisation_id))
    upload = Upload.objects.select_related("accepted_by").get(pk=upload.pk)
    rules.can_decide(by, upload).require()
    taken = []
    for choice in choices:
        line = SmelterRow.objects.get(pk=choice.line.pk, upload=upload)
        if line.outcome not in UNDECIDED:
            continue
        _known_smelter(line, choice.cid)
        taken.append(_decide(line, Judgement.SAME, choice.cid, reason, decision_about(line), by))
    _weigh_again(taken, by)
    return taken


@transaction.atomic
def undo_decision(*, decision: Decision, by: Person) -> Decision:
    """Put back what was decided before, or leave the name open again; this too is a newer decision."""
    rules.can_write(by, decision.organisation_id).require()
    hold(lock_name(decision.organisation_id))
    decision = Decision.objects.select_related("superseded_by__decided_by").get(pk=decision.pk)
    if decision.superseded_by is not None:
        raise Overtaken(_what_was_decided(decision.superseded_by))
    if decision.judgement == Judgement.WITHDRAWN:
        raise NotAllowed(_("This decision is taken back already."))
    earlier = Decision.objects.filter(superseded_by=decision).exclude(judgement=Judgement.WITHDRAWN).first()
    taken_back = _supersede(
        decision,
        judgement=earlier.judgement if earlier else Judgement.WITHDRAWN,
        cid=earlier.cid if earlier else "",
        reason=_("Taken back: %(judgement)s") % {"judgement": decision.get_judgement_display()},
        by=by,
    )
    _weigh_again([taken_back], by)
    return taken_back


def _weigh_again(taken: list[Decision], by: Person) -> None:
    """What the names mean has changed, and with it perhaps what the files that say them ask to look at."""
    uploads = {upload.pk: upload for decision in taken for upload in _uploads_about(decision)}
    of_each = [
        {"upload_id": upload.pk, "organisation_id": upload.organisation_id, "person_id": by.pk}
        for upload in uploads.values()
    ]
    jobs.queue(WEIGH, *of_each)


def _decide(line: SmelterRow, judgement: str, cid: str, reason: str, before: Decision | None, by: Person) -> Decision:
    decision = before or Decision(
        organisation_id=line.organisation_id,
        metal=line.metal,
        name=line.name or line.lookup,
        normalised=line.normalised,
        country=line.country_iso2,
        upload=line.upload,
        row=line.row,
    )
    return _supersede(decision, judgement=judgement, cid=cid, reason=reason, by=by, line=line)


def _supersede(
    before: Decision, *, judgement: str, cid: str, reason: str, by: Person, line: SmelterRow | None = None
) -> Decision:
    """Save a decision about the same name in place of `before`, which may be unsaved, and let the open lines follow."""
    new = Decision(
        pk=_next_pk(),
        organisation_id=before.organisation_id,
        metal=before.metal,
        name=before.name,
        normalised=before.normalised,
        country=before.country,
        judgement=judgement,
        cid=cid,
        reason=reason,
        decided_by=by,
        upload=line.upload if line else before.upload,
        row=line.row if line else before.row,
    )
    if before.pk is not None:
        # First the old one steps back, naming the new one's number: only one decision may be in force at a time.
        Decision.objects.filter(pk=before.pk).update(superseded_by=new.pk)
    new.save(force_insert=True)
    _let_lines_follow(new)
    return new


def _next_pk() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('diligence_decision', 'id'))")
        return cursor.fetchone()[0]


def _lines_about(decision: Decision) -> QuerySet[SmelterRow]:
    return SmelterRow.objects.filter(
        organisation=decision.organisation_id,
        metal=decision.metal,
        normalised=decision.normalised,
        country_iso2=decision.country,
    )


def _uploads_about(decision: Decision) -> QuerySet[Upload]:
    decidable = lifecycle.POSSIBLE_IN["decide"]
    return Upload.objects.filter(pk__in=_lines_about(decision).values("upload"), state__in=decidable).order_by("pk")


def _let_lines_follow(decision: Decision) -> None:
    uploads = list(_uploads_about(decision).select_for_update(of=("self",)))
    _lines_about(decision).filter(upload__in=uploads).update(**outcome_of(decision))
    for upload in uploads:
        count_open(upload)
        upload.state = lifecycle.state_after_decision(upload.state, open_count=upload.open_count)
    Upload.objects.bulk_update(uploads, ["open_count", "state"])


def outcome_of(decision: Decision) -> dict[str, str]:
    """The fields of a smelter line that this decision is about."""
    known = decision.judgement == Judgement.SAME
    return {
        "outcome": OUTCOME_OF[Judgement(decision.judgement)],
        "method": "" if decision.judgement == Judgement.WITHDRAWN else "decision",
        "cid": decision.cid,
        "smelter_name": (intake.smelter_name(decision.organisation_id, decision.cid) if known else ""),
    }


def count_open(upload: Upload) -> None:
    """Set, without saving, how many names of the upload stand against acceptance."""
    open_lines = SmelterRow.objects.filter(upload=upload, outcome__in=UNDECIDED)
    upload.open_count = open_lines.values("metal", "normalised", "country_iso2").distinct().count()


def _known_smelter(line: SmelterRow, cid: str) -> None:
    if CandidateRow.objects.filter(line=line, cid=cid).exists():
        return
    if not intake.smelter_name(line.organisation_id, cid):
        raise NotAllowed(
            _("“%(cid)s” is in none of the registers you loaded. Load a newer one, or say it is in no register.")
            % {"cid": cid}
        )


def _what_was_decided(decision: Decision | None) -> str:
    if decision is None:
        return _("The decision you saw was taken back meanwhile. Nothing was changed.")
    return _("%(person)s decided on %(moment)s: “%(name)s” is %(judgement)s. Your answer was not saved.") % {
        "person": decision.decided_by,
        "moment": moment(decision.decided_at),
        "name": decision.name,
        "judgement": f"{decision.get_judgement_display()} {decision.cid}".strip(),
    }
