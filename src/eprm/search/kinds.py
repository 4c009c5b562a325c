"""What can be found: each app names its kinds in `apps.py`, and how to give all of them to the index again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in one language: what is searched, where it stands, and who may find it (`eprm.people.audiences`).

    `facets` are "mineral:tin", "tier:smelter" and the like; `on` is the day it is of. What is the same `thing` in other
    languages under other keys is found once.
    """

    kind: str
    key: str | int
    language: str
    title: str
    text: str
    url: str
    audience: Sequence[str]
    facets: Sequence[str] = ()
    on: date | None = None
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    label: str | Promise
    items: Callable[[], Iterable[Item]]


_kinds: dict[str, Kind] = {}


def add(kind: str, label: str | Promise, items: Callable[[], Iterable[Item]]) -> None:
    """Let things of this kind be found; `items()` gives every one of them, for building the index anew."""
    _kinds[kind] = Kind(label, items)


def known() -> dict[str, Kind]:
    return dict(_kinds)
