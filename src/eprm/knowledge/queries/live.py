"""What is live of the items: a translation only as long as its original is."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from eprm.knowledge.models import Shelf

Item = TypeVar("Item", bound=Shelf)


def live_items(model: type[Item]) -> QuerySet[Item]:
    """The live items of one kind, whoever they are for. What is withdrawn in its own language is so in all."""
    original = model.objects.filter(translation_key=OuterRef("translation_key"), original=True, live=True)
    return model.objects.filter(Q(original=True) | Exists(original), live=True).select_related("locale")
