"""Seats on the partnership's board: given and ended by the secretariat, each for one pillar, each with its days."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from eprm.people import rules
from eprm.people.models import BoardSeat, Membership, Person


def give_seat(membership: Membership, *, pillar: str, by: Person, since: date | None = None) -> BoardSeat:
    """Somebody sits on the board for a pillar, as who works for this organisation. An older seat of theirs ends."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=membership.person_id)
        rules.can_give_seat(by, membership, pillar).require()
        begins = since or timezone.localdate()
        BoardSeat.objects.filter(person=person, until=None).update(until=begins)
        return BoardSeat.objects.create(
            person=person, organisation=membership.organisation, pillar=pillar, since=begins
        )


def end_seat(seat: BoardSeat, *, by: Person) -> None:
    """The person sits on the board no longer, from today."""
    rules.can_keep_directory(by).require()
    BoardSeat.objects.filter(pk=seat.pk, until=None).update(until=timezone.localdate())
