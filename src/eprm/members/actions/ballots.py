"""The board's ballots: the secretariat calls, seats vote, the rule counts; minuted, and told to the applicant."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from eprm.base import locks
from eprm.base.errors import NotAllowed
from eprm.members import lifecycle, rules
from eprm.members.actions.letters import mail_decision
from eprm.members.models import Application, Ballot, BallotSeat
from eprm.members.queries import ballots as queries
from eprm.members.queries import dated
from eprm.people.models import Person
from lode.ballot import Tally

Outcome = Ballot.Outcome
SATURDAY = 5


def working_days_after(day: date, count: int) -> date:
    """The last of so many working days after a day, weekends left out."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def open_ballot(application: Application, *, by: Person, on: date | None = None) -> Ballot:
    """Call the board to vote: each seat of today gets its row, the applicant's own stands aside."""
    today = on or timezone.localdate()
    rules.can_keep_members(by).require()
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        seats, rule = list(queries.seats_on(today)), dated.board_rule_on(today)
        rules.can_open_ballot(by, locked, len(seats) if rule else 0).require()
        call = Ballot.objects.filter(application=locked).count() + 1
        ballot = Ballot.objects.create(
            application=locked,
            organisation_id=locked.organisation_id,
            rule=rule,
            call=call,
            opened_by=by,
            closes_on=working_days_after(today, rule.days_open),
        )
        BallotSeat.objects.bulk_create(
            BallotSeat(
                ballot=ballot,
                organisation_id=seat.organisation_id,
                seat=seat,
                pillar=seat.pillar,
                conflict=str(seat.organisation) if seat.organisation_id == locked.organisation_id else "",
            )
            for seat in seats
        )
        locked.state = lifecycle.VOTING
        locked.save(update_fields=["state"])
    return ballot


def cast_vote(ballot: Ballot, *, choice: str, by: Person, words: str = "", on: date | None = None) -> BallotSeat:
    """The seat says yes, no or abstains. Until the ballot closes the last word counts."""
    with transaction.atomic():
        current, seat = _held(ballot, by, on)
        rules.can_choose(seat, current.organisation_id).require()
        seat.choice, seat.words, seat.voted_at = choice, words.strip(), timezone.now()
        seat.save(update_fields=["choice", "words", "voted_at"])
    return seat


def declare_conflict(ballot: Ballot, *, reason: str, by: Person, on: date | None = None) -> BallotSeat:
    """The seat stands aside; a vote already given is taken out. An empty reason takes the declaration back."""
    with transaction.atomic():
        current, seat = _held(ballot, by, on)
        if seat.organisation_id == current.organisation_id:
            rules.can_choose(seat, current.organisation_id).require()
        seat.conflict, seat.choice, seat.voted_at = reason.strip(), "", None
        seat.save(update_fields=["conflict", "choice", "voted_at"])
    return seat


def _held(ballot: Ballot, by: Person, on: date | None) -> tuple[Ballot, BallotSeat]:
    """The ballot and the person's seat in it, while nobody can close it: closing holds the same lock alone."""
    locks.hold(f"ballot {ballot.pk}", shared=True)
    current = Ballot.objects.get(pk=ballot.pk)
    mine = BallotSeat.objects.select_for_update(of=("self",)).select_related("seat")
    seat = mine.filter(ballot=current, seat__person=by).first()
    rules.can_vote(by, current, seat, on or timezone.localdate()).require()
    if seat is None:
        raise NotAllowed(str(rules.NOT_BOARD.reason))
    return current, seat


def close_ballot(
    ballot: Ballot,
    *,
    reason: str,
    minutes: str,
    by: Person,
    attended: Collection[int] = (),
    on: date | None = None,
) -> Ballot:
    """Count, minute with attendance, and decide on the application; the letter waits in the outbox for a look."""
    today = on or timezone.localdate()
    rules.can_keep_members(by).require()
    with transaction.atomic():
        locks.hold(f"ballot {ballot.pk}")
        current = Ballot.objects.select_for_update(of=("self",)).select_related("application", "rule").get(pk=ballot.pk)
        silent = BallotSeat.objects.filter(ballot=current, choice="", conflict="").count()
        rules.can_close_ballot(by, current, today, silent).require()
        tally = queries.tally_of(current)
        BallotSeat.objects.filter(ballot=current, pk__in=attended).update(attended=True)
        current.outcome, current.reason, current.minutes = tally.outcome, reason.strip(), minutes.strip()
        current.closed_by, current.closed_at = by, timezone.now()
        current.save()
        _decide(current, tally)
    return current


def _decide(ballot: Ballot, tally: Tally) -> None:
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ballot.application_id)
    )
    application.state = _state_after(ballot, tally)
    if application.state != lifecycle.COMPLETE:
        application.decided_at, application.reason = timezone.now(), ballot.reason
        application.save(update_fields=["state", "decided_at", "reason"])
        mail_decision(application)
    else:
        application.save(update_fields=["state"])


def _state_after(ballot: Ballot, tally: Tally) -> str:
    """Without quorum it is called again; tied it comes back once, then falls."""
    if tally.outcome == Outcome.CARRIED:
        return lifecycle.ADMITTED
    tied_before = Ballot.objects.filter(application=ballot.application_id, outcome=Outcome.TIED).count() > 1
    if tally.outcome == Outcome.NO_QUORUM or (tally.outcome == Outcome.TIED and not tied_before):
        return lifecycle.COMPLETE
    return lifecycle.REFUSED
