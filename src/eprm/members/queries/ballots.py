"""The board's ballots. How anybody voted is told once the ballot is closed, and only by pillar."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from eprm.members.models import Ballot, BallotSeat
from eprm.members.queries.dated import as_ballot_rule
from eprm.people.models import BoardSeat, Organisation, Person
from lode.ballot import Seat, Tally, count

PILLARS = tuple(Organisation.Pillar)


def ballots_visible_to(person: Person) -> QuerySet[Ballot]:
    """All for the secretariat and the board, none for others."""
    found = Ballot.objects.select_related("application__organisation", "rule", "opened_by", "closed_by")
    if not (person.is_secretariat or person.board_seat is not None):
        return found.none()
    told = Q(seats__voted_at__isnull=False) | ~Q(seats__conflict="")
    return found.annotate(spoken=Count("seats", filter=told), of=Count("seats")).order_by("closed_at", "-opened_at")


def seats_of(ballot: Ballot) -> QuerySet[BallotSeat]:
    return BallotSeat.objects.filter(ballot=ballot).select_related("seat__person", "organisation")


def seat_of(ballot: Ballot, person: Person) -> BallotSeat | None:
    """The seat the person holds in this ballot."""
    return seats_of(ballot).filter(seat__person=person).first()


def seats_on(day: date) -> QuerySet[BoardSeat]:
    """The seats of the board on a day."""
    return BoardSeat.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day).select_related("organisation")


def tally_of(ballot: Ballot) -> Tally:
    """The count as it stands."""
    seats = [Seat(one.pillar, one.choice or None, bool(one.conflict)) for one in seats_of(ballot)]
    return count(seats, as_ballot_rule(ballot.rule), PILLARS, call=ballot.call)


def waiting_for(person: Person) -> QuerySet[Ballot]:
    """The open ballots in which the person's seat has not spoken."""
    return Ballot.objects.filter(
        closed_at=None, seats__seat__person=person, seats__voted_at=None, seats__conflict=""
    ).select_related("application__organisation")


PILLAR_LABELS = Organisation.Pillar.choices
