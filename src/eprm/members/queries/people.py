"""Who is written to."""

from __future__ import annotations

from eprm.people.models import BoardSeat, Membership, Person


def managers_of(organisation_id: int) -> list[Person]:
    """The organisation's managers today."""
    found = Membership.objects.filter(organisation=organisation_id, until=None, role=Membership.Role.MANAGER)
    return [membership.person for membership in found.select_related("person").order_by("pk")]


def board_people() -> list[Person]:
    """Who holds a seat on the board today."""
    return [seat.person for seat in BoardSeat.objects.filter(until=None).select_related("person").order_by("pk")]
