"""Who something is for, as keys: whoever holds one of a thing's keys may see it.

"public", "signed_in", "secretariat" and "organisation:<pk>" are known here. An app above adds its own in `apps.py`:
`audiences.add("members", keys_of=..., choices_for=..., name_of=...)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from eprm.people.models import Person

PUBLIC, SIGNED_IN, SECRETARIAT = "public", "signed_in", "secretariat"
HELD = "_audience_keys"

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom a person may speak for: a group by its key and name; `openly` is whether others may know that it exists."""

    key: str
    name: str
    openly: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What one app knows of audiences: the keys a person holds, those a person may address, a key's name, and whom a
    person may speak for."""

    keys_of: Callable[[Person], Iterable[str]]
    choices_for: Callable[[Person], Iterable[Choice]]
    name_of: Callable[[str], str]
    voices_of: Callable[[Person], Iterable[Voice]] = lambda person: ()


_sources: dict[str, Source] = {}


def add(
    name: str,
    *,
    keys_of: Callable[[Person], Iterable[str]],
    choices_for: Callable[[Person], Iterable[Choice]],
    name_of: Callable[[str], str],
    voices_of: Callable[[Person], Iterable[Voice]] = lambda person: (),
) -> None:
    """Let keys that are `name` or begin with `name:` say who may see a thing. One cheap query each: pages ask it."""
    _sources[name] = Source(keys_of, choices_for, name_of, voices_of)


def keys_of(person: Person | AnonymousUser) -> list[str]:
    """Every key the person holds; a visitor holds "public" alone. Read once per request."""
    if not person.is_authenticated:
        return [PUBLIC]
    if HELD not in person.__dict__:
        held = [PUBLIC, SIGNED_IN, *(f"organisation:{pk}" for pk in person.organisation_ids())]
        if person.is_secretariat:
            held.append(SECRETARIAT)
        for source in _sources.values():
            held += source.keys_of(person)
        person.__dict__[HELD] = held
    return person.__dict__[HELD]


def choices_for(person: Person) -> list[Choice]:
    """The audiences the person may address a thing to, widest first."""
    own = [(PUBLIC, _("everybody")), (SIGNED_IN, _("whoever is signed in"))]
    for source in _sources.values():
        own += source.choices_for(person)
    return [*own, (SECRETARIAT, _("the secretariat"))] if person.is_secretariat else own


def voices_of(person: Person | AnonymousUser) -> list[Voice]:
    """Whom the person may speak for."""
    if not person.is_authenticated:
        return []
    return [voice for source in _sources.values() for voice in source.voices_of(person)]


def name_of(key: str) -> str:
    """The audience in words; a key nobody knows any more is for nobody."""
    known = {PUBLIC: _("everybody"), SIGNED_IN: _("whoever is signed in"), SECRETARIAT: _("the secretariat")}
    if key in known:
        return known[key]
    source = _sources.get(key.partition(":")[0])
    return source.name_of(key) if source else _("nobody")
