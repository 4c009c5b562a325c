"""What editors see: suggestions, links to look at, and who writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from eprm.knowledge import rules
from eprm.knowledge.models import Resource, Shelf, Suggestion
from eprm.knowledge.queries.live import live_items
from eprm.people.models import Person

Item = TypeVar("Item", bound=Shelf)
CHECKED_EVERY_DAYS = 365


def suggestions_visible_to(person: Person) -> QuerySet[Suggestion]:
    """All for an editor, else the person's own; open ones first."""
    seen = Suggestion.objects.all() if rules.is_editor(person) else Suggestion.objects.filter(suggested_by=person)
    return seen.select_related("suggested_by", "decided_by", "resource").order_by("decided_at", "suggested_at")


def open_suggestions(person: Person) -> tuple[QuerySet[Suggestion], ...]:
    """Those that wait for this editor; none for anybody else."""
    return (Suggestion.objects.filter(state=Suggestion.State.OPEN),) if rules.is_editor(person) else ()


def links_to_look_at() -> QuerySet[Resource]:
    """Live resources whose link failed or moved, that nobody confirmed, or that nobody opened for a year."""
    before = timezone.localdate() - timedelta(days=CHECKED_EVERY_DAYS)
    again = Q(link_state__in=("dead", "moved")) | Q(confirmed="known") | Q(checked_on=None) | Q(checked_on__lt=before)
    return Resource.objects.filter(again, live=True).order_by("link_state", "checked_on", "title")


def resource_of(pk: int) -> Resource | None:
    return Resource.objects.filter(pk=pk).first()


def editors() -> QuerySet[Person]:
    """Who writes for the hub, with `groups` in hand."""
    names = (rules.EDITORS, rules.PUBLISHERS)
    return Person.objects.filter(groups__name__in=names).distinct().order_by("name", "pk").prefetch_related("groups")


def person_of(pk: int) -> Person | None:
    return Person.objects.filter(pk=pk).first()


def live_item(model: type[Item], pk: int) -> Item | None:
    """The live item of this number, whoever it is for: the caller asks `rules.can_see`."""
    return live_items(model).filter(pk=pk).first()


def in_language(item: Item, languages: Sequence[str]) -> Item:
    """The item's live translation into the first of these languages that it is in, or the item itself."""
    if item.language == languages[0]:
        return item
    same = live_items(type(item)).filter(translation_key=item.translation_key)
    found = {told.language: told for told in same.filter(locale__language_code__in=languages)}
    return next((found[code] for code in languages if code in found), item)


def other_languages(item: Item) -> list[str]:
    """The other languages in which the item can be read."""
    same = live_items(type(item)).filter(translation_key=item.translation_key).exclude(pk=item.pk)
    return sorted(same.values_list("locale__language_code", flat=True))
