"""Lights and reminders, with the drafted days: due 30 April, red after 31 days, reminders 60, 30, 7 days before."""

from datetime import date, timedelta

import pytest

from lode.duties import Duty, light_of, next_yearly, reminder_due, worst

DUE = date(2026, 4, 30)
OPEN = Duty(DUE, date(2026, 5, 31))
MET = Duty(DUE, date(2026, 5, 31), met_on=date(2026, 5, 10))
OFFSETS = [-60, -30, -7, 7, 14, 60]


@pytest.mark.parametrize(
    ("duty", "on", "light"),
    [
        (OPEN, DUE, "blue"),
        (OPEN, date(2026, 5, 1), "yellow"),
        (OPEN, date(2026, 5, 30), "yellow"),
        (OPEN, date(2026, 5, 31), "red"),
        (MET, date(2026, 5, 9), "yellow"),
        (MET, date(2026, 5, 10), "green"),
        (MET, date(2027, 1, 1), "green"),
    ],
)
def test_light_on_a_day(duty, on, light):
    assert light_of(duty, on) == light


def test_worst_light_of_several():
    assert [worst(lights) for lights in ([], ["green", "blue"], ["yellow", "blue"], ["green", "red"])] == [
        "green",
        "blue",
        "yellow",
        "red",
    ]


@pytest.mark.parametrize(
    ("after", "found"),
    [(date(2026, 4, 30), date(2026, 4, 30)), (date(2026, 5, 1), date(2027, 4, 30))],
)
def test_next_yearly_day(after, found):
    assert next_yearly(4, 30, after) == found


def test_next_yearly_leap_day_falls_on_the_28th():
    assert next_yearly(2, 29, date(2026, 1, 1)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("days", "sent", "offset"),
    [
        (-61, [], None),
        (-60, [], -60),
        (-45, [-60], None),
        (-5, [], -7),  # three were missed: one letter
        (-5, [-7], None),
        (8, [-7], 7),
        (90, [7, 14], 60),
        (90, [60], None),
    ],
)
def test_reminder_of_a_day(days, sent, offset):
    assert reminder_due(OPEN, DUE + timedelta(days=days), OFFSETS, sent) == offset


def test_reminder_of_what_is_met_is_none():
    assert reminder_due(MET, date(2026, 6, 30), OFFSETS, []) is None
