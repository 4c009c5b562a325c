"""Who sits on the board, and who could."""

from __future__ import annotations

from django.db.models import QuerySet

from eprm.people.models import BoardSeat, Membership


def seats() -> QuerySet[BoardSeat]:
    """Every seat there is or was: those of today first, by pillar."""
    found = BoardSeat.objects.select_related("person", "organisation")
    return found.order_by("until", "pillar", "person__name", "pk")


def membership_of_address(email: str) -> QuerySet[Membership]:
    """Where the person with this address works now."""
    found = Membership.objects.filter(person__email__iexact=email.strip(), until=None)
    return found.select_related("person", "organisation").order_by("since", "pk")
