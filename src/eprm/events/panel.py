"""What a group's own pages show of its events."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from eprm.events import queries
from eprm.events.models import Event
from eprm.groups.addresses import feed_token
from eprm.groups.models import Group


@dataclass(frozen=True, slots=True)
class GroupEvents:
    """A group's next events, and the address of its calendar, which is its reader's own."""

    events: list[Event]
    feed: str


def group_events(group: Group, person: queries.Reader) -> list[GroupEvents]:
    """For a member of the group; nobody else is shown anything."""
    if not person.is_authenticated or queries.group_of_member(person, group.slug) is None:
        return []
    events = list(queries.coming(person, timezone.now()).filter(group=group)[:5])
    feed = settings.PUBLIC_URL + reverse("events:group_feed", args=[group.slug, feed_token(person)])
    return [GroupEvents(events, feed)]
