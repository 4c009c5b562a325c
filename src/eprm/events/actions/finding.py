"""What of events the search finds, and by whom: each by those it is for. A cancelled one is found no more."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from eprm.base.files import bytes_of
from eprm.base.identity import acting_as
from eprm.base.jobs import queue
from eprm.events.models import Event, Material
from eprm.events.queries import FILE
from eprm.people.audiences import PUBLIC, SIGNED_IN
from eprm.search import actions as search
from eprm.search.kinds import Item
from eprm.search.queries.files import words_of_file
from eprm.search.reading import read, said_name

EVENT = "event"
READ_FILE = "events.read_file"


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


def file_item(material: Material) -> Item:
    """A handout or slides, found on the event's page by whoever finds the event."""
    event = material.event
    return Item(
        kind=FILE,
        key=material.pk,
        language=event.organiser.language,
        title=material.title,
        text="\n".join(filter(None, (words_of_file(FILE, material.pk, material.sha256), said_name(material.name)))),
        url=reverse("events:event_detail", args=[event.pk]),
        audience=audience_of(event),
        on=material.added_at.date(),
    )


def index_event(event: Event) -> None:
    """Let the event be found as it stands now, and its files with it."""
    search.forget(EVENT, event.pk)
    files = list(_files().filter(event=event))
    if event.cancelled_at is None:
        search.index_items([event_item(event)])
        for material in files:
            index_file(material)
    else:
        search.forget(FILE, *(material.pk for material in files))


def index_file(material: Material) -> None:
    """Let a file be found as it stands now; a job reads its words where that has not been done."""
    search.index_items([file_item(material)])
    if words_of_file(FILE, material.pk, material.sha256) is None:
        queue(READ_FILE, {"material_id": material.pk})


def forget_file(material_id: int) -> None:
    search.forget(FILE, material_id)


def read_file(material_id: int) -> None:
    """Read a file, and let it be found by its words, unless it was removed or its event cancelled meanwhile."""
    material = _files().filter(pk=material_id, event__cancelled_at=None).first()
    if material is None or words_of_file(FILE, material.pk, material.sha256) is not None:
        return
    found = read(material.name, bytes_of(material.sha256))
    with transaction.atomic():
        # Whoever changes, cancels or removes meanwhile waits for us, or we for them.
        Event.objects.select_for_update().get(pk=material.event_id)
        material = _files().filter(pk=material_id, event__cancelled_at=None).first()
        if material is not None:
            search.keep_words(FILE, material.pk, material.sha256, found)
            search.index_items([file_item(material)])


def read_files() -> int:
    """Read whatever files have not been read yet, as after an upgrade; answers how many are queued."""
    shown = _files().filter(event__cancelled_at=None)
    waiting = [each.pk for each in shown if words_of_file(FILE, each.pk, each.sha256) is None]
    queue(READ_FILE, *({"material_id": pk} for pk in waiting))
    return len(waiting)


def _files() -> QuerySet[Material]:
    return Material.objects.exclude(sha256="").select_related("event__organiser")


def all_events() -> Iterator[Item]:
    """Every event that takes place or took place, for building the index anew."""
    with acting_as(None, job="events"):
        events = list(Event.objects.filter(cancelled_at=None).select_related("organiser"))
    return (event_item(event) for event in events)


def all_files() -> Iterator[Item]:
    """Every file of an event that takes place or took place, for building the index anew."""
    with acting_as(None, job="events"):
        return iter([file_item(material) for material in _files().filter(event__cancelled_at=None)])
