"""How far each field may go: which of them name a supplier, a price, a whistle-blower or an exposed site.

An app declares its fields in `apps.py`. What leaves an organisation's own pages (webhooks, public pages, exports for
others) takes its values through `pick`, which leaves out what is above the reader's level. A test holds that every
field whose name says that it is of this kind is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from django.apps import apps
from django.db import models


class Level(IntEnum):
    """Whose eyes a field is for; each level sees those before it."""

    PUBLIC = 0
    MEMBERS = 1
    PARTNERSHIP = 2  # the secretariat and the board
    ORGANISATION = 3  # the people of the organisation it belongs to
    PERSON = 4  # one person, such as who reported something


# Names that say of themselves what they hold. Numbers of rows, days and counts say nothing.
TELLING = re.compile(
    r"(^|_)(supplier|price|whistle\w*|informant|reporter|reported_by_name|latitude|longitude|exposed\w*)(_|$)"
)
PLAIN = re.compile(r"_(on|at|count|days|date)$")
_levels: dict[tuple[str, str], Level] = {}


def declare(model: str, level: Level, *fields: str) -> None:
    """These fields of a model ("diligence.Supplier") are for this level and above; FieldDoesNotExist for others."""
    for name in fields:
        field = apps.get_model(model)._meta.get_field(name)
        _levels[model.lower(), field.name] = level


def level_of(model: type[models.Model], name: str) -> Level:
    """The level of a field; a field nobody declared is for the organisation it belongs to."""
    field = model._meta.get_field(name)
    return _levels.get((model._meta.label_lower, field.name), Level.ORGANISATION)


def is_declared(model: type[models.Model], name: str) -> bool:
    return (model._meta.label_lower, name) in _levels


def pick(row: models.Model, *names: str, level: Level) -> dict[str, Any]:
    """The named fields' values, without those above the level."""
    return {name: getattr(row, name) for name in names if level_of(type(row), name) <= level}


def undeclared(of: Iterable[type[models.Model]]) -> list[str]:
    """Fields of these models whose names are telling and which nobody declared."""
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in of
        for field in model._meta.concrete_fields
        if TELLING.search(field.name) and not PLAIN.search(field.name) and not is_declared(model, field.name)
    )
