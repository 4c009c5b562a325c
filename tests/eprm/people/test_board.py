"""Seats on the board: given by the secretariat, for the organisation's own pillar, ended with their day."""

import pytest
from django.urls import reverse
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.people import actions
from eprm.people.models import BoardSeat
from tests import factories


@pytest.fixture
def femke(db):
    return factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke")


@pytest.fixture
def hugo(db):
    return factories.member(
        "manager", factories.organisation("Ministry A", tier="government", pillar="government"), "Hugo"
    )


def test_give_seat_ends_the_older_one(femke, hugo):
    membership = hugo.memberships.get()

    first = actions.give_seat(membership, pillar="government", by=femke)
    second = actions.give_seat(membership, pillar="government", by=femke)

    first.refresh_from_db()
    assert (first.until, second.until) == (timezone.localdate(), None)
    assert hugo.board_seat == second


def test_give_seat_is_for_the_organisations_own_pillar(femke, hugo):
    with pytest.raises(NotAllowed, match="Ministry A is not of the pillar “civil society”"):
        actions.give_seat(hugo.memberships.get(), pillar="civil_society", by=femke)


def test_give_seat_is_the_secretariats(hugo):
    with pytest.raises(NotAllowed, match="The secretariat keeps"):
        actions.give_seat(hugo.memberships.get(), pillar="government", by=hugo)


def test_seat_page_gives_and_ends(client, femke, hugo):
    client.force_login(femke)
    address = reverse("people:seat_list")

    unknown = client.post(address, {"email": "x@y.example", "pillar": "government"})
    client.post(address, {"email": hugo.email, "pillar": "government"})
    seat = BoardSeat.objects.get()
    client.post(reverse("people:seat_end", args=[seat.pk]))
    seat.refresh_from_db()

    assert (unknown.status_code, "x@y.example" in unknown.content.decode()) == (422, True)
    assert (seat.person, seat.until) == (hugo, timezone.localdate())
