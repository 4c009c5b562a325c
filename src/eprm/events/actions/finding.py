"""What of events the search finds, and by whom: each by those it is for. A cancelled one is found no more."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from eprm.base.identity import acting_as
from eprm.events.models import Event
from eprm.people.audiences import PUBLIC, SIGNED_IN
from eprm.search import actions as search
from eprm.search.kinds import Item

EVENT = "event"


def audience_of(event: Event) -> list[str]:
    """The keys of those who may find it. A group's events are its members' alone, also where the group is open."""
    if event.audience == Event.Audience.GROUP:
        return [f"group:{event.group_id}"]
    return [PUBLIC] if event.audience == Event.Audience.PUBLIC else [SIGNED_IN]


def event_item(event: Event) -> Item:
    return Item(
        kind=EVENT,
        key=event.pk,
        language=event.organiser.language,
        title=event.title,
        text=f"{event.text} {event.place}",
        url=reverse("events:event_detail", args=[event.pk]),
        audience=audience_of(event),
        on=event.starts_at.date(),
    )


def index_event(event: Event) -> None:
    """Let the event be found as it stands now."""
    search.forget(EVENT, event.pk)
    if event.cancelled_at is None:
        search.index_items([event_item(event)])


def all_events() -> Iterator[Item]:
    """Every event that takes place or took place, for building the index anew."""
    with acting_as(None, job="events"):
        events = list(Event.objects.filter(cancelled_at=None).select_related("organiser"))
    return (event_item(event) for event in events)
