"""What changed from one release of a list to another. Pure: rows in, differences out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from eprm.reference.models import ReferenceList

Kind = ReferenceList.Kind
Change = Literal["added", "removed", "changed", "renamed", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference. `what` names the row; `before` and `after` are texts, blank where there was or is none.

    "moved": the same name people choose now means another smelter. "renamed": the same smelter has another name in the
    register. `detail` names the field that changed, by its model field.
    """

    change: Change
    what: str
    detail: str = ""
    before: str = ""
    after: str = ""


def differences(kind: str, old: Iterable[Any], new: Iterable[Any]) -> list[Difference]:
    """The differences between two releases' rows (model instances), in the order of their names."""
    if kind == Kind.REGISTER:
        found = _register(list(old), list(new))
    else:
        shape = SHAPES[kind]
        found = _rows(shape, _keyed(shape, old), _keyed(shape, new))
    return sorted(found, key=lambda difference: (difference.what.casefold(), difference.change, difference.detail))


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a kind are told apart, named and compared."""

    key: Callable[[Any], tuple[Any, ...]]
    name: Callable[[Any], str]
    fields: tuple[str, ...]


def _names_of(party: Any) -> str:
    return "; ".join(sorted(name.name for name in party.names.all()))


def _party_name(party: Any) -> str:
    names = list(party.names.all())
    return next((name.name for name in names if name.primary), names[0].name if names else party.reference)


AREAS = Shape(
    key=lambda row: (row.iso2, row.region or row.name.casefold(), row.valid_from),
    name=lambda row: f"{row.iso2} {row.name}",
    fields=("name", "category", "valid_to", "source", "verified"),
)
SHAPES: dict[str, Shape] = {
    Kind.CAHRA: AREAS,
    Kind.COVERED: AREAS,
    Kind.STATUS: Shape(
        key=lambda row: (row.cid, row.metal, row.scheme, row.since),
        name=lambda row: f"{row.cid} {row.metal} {row.scheme}",
        fields=("status", "until", "source"),
    ),
    Kind.THRESHOLD: Shape(
        key=lambda row: (row.code, row.description, row.valid_from),
        name=lambda row: f"{row.code} {row.mineral}",
        fields=("threshold_kg", "valid_to", "source", "verified"),
    ),
    Kind.SANCTIONS: Shape(
        key=lambda row: (row.reference,),
        name=lambda row: f"{row.reference} {_party_name(row)}",
        fields=("names", "kind", "countries", "programme", "listed_on"),
    ),
}


def _keyed(shape: Shape, rows: Iterable[Any]) -> dict[tuple[Any, ...], Any]:
    return {shape.key(row): row for row in rows}


def _value(row: Any, field: str) -> str:
    value = _names_of(row) if field == "names" else getattr(row, field)
    return "" if value is None else str(value)


def _rows(shape: Shape, old: dict[tuple[Any, ...], Any], new: dict[tuple[Any, ...], Any]) -> list[Difference]:
    found = [Difference(change="removed", what=shape.name(old[key])) for key in old.keys() - new.keys()]
    found += [Difference(change="added", what=shape.name(new[key])) for key in new.keys() - old.keys()]
    for key in old.keys() & new.keys():
        for field in shape.fields:
            before, after = _value(old[key], field), _value(new[key], field)
            if before != after:
                what = shape.name(new[key])
                found.append(Difference(change="changed", what=what, detail=field, before=before, after=after))
    return found


def _register(old: list[Any], new: list[Any]) -> list[Difference]:
    """Smelters by metal and number; then the names people choose, each by what it means."""
    before, after = _smelters(old), _smelters(new)
    found = []
    for key in before.keys() | after.keys():
        metal, cid = key
        was, now = before.get(key), after.get(key)
        if was is None:
            found.append(Difference(change="added", what=f"{metal} {cid}", after=str(now)))
        elif now is None:
            found.append(Difference(change="removed", what=f"{metal} {cid}", before=was))
        elif was != now:
            found.append(Difference(change="renamed", what=f"{metal} {cid}", before=was, after=now))
    return found + _lookups(old, new, set(before) & set(after))


def _smelters(lines: list[Any]) -> dict[tuple[str, str], str]:
    return {(line.metal, line.cid): line.standard for line in lines if line.cid}


def _lookups(old: list[Any], new: list[Any], kept: set[tuple[str, str]]) -> list[Difference]:
    """Names that mean another smelter now, and names that smelters in both releases gained or lost."""
    before, after = _meanings(old), _meanings(new)
    found = []
    for key in before.keys() | after.keys():
        metal, name = key
        was, now = before[key], after[key]
        if was == now:
            continue
        what, told = f"{metal} “{name}”", {"before": ", ".join(sorted(was)), "after": ", ".join(sorted(now))}
        if was and now:
            found.append(Difference(change="moved", what=what, detail="lookup", **told))
        elif any((metal, cid) in kept for cid in was | now):
            found.append(Difference(change="added" if now else "removed", what=what, detail="lookup", **told))
    return found


def _meanings(lines: list[Any]) -> defaultdict[tuple[str, str], frozenset[str]]:
    meant: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for line in lines:
        if line.cid:
            meant[line.metal, line.lookup].add(line.cid)
    return defaultdict(frozenset, {key: frozenset(cids) for key, cids in meant.items()})
