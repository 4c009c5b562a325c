"""The search follows what the editors publish."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page

from eprm.base.jobs import queue
from eprm.base.public_pages import changed
from eprm.knowledge.actions.translating import follow_original
from eprm.knowledge.models import Resource, Shelf
from eprm.knowledge.models.base import Words
from eprm.knowledge.queries.pages import SHOWN
from eprm.knowledge.queries.searchable import KINDS, file_words, item_of
from eprm.search.actions import forget, index_items, keep_words
from eprm.search.reading import MOST_BYTES, read

READ_FILE = "knowledge.read_file"


def published(instance: Any) -> None:
    """A page or an item is live, or live anew: it is found from now on as it is now."""
    thing = instance.specific if isinstance(instance, Page) else instance
    if isinstance(thing, (*SHOWN, *KINDS)) and thing.live:
        others = follow_original(thing) if isinstance(thing, Shelf) and thing.original else []
        shown = (thing, *others)
        index_items([item_of(each) for each in shown])
        unread = [each.pk for each in shown if isinstance(each, Resource) and file_words(each) is None]
        queue(READ_FILE, *({"resource_id": pk} for pk in unread))
    changed()


def read_file(resource_id: int) -> None:
    """Read the file of a resource, and let it be found by its words from now on."""
    resource = Resource.objects.filter(pk=resource_id, live=True).first()
    if resource is None or file_words(resource) is not None:
        return
    edition = resource.file.name
    try:
        with resource.file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        content = b""
    keep_words(KINDS[Resource], resource.pk, edition, read(edition, content))
    with transaction.atomic():
        now = Resource.objects.select_for_update(of=("self",)).filter(pk=resource_id, live=True).first()
        if now is None:
            forget(KINDS[Resource], resource_id)
        else:
            index_items([item_of(now)])
    changed()


def read_files() -> int:
    """Read whatever files of resources have not been read yet, as after an upgrade; answers how many are queued."""
    waiting = [each.pk for each in Resource.objects.filter(live=True).exclude(file="") if file_words(each) is None]
    queue(READ_FILE, *({"resource_id": pk} for pk in waiting))
    return len(waiting)


def withdrawn(instance: Any) -> None:
    """It is live no more; an item's translations go with it, and come back with it."""
    if isinstance(instance, Page):
        forget("page", instance.pk)
    elif isinstance(instance, Shelf):
        model = type(instance)
        same = model.objects.filter(translation_key=instance.translation_key, original=False)
        translations = same.values_list("pk", flat=True) if instance.original else ()
        forget(KINDS[model], instance.pk, *translations)
    changed()


def on_published(sender: type, instance: Any, **_told: object) -> None:
    if issubclass(sender, (Words, Shelf)):
        published(instance)


def on_withdrawn(sender: type, instance: Any, **_told: object) -> None:
    if issubclass(sender, (Words, Shelf)):
        withdrawn(instance)
