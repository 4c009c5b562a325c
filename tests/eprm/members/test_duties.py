"""Duties open, turn yellow and red, are reminded of once, and lead into grace and out of it."""

from datetime import date, timedelta

import pytest

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_everywhere
from eprm.members import charts
from eprm.members.actions import duties as actions
from eprm.members.actions import editions, membership
from eprm.members.actions.daily import pass_day
from eprm.members.models import Member
from eprm.members.queries import duties as queries
from eprm.people.identity import acting_for

JOINED = date(2026, 1, 10)


@pytest.fixture
def member(halden, femke, noor, shipped):
    with acting_for(femke, path="test"):
        found = membership.admit(halden, pillar="supply_chain", fee_class="basic", reason="r", by=femke, on=JOINED)
        actions.open_yearly([found], JOINED, at_once=True)
    return found


def passed(on):
    with acting_everywhere("members"):
        return pass_day(on)


def lights(member, on):
    with acting_everywhere("members"):
        return {one.duty.key: one.light for one in queries.lights_of([member], on)[member.pk]}


def test_new_member_has_the_next_of_each_yearly_duty(member):
    assert lights(member, JOINED) == {"contact": "blue", "return": "blue"}


def test_lights_turn_with_the_days(member):
    assert [lights(member, day)["return"] for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1))] == [
        "blue",
        "yellow",
        "red",
    ]


def test_duty_met_by_an_app_above_is_green_from_that_day(member):
    with acting_everywhere("members"):
        met = actions.meet_duty(member.organisation_id, "return", period=2026, on=date(2026, 4, 1))

    assert (met, lights(member, date(2026, 3, 31))["return"], lights(member, date(2026, 9, 1))["return"]) == (
        1,
        "blue",
        "green",
    )


def test_reminders_go_once_and_what_stays_owed_is_told_to_the_board(member, board, mails):
    for day in (JOINED, JOINED, date(2026, 1, 11), date(2026, 2, 20), date(2026, 3, 20), date(2026, 6, 30)):
        with acting_everywhere("members"):
            actions.send_reminders(day)

    to_member = [mail.subject for mail in mails() if mail.to == "noor@halden.example"]
    to_board = [mail.subject for mail in mails() if mail.to.endswith("@board.example")]
    assert to_member == ["Contact and owner data confirmed of Halden Instruments B.V."] * 3
    assert to_board == ["Yearly due-diligence return of Halden Instruments B.V."] * 9


def test_day_passed_twice_does_nothing_more(member):
    first, second = passed(date(2026, 3, 1)), passed(date(2026, 3, 1))

    assert (first.reminded > 0, second.reminded, second.moved) == (True, 0, 0)


def test_red_duty_leads_into_grace_and_its_end_out_of_it(member, femke):
    passed(date(2026, 6, 1))
    with acting_everywhere("members"):
        member.refresh_from_db()
        in_grace = member.state
        for key, period in (("return", 2026), ("contact", 2026)):
            actions.meet_duty(member.organisation_id, key, period=period, on=date(2026, 6, 2))
        for duty in member.duties.filter(key="mou"):
            actions.meet_duty(member.organisation_id, "mou", period=duty.period, on=date(2026, 6, 2))
    passed(date(2026, 6, 3))
    with acting_everywhere("members"):
        member.refresh_from_db()

    assert (in_grace, member.state) == ("grace", "active")


def test_lapse_only_after_grace_is_over(member, femke):
    passed(date(2026, 6, 1))
    with acting_for(femke, path="test"):
        member.refresh_from_db()
        with pytest.raises(NotAllowed, match="can lapse from that day on"):
            membership.lapse(member, reason="owed", by=femke, on=date(2026, 8, 1))
        assert queries.to_lapse(date(2026, 8, 1)) == []
        assert queries.to_lapse(date(2026, 12, 1)) == [member]

        assert membership.lapse(member, reason="owed", by=femke, on=date(2026, 12, 1)).state == "lapsed"


def test_notice_ends_the_membership_with_the_year(member, noor):
    with acting_for(noor, path="test"):
        notice = membership.give_notice(member, reason="", by=noor, on=date(2026, 5, 1))
        with pytest.raises(NotAllowed, match="given already"):
            membership.give_notice(member, reason="", by=noor, on=date(2026, 5, 2))
    passed(date(2026, 12, 31))
    with acting_everywhere("members"):
        member.refresh_from_db()
        during = member.until
    passed(date(2027, 1, 5))
    with acting_everywhere("members"):
        member.refresh_from_db()

    assert (notice.last_day, during, member.state, member.until) == (
        date(2026, 12, 31),
        None,
        "exited",
        date(2026, 12, 31),
    )


def test_new_memorandum_is_asked_of_every_member(member, femke, noor):
    with acting_for(femke, path="test"):
        text = editions.add_text(
            kind="mou", edition="2027.1", valid_from=date(2026, 9, 1), body={"en": "New."}, source="board", by=femke
        )
    passed(date(2026, 9, 2))

    with acting_everywhere("members"):
        duty = member.duties.get(key="mou", period=text.pk)
    assert duty.due_on == date(2026, 9, 2) + timedelta(days=90)


def test_lights_of_many_members_are_one_query(member, django_assert_num_queries):
    with acting_everywhere("members"), django_assert_num_queries(1):
        queries.lights_of([member, member, member], date(2026, 6, 1))


@pytest.mark.parametrize("day", [date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1), date(2025, 1, 1)])
def test_counted_lights_are_those_of_the_lists_in_one_query(member, day, django_assert_num_queries):
    every = Member.objects.all()
    with acting_everywhere("members"):
        with django_assert_num_queries(1):
            counted = queries.light_counts(every, day)
        listed = {light: queries.with_light(every, light, day).count() for _grade, light in queries.GRADES}

    assert {light: counted["supply_chain", light] for light in listed} == listed
    assert sum(counted.values()) == 1


def test_chart_over_many_members_is_kept_and_says_when_it_was_counted(member, femke, monkeypatch):
    day = date(2026, 6, 1)
    with acting_for(femke, path="test"):
        few = charts.lights_chart(femke, day)
        monkeypatch.setattr(charts, "COUNTED_AT_ONCE", 0)
        charts.lights_chart(femke, day)
        member.duties.all().delete()
        many = charts.lights_chart(femke, day)

    assert (few.title, many.title) == ("1 of 1 members owes something", "1 of 1 members owes something")
    assert few.source == "The partnership’s own records"
    assert "The partnership’s own records, counted on" in many.source
