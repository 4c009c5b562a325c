"""Events as iCalendar, for any calendar program. Source: RFC 5545; METHOD by RFC 5546.

An entry keeps its UID, and its SEQUENCE grows with each change, so a program that has it already changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.urls import reverse

from eprm.events.models import Event
from eprm.groups.models import CalendarDate


def calendar_of(
    events: Iterable[Event],
    *,
    name: str,
    links: Mapping[int, str] | None = None,
    dates: Iterable[CalendarDate] = (),
) -> bytes:
    """The events, and a group's own dates, as one calendar.

    `links` gives by event the link of those which the reader may join online.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//EPRM//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_entry(event, (links or {}).get(event.pk, "")))
    for date in dates:
        calendar.add_component(_date(date))
    return bytes(calendar.to_ical())


def _date(date: CalendarDate) -> icalendar.Event:
    """A date of a group's calendar: it is cancelled or stands, and never changes otherwise."""
    entry = icalendar.Event()
    entry.add("uid", f"date-{date.pk}@{_host()}")
    entry.add("sequence", int(date.cancelled_at is not None))
    entry.add("dtstamp", (date.cancelled_at or date.starts_at).astimezone(UTC))
    entry.add("dtstart", date.starts_at.astimezone(UTC))
    if date.ends_at is not None:
        entry.add("dtend", date.ends_at.astimezone(UTC))
    entry.add("summary", date.title)
    if date.place:
        entry.add("location", date.place)
    entry.add("status", "CANCELLED" if date.cancelled_at else "CONFIRMED")
    return entry


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _entry(event: Event, link: str) -> icalendar.Event:
    page = settings.PUBLIC_URL + reverse("events:event_detail", args=[event.pk])
    entry = icalendar.Event()
    entry.add("uid", f"{event.uid}@{_host()}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("last-modified", event.changed_at.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("description", "\n\n".join(part for part in (link, event.text, page) if part))
    if event.place or link:
        entry.add("location", event.place or link)
    entry.add("url", link or page)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    return entry
