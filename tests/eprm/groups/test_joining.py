"""Coming into a group and going out of it."""

import pytest

from eprm.base.errors import NotAllowed
from eprm.groups.actions import groups, joining
from eprm.groups.models import Act, Group, GroupMember, Invitation
from eprm.groups.queries.groups import groups_visible_to, handles_of, member_of
from tests import factories


def counts(group):
    group = Group.objects.get(pk=group.pk)
    return group.people_count, group.entitled


def test_found_group_needs_the_secretariat(cast):
    with cast.acting("noor"), pytest.raises(NotAllowed, match="secretariat founds"):
        groups.found_group(name="Gold", aims="a", access="open", by=cast.noor, organisation=cast.organisation("noor"))


def test_found_group_hidden_has_its_founder(cast):
    group = cast.found("hidden", "Quiet")

    with cast.acting("femke"):
        assert (group.access, member_of(cast.femke, group).role) == ("hidden", "facilitator")
    with cast.acting("idris"):
        assert list(groups_visible_to(cast.idris)) == [cast.group]


def test_found_group_of_the_same_name_gets_another_address(cast):
    assert cast.found("open").slug == "tin-great-lakes-2"


def test_members_are_counted_by_pillar_as_organisations(cast):
    group = cast.found("open", "Gold")
    colleague = factories.member("reader", cast.organisation("noor"), "Rita")
    cast.people["rita"] = colleague
    for name in ("noor", "rita", "hugo"):
        with cast.acting(name):
            joining.join_group(group, organisation=cast.organisation(name), by=cast.people[name])

    assert counts(group) == (4, {"supply_chain": 1, "government": 1, "civil_society": 0})


def test_join_group_on_request_asks_first(cast):
    group = cast.found("request", "Gold")
    with cast.acting("petra"):
        with pytest.raises(NotAllowed, match="ask to join"):
            joining.join_group(group, organisation=cast.organisation("petra"), by=cast.petra)
        asked = joining.ask_to_join(group, organisation=cast.organisation("petra"), words="We buy it.", by=cast.petra)
        with pytest.raises(NotAllowed, match="asked already"):
            joining.ask_to_join(group, organisation=cast.organisation("petra"), words="Again.", by=cast.petra)
    with cast.acting("femke"):
        joining.answer_request(asked, welcome=True, by=cast.femke)
        with pytest.raises(NotAllowed, match="answered already"):
            joining.answer_request(asked, welcome=False, by=cast.femke)

    with cast.acting("petra"):
        assert (member_of(cast.petra, group).state, counts(group)[0]) == ("member", 2)


def test_join_for_an_organisation_of_others_is_refused(cast):
    group = cast.found("open", "Gold")

    with cast.acting("petra"), pytest.raises(NotAllowed, match="do not work for Halden"):
        joining.join_group(group, organisation=cast.organisation("noor"), by=cast.petra)


def test_join_closed_group_is_refused(cast):
    with cast.acting("petra"), pytest.raises(NotAllowed, match="whoever it invites"):
        joining.join_group(cast.group, organisation=cast.organisation("petra"), by=cast.petra)


def test_invitation_is_for_its_address(cast):
    with cast.acting("femke"):
        invitation = joining.invite(cast.group, email="new@people.example", message="Come", by=cast.femke)
    cast.confirm("petra")

    with cast.acting("petra"), pytest.raises(NotAllowed, match=r"new@people\.example"):
        joining.accept_invitation(invitation, organisation=cast.organisation("petra"), by=cast.petra)


def test_invite_to_a_closed_group_is_its_facilitators_to_do(cast):
    with cast.acting("noor"), pytest.raises(NotAllowed, match="facilitators"):
        joining.invite(cast.group, email="new@people.example", message="", by=cast.noor)


def test_invite_again_renews(cast):
    with cast.acting("femke"):
        joining.invite(cast.group, email="New@people.example", message="", by=cast.femke)
        joining.invite(cast.group, email="new@people.example", message="Really", by=cast.femke)

        assert [i.message for i in Invitation.objects.filter(group=cast.group, answered_at=None)] == ["Really"]


def test_decline_invitation_leaves_no_member(cast):
    cast.confirm("petra")
    with cast.acting("femke"):
        invitation = joining.invite(cast.group, email=cast.petra.email, message="", by=cast.femke)
    with cast.acting("petra"):
        joining.decline_invitation(invitation, by=cast.petra)

        assert GroupMember.objects.filter(person=cast.petra).exists() is False


def test_last_facilitator_stays(cast):
    with cast.acting("femke"):
        with pytest.raises(NotAllowed, match="only facilitator"):
            joining.leave_group(cast.group, by=cast.femke)
        joining.change_member_role(cast.member("noor"), role="facilitator", by=cast.femke)
        joining.leave_group(cast.group, by=cast.femke)

    with cast.acting("noor"):
        assert (counts(cast.group)[0], cast.member("noor").role) == (3, "facilitator")


def test_leave_twice_is_told(cast):
    with cast.acting("noor"):
        joining.leave_group(cast.group, by=cast.noor)

        with pytest.raises(NotAllowed, match="You are not a member"):
            joining.leave_group(cast.group, by=cast.noor)


def test_leave_and_come_back_keeps_the_handle(cast):
    with cast.acting("noor"):
        joining.leave_group(cast.group, by=cast.noor)
    cast.enrol("noor")

    with cast.acting("noor"):
        assert (cast.member("noor").handle, member_of(cast.noor, cast.group).is_member) == ("noor", True)


def test_handles_of_namesakes_differ(cast):
    cast.people["noor2"] = factories.member("officer", factories.organisation("Condensa"), "Noor")
    cast.enrol("noor2")

    with cast.acting("noor"):
        assert sorted(handles_of(cast.group)) == ["femke", "hugo", "noor", "noor-condensa", "olivier"]


def test_ban_keeps_out_until_it_is_lifted(cast):
    with cast.acting("femke"):
        joining.remove_member(cast.member("noor"), ban=True, reason="Threats.", by=cast.femke)
        invitation = joining.invite(cast.group, email=cast.noor.email, message="", by=cast.femke)
    with cast.acting("noor"), pytest.raises(NotAllowed, match="Threats"):
        joining.accept_invitation(invitation, organisation=cast.organisation("noor"), by=cast.noor)
    with cast.acting("femke"):
        joining.lift_ban(cast.member("noor"), by=cast.femke)
    with cast.acting("noor"):
        joining.accept_invitation(invitation, organisation=cast.organisation("noor"), by=cast.noor)

    with cast.acting("femke"):
        acts = list(Act.objects.order_by("pk").values_list("kind", "subject", "reason"))
    assert acts == [("ban", "Noor", "Threats."), ("unban", "Noor", "")]


def test_remove_is_the_moderators_to_do(cast):
    with cast.acting("hugo"), pytest.raises(NotAllowed, match="not one of them"):
        joining.remove_member(cast.member("noor"), ban=False, reason="x", by=cast.hugo)


def test_remove_a_facilitator_only_after_the_role(cast):
    with cast.acting("femke"):
        joining.change_member_role(cast.member("noor"), role="facilitator", by=cast.femke)
        with pytest.raises(NotAllowed, match="Take that role first"):
            joining.remove_member(cast.member("noor"), ban=False, reason="x", by=cast.femke)


def test_ended_group_takes_nobody_and_nothing(cast):
    thread = cast.thread()
    with cast.acting("femke"):
        groups.end_group(cast.group, by=cast.femke)
    cast.group.refresh_from_db()

    with pytest.raises(NotAllowed, match="has ended"):
        cast.post(thread)
