"""The smelter register: who a number is, under which names, in which release, with which status on a date.

A register is built from the Smelter Look-up sheets of workbooks the user owns; the platform ships none.
(metal, name) is the key: the same name can mean different smelters for different metals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

NameKind = Literal["standard", "alias", "former"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One workbook's look-up sheet: which template and revision, its printed date, and the file's SHA-256."""

    template: str
    revision: str
    date: date | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name a smelter is or was known by; `first` and `last` are the first and last revision that lists it."""

    name: str
    kind: NameKind
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Smelter:
    """A smelter for one metal, written as in the sheet; `first` and `last` are the revisions that list it."""

    cid: str
    metal: str
    name: str
    country: str | None
    state: str | None
    city: str | None
    first: str
    last: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Releases in order of time, and every smelter any of them lists."""

    releases: tuple[Release, ...]
    smelters: tuple[Smelter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusInterval:
    """What a scheme said of a smelter, from when until when (`until` None: still). Source and date stand with it."""

    cid: str
    metal: str
    scheme: str
    status: str
    since: date
    until: date | None
    source: str
    published: date
