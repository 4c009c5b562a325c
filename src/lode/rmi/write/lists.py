"""The list sheets: smelters, products and mines, line by line into the template's rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from lode.findings import Finding, finding
from lode.rmi.declaration import Declaration, MineLine, ProductLine, SmelterLine
from lode.rmi.layout import Table
from lode.rmi.write.blank import Blank
from lode.rmi.write.choices import meant
from lode.rmi.write.lookup import NOT_LISTED, Lookup

Line = TypeVar("Line", SmelterLine, ProductLine, MineLine)

_ROWS = 2_500  # the rows the templates prepare; a sheet that prepares none has as many


def write_lists(declaration: Declaration, blank: Blank) -> Iterator[Finding]:
    """Fill the list sheets. Yields what could not be written as given; exhaust it before the book is saved."""
    there, layout = blank.declaration, blank.layout
    lookup = Lookup(there.lookup)
    smelters: list[SmelterLine] = []
    for line in declaration.smelters:
        fitted, findings = _fitted(line, lookup, f"{layout.smelters.sheet}!{{}}{line.row}", blank)
        smelters.append(fitted)
        yield from findings
    yield from _write("smelters", layout.smelters, smelters, there.smelters, blank, lookup)
    yield from _write("products", layout.products, declaration.products, there.products, blank)
    yield from _write("mines", layout.mines, declaration.mines, there.mines, blank)


def _fitted(line: SmelterLine, lookup: Lookup, where: str, blank: Blank) -> tuple[SmelterLine, list[Finding]]:
    """The line as this book's look-up can take it: a name it does not list becomes one it does, or "not listed"."""
    if not lookup:
        return line, []
    findings = []
    if line.metal and not lookup.has_metal(line.metal):
        findings.append(finding("WRITE-07", where.format(_column("metal", blank)), found=line.metal))
    place = where.format(_column("lookup", blank))
    if line.lookup is None:
        if line.name is None and line.cid and not line.cid_input and lookup.has_cid(line.cid):
            line = replace(line, cid_input=line.cid)
        elif not (line.cid_input and lookup.has_cid(line.cid_input)):
            findings.append(finding("WRITE-10", place, found=line.name or line.cid or line.metal or ""))
    elif not lookup.has(line.metal, line.lookup):
        name = lookup.name_of(line.metal, line.cid) if line.cid else None
        if name:
            findings.append(finding("WRITE-09", place, found=line.lookup, cid=line.cid, name=name))
            line = replace(line, lookup=name)
        else:
            findings.append(finding("WRITE-08", place, found=line.lookup))
            line = replace(line, lookup=NOT_LISTED, name=line.name or line.lookup)
    return line, findings


def _column(field: str, blank: Blank) -> str:
    return blank.declaration.cells[f"smelters.{field}"].rsplit("!", 1)[1]


def _write(
    kind: str,
    table: Table | None,
    lines: Sequence[Line],
    there: Sequence[Line],
    blank: Blank,
    lookup: Lookup | None = None,
) -> Iterator[Finding]:
    cells = blank.declaration.cells
    columns = {name: cells[f"{kind}.{name}"] for name in table.columns if f"{kind}.{name}" in cells} if table else {}
    if table is None or not columns:
        if lines:
            yield finding("WRITE-11", blank.layout.sheet, what=kind, found=len(lines))
        return
    sheet = next(iter(columns.values())).rsplit("!", 1)[0]
    prepared = blank.sheet(sheet).last_row
    last = prepared if prepared > table.first_row else table.first_row + _ROWS - 1
    room = last - table.first_row + 1
    if len(lines) > room:
        yield finding("WRITE-05", sheet, found=len(lines), room=room)
    placed = _placed(lines[:room], table.first_row, last)
    for old in there:
        if old.row not in placed:
            _clear(old.row, columns, blank)
    for row, line in placed.items():
        blank.sheet(sheet).forget(row)
        shown = _shown(line, lookup)
        for name, column in columns.items():
            _put(f"{column}{row}", name, line, shown, blank)
        absent = [name for name in _stated(line) if name not in columns]
        if absent:
            found = getattr(line, absent[0])
            yield finding("WRITE-11", f"{sheet}!{row}", what=", ".join(absent), found=found)


def _shown(line: Line, lookup: Lookup | None) -> Mapping[str, str | None]:
    return lookup.shown(line) if lookup and isinstance(line, SmelterLine) else {}


def _placed(lines: Sequence[Line], first: int, last: int) -> Mapping[int, Line]:
    """The lines by row: their own rows where these are the list's and none comes twice, else one after the other."""
    rows = [line.row for line in lines]
    if len(set(rows)) == len(rows) and all(first <= row <= last for row in rows):
        return dict(sorted(zip(rows, lines, strict=True)))
    return dict(enumerate(lines, first))


def _clear(row: int, columns: Mapping[str, str], blank: Blank) -> None:
    for column in columns.values():
        if not blank.has_formula(f"{column}{row}"):
            blank.put(f"{column}{row}", None)


def _put(place: str, name: str, line: Line, shown: Mapping[str, str | None], blank: Blank) -> None:
    """Write one field. A formula that gives just that stays, and so does one where nothing is stated."""
    value = getattr(line, name)
    if name == "cid" and isinstance(line, SmelterLine) and line.cid_input == value:
        value = None
    if blank.has_formula(place):
        if value is None or value == shown.get(name):
            blank.show(place, shown.get(name))
            return
    elif name == "metal" and value is not None:
        chosen = meant(value, blank.choices(place), ())
        value = value if chosen is None else chosen
    if value is not None or blank.filled(place):
        blank.put(place, value)


def _stated(line: Line) -> Iterator[str]:
    return (name for name in line.__dataclass_fields__ if name != "row" and getattr(line, name) is not None)
