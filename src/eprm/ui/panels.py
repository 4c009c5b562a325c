"""The only hook by which a page shows what an app above it knows: a mine's page lists the cases that cite it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Panel:
    """`query(object, person)` gives the rows; `template` draws them as `rows`, beside `object` and `label`."""

    label: str | Promise
    query: Callable[[Any, Any], Iterable[Any]]
    template: str


_panels: dict[str, list[Panel]] = {}


def add(place: str, label: str | Promise, query: Callable[[Any, Any], Iterable[Any]], template: str) -> None:
    """Show a panel on every page that says `{% panels place object %}`, in the order of registration."""
    panel = Panel(label, query, template)
    if panel not in _panels.setdefault(place, []):
        _panels[place].append(panel)


def panels_of(place: str) -> tuple[Panel, ...]:
    return tuple(_panels.get(place, ()))
