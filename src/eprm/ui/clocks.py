"""Whose clock a moment is told by: the reader's, if they chose one, else that of what is told. Always named.

A choice is kept in a cookie, with an account or without. Nothing here queries or writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eprm.ui import words

COOKIE = "clock"
# The secretariat's: what a form offers to whoever has chosen no clock.
OFFICE_ZONE = "Europe/Amsterdam"
ONE_YEAR = 365 * 24 * 3600
REGIONS = ("Africa/", "America/", "Asia/", "Australia/", "Europe/", "Pacific/")
_own: ContextVar[str] = ContextVar("clock", default="")


@cache
def zones() -> tuple[str, ...]:
    """The time zones to choose from, by name; "UTC" first."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(REGIONS)))


def zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in zones()]


class ClockForm(forms.Form):
    zone = forms.ChoiceField(label=_("Your time zone"), choices=zone_choices)


def clock_of(request: HttpRequest) -> str:
    """The time zone the reader chose, or "" for none."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in zones() else ""


def keep_clock(response: HttpResponse, zone: str, *, secure: bool) -> None:
    """Let the reader's next pages be told by this clock."""
    if zone in zones():
        response.set_cookie(COOKIE, zone, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=secure)


@contextmanager
def told_by(zone: str) -> Iterator[None]:
    """Tell and read all moments by this clock; "" leaves each with its own."""
    kept = _own.set(zone)
    try:
        with timezone.override(ZoneInfo(zone) if zone else None):
            yield
    finally:
        _own.reset(kept)


def moment_in(at: datetime, zone: str) -> str:
    """18 Nov 2026, 16:42 CET: by the reader's clock, else by that of `zone`."""
    with timezone.override(ZoneInfo(_own.get() or zone)):
        return words.moment(at)


def span_in(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when until when, by the same clock; the day of the end only where it is another."""
    clock = ZoneInfo(_own.get() or zone)
    starts, ends = starts_at.astimezone(clock), ends_at.astimezone(clock)
    if starts.date() != ends.date():
        return f"{moment_in(starts_at, zone)} – {moment_in(ends_at, zone)}"
    return f"{words.day(starts.date())}, {starts:%H:%M}–{ends:%H:%M}{words.NO_BREAK}{words.clock_name(ends)}"


def moment_of(told: datetime, zone: str) -> datetime | None:
    """The moment at which the clock of `zone` shows this; None for a time it leaves out when the clocks go forward."""
    naive = told.replace(tzinfo=None)
    moment = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return moment if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive else None


class TimesForm(forms.Form):
    """Moments typed by the clock of `zone`, which the form asks for; `moments` names their fields (ClockField)."""

    moments: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        zone = data.get("zone")
        for name in self.moments:
            if zone and (told := data.get(name)):
                data[name] = moment_of(told, zone)
                if data[name] is None:
                    shown = told.strftime("%Y-%m-%d %H:%M")
                    self.add_error(
                        name,
                        _("In %(zone)s the clocks leave %(time)s out that day. Choose another time.")
                        % {"zone": zone, "time": shown},
                    )
        return data


class ClockInput(forms.DateTimeInput):
    """A day and a time by the browser's own means."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ClockField(forms.DateTimeField):
    """A day and a time as typed, without a zone: the page's own clock has no say in it."""

    widget = ClockInput

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            found = super().to_python(value)
        return found.replace(tzinfo=None) if found else None
