"""Announcing an event, changing, cancelling, handing over; what is kept of it afterwards.

A rule is asked before the row is locked too: whom the database does not let write cannot lock it either.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.files import keep_bytes
from eprm.base.identity import acting_as
from eprm.events import letters, queries, rules
from eprm.events.actions.finding import forget_file, index_event, index_file
from eprm.events.actions.registrations import JOB, room_of, settle
from eprm.events.models import Event, Material, Registration, Room
from eprm.groups.models import Group
from eprm.people.models import Person

CHANGED_BY_FORM = ("kind", "title", "text", "starts_at", "ends_at", "zone", "place", "capacity")
TELLING = ("title", "starts_at", "ends_at", "zone", "place")
State = Registration.State


@transaction.atomic
def announce(
    *,
    kind: str,
    title: str,
    text: str,
    audience: str,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    by: Person,
    group: Group | None = None,
    place: str = "",
    link: str = "",
    capacity: int | None = None,
) -> Event:
    """Announce an event to everybody, to whoever is signed in, or to the members of a group."""
    rules.can_announce(by, queries.member_for(by, group)).require()
    if group is not None and queries.member_for(by, group) is None:
        raise NotAllowed(_("The facilitators of %(group)s announce its events. Ask one of them.") % {"group": group})
    event = Event.objects.create(
        kind=kind,
        title=" ".join(title.split()),
        text=text.strip(),
        audience=audience,
        group=group,
        organiser=by,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=zone,
        place=place.strip(),
        capacity=capacity,
    )
    if link:
        Room.objects.create(event=event, url=link)
    index_event(event)
    return event


@transaction.atomic
def change_event(*, event: Event, seen: int, by: Person, link: str = "", **facts: object) -> Event:
    """Change it, and tell those who come what matters to them. `seen` is the SEQUENCE the person's form began with."""
    rules.can_change(by, event, timezone.now()).require()
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    rules.can_change(by, event, timezone.now()).require()
    if event.sequence != seen:
        raise Overtaken(_("“%(event)s” was changed meanwhile. Open the form again and look first.") % {"event": event})
    capacity = facts.get("capacity")
    if isinstance(capacity, int) and capacity < event.seats_taken:
        raise NotAllowed(
            _("%(taken)d seats are taken, so there cannot be only %(capacity)d. Ask some to cancel first.")
            % {"taken": event.seats_taken, "capacity": capacity}
        )
    before = {name: getattr(event, name) for name in TELLING} | {"link": room_of(event)}
    for name in CHANGED_BY_FORM:
        if name in facts:
            setattr(event, name, facts[name])
    event.sequence += 1
    event.save()
    if link:
        Room.objects.update_or_create(event=event, defaults={"url": link})
    else:
        Room.objects.filter(event=event).delete()
    if before["starts_at"] != event.starts_at:
        Registration.objects.filter(event=event).update(day_reminder_at=None, hour_reminder_at=None)
    _tell_of_change(event, before, link)
    index_event(event)
    return event


def _tell_of_change(event: Event, before: dict[str, object], link: str) -> None:
    with acting_as(None, job=JOB):
        moved = {each.pk for each in settle(event)}
        differs = any(getattr(event, name) != before[name] for name in TELLING) or link != before["link"]
        for each in _coming(event):
            seated = link if each.state == State.SEAT else ""
            if each.pk in moved:
                letters.post_letter(letters.MOVED_UP, each, event, link=seated)
            elif differs:
                letters.post_letter(letters.CHANGED, each, event, link=seated)


def _coming(event: Event) -> list[Registration]:
    found = Registration.objects.filter(event=event, state__in=(State.SEAT, State.WAITING)).exclude(email="")
    return list(found.order_by("pk"))


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: Person) -> Event:
    """It does not take place; everybody who registered is told why."""
    rules.can_change(by, event, timezone.now()).require()
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    rules.can_change(by, event, timezone.now()).require()
    event.cancelled_at, event.cancelled_because = timezone.now(), reason.strip()
    event.sequence += 1
    event.save()
    with acting_as(None, job=JOB):
        for each in _coming(event):
            letters.post_letter(letters.CANCELLED, each, event)
    index_event(event)
    return event


@transaction.atomic
def take_over(*, event: Event, by: Person) -> Event:
    """Become its organiser, where the organiser cannot go on."""
    rules.can_take_over(by, event, queries.member_for(by, event.group)).require()
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    rules.can_take_over(by, event, queries.member_for(by, event.group)).require()
    event.organiser = by
    event.save()
    return event


@transaction.atomic
def add_material(
    *, event: Event, title: str, by: Person, url: str = "", content: bytes = b"", name: str = ""
) -> Material:
    """Keep a link or a file for those who may see the event."""
    rules.can_organise(by, event).require()
    if bool(url) == bool(content):
        raise NotAllowed(_("Give either a link or a file."))
    material = Material.objects.create(
        event=event,
        title=title.strip(),
        url=url,
        sha256=keep_bytes(content) if content else "",
        name=name[-255:],
        size=len(content),
        added_by=by,
    )
    # Waits for the job that reads a file of this event, and for whoever cancels it.
    event = Event.objects.select_for_update(of=("self",)).select_related("organiser").get(pk=event.pk)
    if content and event.cancelled_at is None:
        material.event = event
        index_file(material)
    return material


@transaction.atomic
def remove_material(*, material: Material, event: Event, by: Person) -> None:
    rules.can_organise(by, event).require()
    Event.objects.select_for_update().get(pk=event.pk)
    forget_file(material.pk)
    material.delete()
