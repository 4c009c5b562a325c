"""The smelter register: who a number is, under which names, in which release.

A register is built from the Smelter Look-up sheets of workbooks the user owns; the platform ships none.
(metal, name) is the key: the same name can mean different smelters for different metals.
To stand on such a sheet says that a smelter exists, not that it conforms to anything: what a scheme says of it is a
`StatusInterval`, and nothing here makes one from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from lode import places
from lode.findings import Finding, finding
from lode.rmi.declaration import LookupLine

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Smelters that the later of two revisions lists and the earlier does not, and the other way round."""

    added: tuple[Smelter, ...]
    removed: tuple[Smelter, ...]


def build(books: Iterable[tuple[Release, Sequence[LookupLine]]]) -> Register:
    """The register of several look-up sheets, each with the release it is.

    Rows without a number ("Smelter not listed", "Smelter not yet identified") are no smelters. A smelter's name,
    country and place are those of the last release that lists it; a standard name that it no longer bears is `former`.
    Two books of one template and revision count as one release, the first given.
    """
    ordered = _ordered(books)
    listed: dict[tuple[str, str], _Listed] = {}
    for release, lines in ordered:
        for line in lines:
            if line.cid:
                key = (line.metal.casefold(), line.cid.upper())
                listed.setdefault(key, _Listed()).add(line, release.revision)
    smelters = sorted((each.smelter() for each in listed.values()), key=lambda s: (s.metal, s.cid))
    return Register(releases=tuple(release for release, _ in ordered), smelters=tuple(smelters))


@dataclass(slots=True)
class _Listed:
    """What the releases read so far, oldest first, say of one smelter for one metal."""

    line: LookupLine | None = None
    revisions: list[str] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    standards: set[str] = field(default_factory=set)

    def add(self, line: LookupLine, revision: str) -> None:
        self.line = line
        self.standards.add(line.standard)
        _note(self.revisions, revision)
        for name in (line.lookup, line.standard):
            _note(self.names.setdefault(name, []), revision)

    def smelter(self) -> Smelter:
        assert self.line is not None
        line = self.line
        return Smelter(
            cid=(line.cid or "").upper(),
            metal=line.metal,
            name=line.standard,
            country=line.country,
            state=line.state,
            city=line.city,
            first=self.revisions[0],
            last=self.revisions[-1],
            names=tuple(
                Name(name=name, kind=self._kind(name), first=seen[0], last=seen[-1])
                for name, seen in sorted(self.names.items())
            ),
        )

    def _kind(self, name: str) -> NameKind:
        assert self.line is not None
        if name == self.line.standard:
            return "standard"
        return "former" if name in self.standards else "alias"


def _note(revisions: list[str], revision: str) -> None:
    if not revisions or revisions[-1] != revision:
        revisions.append(revision)


def revision_key(revision: str) -> tuple[Decimal, str]:
    """Revisions in their order: decimal fractions, so 6.01 < 6.1 < 6.22 < 6.31 < 6.4; "2.03a" after "2.03"."""
    found = re.match(r"\d+(?:\.\d+)?", revision)
    return (Decimal(found[0]), revision[found.end() :]) if found else (Decimal(0), revision)


def _ordered(
    books: Iterable[tuple[Release, Sequence[LookupLine]]],
) -> list[tuple[Release, Sequence[LookupLine]]]:
    """Oldest first: by date; a release without one stands after the next lower revision of its template."""
    by_revision: dict[tuple[str, str], tuple[Release, Sequence[LookupLine]]] = {}
    for release, lines in books:
        by_revision.setdefault((release.template, release.revision), (release, lines))
    dates: dict[tuple[str, str], date] = {}
    last: dict[str, date] = {}
    for template, revision in sorted(by_revision, key=lambda key: (key[0], revision_key(key[1]))):
        known = by_revision[template, revision][0].date or last.get(template, date.min)
        dates[template, revision] = last[template] = known
    order = sorted(by_revision, key=lambda key: (dates[key], key[0], revision_key(key[1])))
    return [by_revision[key] for key in order]


def conflicts(books: Iterable[tuple[Release, Sequence[LookupLine]]]) -> tuple[Finding, ...]:
    """Names that mean two numbers for one metal, within a release or from one release to another."""
    meant: dict[tuple[str, str], dict[str, str]] = {}
    spelled: dict[tuple[str, str], LookupLine] = {}
    for release, lines in _ordered(books):
        for line in lines:
            if line.cid:
                key = (line.metal.casefold(), line.lookup.casefold())
                spelled.setdefault(key, line)
                meant.setdefault(key, {}).setdefault(line.cid.upper(), f"{release.template} {release.revision}")
    return tuple(
        finding(
            "REGISTER-01",
            "Smelter Look-up!B",
            metal=spelled[key].metal,
            found=spelled[key].lookup,
            cids=", ".join(f"{cid} ({since})" for cid, since in cids.items()),
        )
        for key, cids in meant.items()
        if len(cids) > 1
    )


def positions(register: Register) -> Mapping[str, int]:
    """The place of each revision in the order of time."""
    return {release.revision: place for place, release in enumerate(register.releases)}


def listed_in(register: Register, revision: str) -> tuple[Smelter, ...]:
    """The smelters that a revision lists. Raises KeyError for a revision the register does not hold."""
    place = positions(register)
    at = place[revision]
    return tuple(s for s in register.smelters if place[s.first] <= at <= place[s.last])


def changes(register: Register, from_revision: str, to_revision: str) -> Changes:
    """What came and went between two revisions, for the metals both list.

    Raises KeyError for a revision the register does not hold.
    """
    before, after = listed_in(register, from_revision), listed_in(register, to_revision)
    metals = {smelter.metal for smelter in before} & {smelter.metal for smelter in after}
    earlier, later = set(before), set(after)
    return Changes(
        added=tuple(s for s in after if s not in earlier and s.metal in metals),
        removed=tuple(s for s in before if s not in later and s.metal in metals),
    )


def dropped_since(register: Register, smelter: Smelter) -> Release | None:
    """The first release that could list the smelter and no longer does; None while the newest one lists it.

    Only releases that list smelters of the same metal count: a cobalt template says nothing of tin.
    """
    place = positions(register)
    newest = max(place[other.last] for other in register.smelters if other.metal == smelter.metal)
    if place[smelter.last] >= newest:
        return None
    template = register.releases[place[smelter.last]].template
    later = register.releases[place[smelter.last] + 1 : newest + 1]
    return next((release for release in later if release.template == template), later[0])


def names_of(smelter: Smelter) -> tuple[str, ...]:
    """Every name of a smelter, each once, the standard name first."""
    return tuple(dict.fromkeys((smelter.name, *(name.name for name in smelter.names))))


def country_code(name: str | None) -> str:
    """The ISO code of a country as written; blank where it is none."""
    country = places.country(name)
    return country.iso2 if country else ""
