"""What a member owes by a day: its light, and which reminder is due.

The days and offsets are dated rows that come in. A duty met late is met: its light is green again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Light = Literal["green", "blue", "yellow", "red"]


@dataclass(frozen=True, slots=True)
class Duty:
    """Due on a day, red from another on; met on a day, or not yet."""

    due_on: date
    red_on: date
    met_on: date | None = None


def light_of(duty: Duty, on: date) -> Light:
    """Green: met. Blue: open, not due yet. Yellow: due and not met. Red: overdue by more than the rule allows."""
    if duty.met_on is not None and duty.met_on <= on:
        return "green"
    if on <= duty.due_on:
        return "blue"
    return "red" if on >= duty.red_on else "yellow"


def worst(lights: Collection[Light]) -> Light:
    """The light of several together; green where nothing is owed."""
    order: tuple[Light, ...] = ("red", "yellow", "blue")
    return next((light for light in order if light in lights), "green")


def next_yearly(month: int, day: int, after: date) -> date:
    """The first such day of a year on or after `after`; 29 February is the 28th in other years."""
    for year in (after.year, after.year + 1):
        found = _day_of(year, month, day)
        if found >= after:
            return found
    raise AssertionError("every day of a year comes again within two years")  # pragma: no cover


def _day_of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def reminder_due(duty: Duty, on: date, offsets: Sequence[int], sent: Collection[int]) -> int | None:
    """The offset, in days from the due day, of the reminder to send today; None where none is to be sent.

    Where several were missed (the site stood still) only the latest is sent: one letter, not four. What was sent is
    never sent again, and nothing is sent once a later one was.
    """
    if duty.met_on is not None and duty.met_on <= on:
        return None
    passed = [offset for offset in offsets if duty.due_on + timedelta(days=offset) <= on]
    if not passed:
        return None
    latest = max(passed)
    return None if any(known >= latest for known in sent) else latest
