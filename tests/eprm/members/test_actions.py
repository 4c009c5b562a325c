"""Membership begins, changes state and ends, on a day, for a reason, by the secretariat."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from eprm.base.errors import NotAllowed
from eprm.members import actions, queries
from eprm.members.models import Member
from eprm.people.identity import acting_for

SINCE = date(2025, 3, 1)


def admit(organisation, by, **fields):
    told = {"pillar": "supply_chain", "fee_class": "basic", "reason": "voted in", "on": SINCE, **fields}
    return actions.admit(organisation, **told, by=by)


def test_admit_makes_a_member_from_that_day(halden, as_femke):
    member = admit(halden, as_femke)

    assert (queries.member_on(halden.pk, date(2025, 2, 28)), queries.member_on(halden.pk, SINCE)) == (None, member)
    assert [(c.state, c.on, c.reason, c.made_by) for c in queries.changes_of(member)] == [
        ("active", SINCE, "voted in", as_femke)
    ]
    halden.refresh_from_db()
    assert halden.pillar == "supply_chain"


def test_admit_twice_is_refused(halden, as_femke):
    admit(halden, as_femke)

    with pytest.raises(NotAllowed, match="has been a member since"):
        admit(halden, as_femke)


def test_admit_by_the_organisation_itself_is_refused(halden, as_noor):
    with pytest.raises(NotAllowed, match="secretariat keeps"):
        admit(halden, as_noor)


def test_isolation_an_organisation_cannot_write_its_own_membership(halden, as_noor):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Member.objects.create(organisation=halden, pillar="supply_chain", fee_class="basic", since=SINCE)


def test_lapsed_membership_ends_that_day_and_its_past_stays(halden, as_femke):
    member = admit(halden, as_femke)
    grace = actions.change_state(member, state="grace", reason="fee open", by=as_femke, on=date(2025, 6, 1))
    lapsed = actions.change_state(grace, state="lapsed", reason="fee still open", by=as_femke, on=date(2025, 12, 1))

    assert queries.member_on(halden.pk, date(2025, 12, 2)) is None
    assert [queries.state_on(lapsed, day).state for day in (SINCE, date(2025, 6, 1), date(2026, 1, 1))] == [
        "active",
        "grace",
        "lapsed",
    ]


def test_change_state_refuses_what_the_table_does_not_lead_to(halden, as_femke):
    member = admit(halden, as_femke)

    with pytest.raises(NotAllowed, match="nothing leads to “lapsed”"):
        actions.change_state(member, state="lapsed", reason="", by=as_femke)


def test_whoever_comes_back_has_a_second_membership(halden, as_femke):
    first = admit(halden, as_femke)
    actions.change_state(first, state="exited", reason="letter", by=as_femke, on=date(2025, 12, 31))
    second = admit(halden, as_femke, on=date(2026, 5, 1))

    found = [queries.member_on(halden.pk, day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 1))]
    assert found == [first, None, second]


def test_membership_is_seen_by_its_own_and_by_secretariat_and_the_roll_by_everybody(halden, noor, jonas, femke):
    with acting_for(femke, path="test"):
        member = admit(halden, femke)
    seen = {}
    for person in (noor, jonas, femke):
        with acting_for(person, path="test"):
            visible = list(queries.members_visible_to(person))
            raw = Member.objects.count()
            seen[person.name] = (
                visible == [member],
                raw,
                queries.is_member(person, SINCE),
                len(queries.roll_on(SINCE)),
            )

    assert seen == {"Noor": (True, 1, True, 1), "Jonas": (False, 0, False, 1), "Femke": (True, 1, False, 1)}
