"""The search follows what the editors publish."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from eprm.base.public_pages import changed
from eprm.knowledge.actions.translating import follow_original
from eprm.knowledge.models import Shelf
from eprm.knowledge.models.base import Words
from eprm.knowledge.queries.pages import SHOWN
from eprm.knowledge.queries.searchable import KINDS, item_of
from eprm.search.actions import forget, index_items


def published(instance: Any) -> None:
    """A page or an item is live, or live anew: it is found from now on as it is now."""
    thing = instance.specific if isinstance(instance, Page) else instance
    if isinstance(thing, (*SHOWN, *KINDS)) and thing.live:
        others = follow_original(thing) if isinstance(thing, Shelf) and thing.original else []
        index_items([item_of(each) for each in (thing, *others)])
    changed()


def withdrawn(instance: Any) -> None:
    """It is live no more."""
    if isinstance(instance, Page):
        forget("page", instance.pk)
    elif isinstance(instance, Shelf):
        forget(KINDS[type(instance)], instance.pk)
    changed()


def on_published(sender: type, instance: Any, **_told: object) -> None:
    if issubclass(sender, (Words, Shelf)):
        published(instance)


def on_withdrawn(sender: type, instance: Any, **_told: object) -> None:
    if issubclass(sender, (Words, Shelf)):
        withdrawn(instance)
