"""Members held against the sanctions lists after every edition, and the secretariat's word on who they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.identity import acting_as
from eprm.members.actions.screening import judge_member, screen_members
from eprm.members.models import MemberScreening
from eprm.members.queries.screening import alike_for, screening_of
from eprm.people.identity import acting_for
from eprm.reference.actions.releases import ship_lists
from tests import factories

LISTED = ("Uganda Commercial Impex", "Machanga Gold Traders")
OTHER = {"judgement": "other", "reason": "founded 2019"}


@pytest.fixture
def member(db):
    """A member whose name is like a listed party's, and one whose name is like nobody's."""
    ship_lists()
    loading("2026-02-27", *LISTED)
    admit("Condensa GmbH")
    return admit("Machanga Gold Traders Ltd")


def admit(name):
    with acting_as(None, secretariat=True):
        return factories.partner(factories.organisation(name))


def loading(edition, *names):
    with acting_as(None, secretariat=True):
        factories.sanctions_list(edition, *names)


def screen():
    with acting_as(None, secretariat=True):
        return screen_members(timezone.localdate())


def states():
    with acting_as(None, secretariat=True):
        return [(each.names, each.state) for each in MemberScreening.objects.order_by("pk")]


def judge(member, by, **facts):
    with acting_for(by, path="test"):
        return judge_member(**{"member": member, "seen": screening_of(member).pk, **OTHER, **facts}, by=by)


def test_every_member_is_held_against_the_lists_once_an_edition(member, femke):
    done = [screen(), screen()]

    assert done == [2, 0]
    assert states() == [("Condensa GmbH", "clear"), ("Machanga Gold Traders Ltd", "open")]
    with acting_for(femke, path="test"):
        assert [each.organisation.name for each in alike_for(femke, timezone.localdate())[0]] == [
            "Machanga Gold Traders Ltd"
        ]


def test_without_a_list_nothing_is_said(db):
    admit("Machanga Gold Traders Ltd")

    assert (screen(), states()) == (0, [])


def test_owners_that_an_application_named_are_held_too(joined, femke):
    ship_lists()
    loading("2026-02-27", "Jan Jansen")

    screen()

    with acting_as(None, secretariat=True):
        held = MemberScreening.objects.get()
    assert held.names.splitlines() == ["Halden Instruments B.V.", "Jan Jansen"]
    assert [(hit["asked"], hit["name"]) for hit in held.hits] == [("Jan Jansen", "Jan Jansen")]


def test_members_are_held_with_the_same_queries_however_many(member, django_assert_max_num_queries):
    with acting_as(None, secretariat=True), CaptureQueriesContext(connection) as two:
        screen_members(timezone.localdate())
        count = len(two)
    for number in range(3):
        admit(f"Member {number}")

    with acting_as(None, secretariat=True), django_assert_max_num_queries(count):
        assert screen_members(timezone.localdate()) == 3


def test_word_of_the_secretariat_holds_for_the_same_parties_and_not_for_new_ones(member, femke):
    screen()
    judge(member, femke)
    loading("2026-05-01", *LISTED)
    screen()
    after_the_same = states()[-1]
    loading("2026-06-01", "Machanga Gold Traders", "Machanga Gold Traders of Bunia")
    screen()

    assert after_the_same[1] == "other"
    assert states()[-1][1] == "open"


def test_judging_what_was_screened_again_or_by_who_is_not_the_secretariat_is_refused(member, femke, noor):
    screen()
    with acting_for(femke, path="test"):
        seen = screening_of(member).pk
    loading("2026-06-01", "Machanga Gold Traders", "Machanga Gold Traders of Bunia")
    screen()

    with pytest.raises(Overtaken, match="newer lists"):
        judge(member, femke, seen=seen)
    with acting_for(noor, path="test"), pytest.raises(NotAllowed, match="The secretariat keeps"):
        judge_member(member=member, seen=seen, **OTHER, by=noor)


def test_neither_member_nor_board_sees_the_screening(member, femke, board):
    screen()
    officer = factories.member("manager", member.organisation, "Boss")

    for person in (officer, board["government"][0]):
        with acting_for(person, path="test"):
            assert screening_of(member) is None
            assert not MemberScreening.objects.exists()


def test_page_asks_the_secretariat_and_keeps_its_word(member, femke, client):
    screen()
    client.force_login(femke)
    address = reverse("members:member_detail", args=[member.pk])
    listed = client.get(reverse("members:member_list") + "?screening=open").content.decode()
    asked = client.get(address)

    told = client.post(
        reverse("members:member_screening", args=[member.pk]),
        {**OTHER, "seen": asked.context["screening"].pk},
        follow=True,
    ).content.decode()

    assert "Machanga Gold Traders Ltd" in listed
    assert "Condensa" not in listed
    assert "TESTe.002" in asked.content.decode()
    assert "Your decision is kept" in told
    assert "founded 2019" in told
