"""What an API token may do: an area of the API, to read or also to write ("diligence:read", "diligence:write").

The areas are named where the API is put together (`eprm.api.apps`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

READ, WRITE = "read", "write"
_areas: dict[str, str | Promise] = {}


def add(area: str, label: str | Promise) -> None:
    """Let tokens be made for the operations under /api/<area>/."""
    _areas[area] = label


def areas() -> set[str]:
    return set(_areas)


def choices() -> list[tuple[str, str | Promise]]:
    """Every scope with its words, area by area."""
    told = []
    for area in sorted(_areas):
        told.append((f"{area}:{READ}", format_lazy(_("{area}: read"), area=_areas[area])))
        told.append((f"{area}:{WRITE}", format_lazy(_("{area}: read and change"), area=_areas[area])))
    return told


def words(scopes: Iterable[str]) -> str:
    """The scopes in words, for lists."""
    known = dict(choices())
    return ", ".join(str(known.get(scope, scope)) for scope in sorted(scopes))


def allows(scopes: Iterable[str], area: str, deed: str) -> bool:
    """Whether these scopes let a program do this there; whoever may write may read."""
    return f"{area}:{deed}" in scopes or (deed == READ and f"{area}:{WRITE}" in scopes)


def writes(scopes: Iterable[str]) -> bool:
    """Whether any of them lets a program change something."""
    return any(scope.endswith(f":{WRITE}") for scope in scopes)
