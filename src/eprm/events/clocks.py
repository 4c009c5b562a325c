"""Moments by the clock of an event and by the reader's own. Nothing here queries or writes."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from eprm.ui import words

REGIONS = ("Africa/", "America/", "Asia/", "Australia/", "Europe/", "Pacific/")


@cache
def zones() -> tuple[str, ...]:
    """The time zones to choose from, by name; "UTC" first."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(REGIONS)))


def moment_in(at: datetime, zone: str) -> str:
    """18 Nov 2026, 16:42 CET"""
    with timezone.override(ZoneInfo(zone)):
        return words.moment(at)


def span_in(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when until when by the clock of `zone`; the day of the end only where it is another."""
    clock = ZoneInfo(zone)
    starts, ends = starts_at.astimezone(clock), ends_at.astimezone(clock)
    if starts.date() != ends.date():
        return f"{moment_in(starts_at, zone)} – {moment_in(ends_at, zone)}"
    return f"{words.day(starts.date())}, {starts:%H:%M}–{ends:%H:%M}{words.NO_BREAK}{words.clock_name(ends)}"


def moment_of(told: datetime, zone: str) -> datetime | None:
    """The moment at which the clock of `zone` shows this; None for a time it leaves out when the clocks go forward."""
    naive = told.replace(tzinfo=None)
    moment = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return moment if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive else None
