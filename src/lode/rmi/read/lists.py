"""The list sheets: smelters, products, mines, and the book's own look-up, each a table under one row of headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lode.rmi.container import Grid
from lode.rmi.container.grid import as_text
from lode.rmi.declaration import LookupLine, MineLine, ProductLine, SmelterLine
from lode.rmi.layout import Table
from lode.rmi.read.anchor import Moved
from lode.rmi.wording import labels, plain
from lode.xlsx import column_letters, column_number

_HEADER_ROWS = 30
_FOOT = "©"  # the publisher's line below some lists
_ENOUGH = 3  # headers that make a row the header row
# 2.x lists a smelter's other names in one cell, parted by a comma without a blank after it.
_ALIASES = re.compile(r",(?! )")


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each field on this sheet, the first and last row of data; `moved` where not as laid out."""

    first_row: int
    columns: Mapping[str, str]
    last_row: int | None = None
    moved: Moved | None = None


def columns_of(grid: Grid, table: Table, kind: str) -> Columns:
    """The columns by their headers; as laid out where no header is known."""
    known = labels(kind)
    header, found = table.header_row, _headers(grid, table, table.header_row, known)
    if len(found) < _ENOUGH:
        rows = range(1, min(_HEADER_ROWS, len(grid.rows)) + 1)
        best = max(rows, key=lambda row: len(_headers(grid, table, row, known)), default=header)
        elsewhere = _headers(grid, table, best, known)
        if len(elsewhere) < _ENOUGH:
            return Columns(table.first_row, table.columns, table.last_row)
        header, found = best, elsewhere
    moved = next((name for name, column in found.items() if column != table.columns[name]), None)
    if moved is None and header != table.header_row:
        moved = next(iter(found))
    if moved is None:
        return Columns(table.first_row, table.columns, table.last_row)
    columns = {name: column for name, column in table.columns.items() if column not in found.values()} | found
    label = grid.text(found[moved], header) or ""
    down = header - table.header_row
    return Columns(
        table.first_row + down,
        columns,
        table.last_row and table.last_row + down,
        Moved(
            label.splitlines()[0][:60] if label else "",
            f"{found[moved]}{header}",
            f"{table.columns[moved]}{table.header_row}",
        ),
    )


def _headers(grid: Grid, table: Table, row: int, known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The fields whose headers stand in a row, with their columns; a field's usual column has the first claim."""
    texts = {
        column_letters(number): known.get(plain(text), ())
        for number, value in enumerate(grid.rows[row - 1] if row <= len(grid.rows) else (), 1)
        if isinstance(value, str) and (text := as_text(value))
    }
    found = {name: column for name, column in table.columns.items() if name in texts.get(column, ())}
    for column, names in texts.items():
        if column in found.values():
            continue
        free = [name for name in names if name in table.columns and name not in found]
        if free:
            found[free[0]] = column
    return found


def used_rows(grid: Grid, place: Columns) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Each row in which a field has a text, with the fields' texts."""
    indexes = [(name, column_number(column) - 1) for name, column in place.columns.items()]
    width = max(index for _, index in indexes) + 1
    for number, values in enumerate(grid.rows[place.first_row - 1 : place.last_row], place.first_row):
        if len(values) < width:
            values = [*values, *[None] * (width - len(values))]
        texts = {name: as_text(values[index]) if values[index] else None for name, index in indexes}
        if any(text and not text.startswith(_FOOT) for text in texts.values()):
            yield number, texts


def smelter_lines(grid: Grid, place: Columns) -> tuple[SmelterLine, ...]:
    """The used rows of the Smelter List."""
    return tuple(SmelterLine(row=row, **_with_cid(texts)) for row, texts in used_rows(grid, place))


def _with_cid(texts: dict[str, str | None]) -> dict[str, str | None]:
    """The number the row names: what was typed in column A, else the identification column where it holds a number."""
    typed, shown = texts.get("cid_input"), texts.get("cid")
    if shown is not None and not any(character.isdigit() for character in shown):
        shown = None
    return texts | {"cid": typed or shown}


def product_lines(grid: Grid, place: Columns) -> tuple[ProductLine, ...]:
    """The used rows of the Product List."""
    return tuple(ProductLine(row=row, **texts) for row, texts in used_rows(grid, place))


def mine_lines(grid: Grid, place: Columns) -> tuple[MineLine, ...]:
    """The used rows of the Mine List."""
    return tuple(MineLine(row=row, **texts) for row, texts in used_rows(grid, place))


def lookup_lines(grid: Grid, table: Table) -> tuple[LookupLine, ...]:
    """The book's own look-up list; a row without metal or name is none."""
    lines = []
    for _, texts in used_rows(grid, Columns(table.first_row, table.columns, table.last_row)):
        aliases = texts.pop("aliases", None)
        metal, name, standard = texts.pop("metal"), texts.pop("lookup"), texts.pop("standard")
        if not metal or not name:
            continue
        metal = metal.split("(")[0].strip()
        for lookup in (name, *(_ALIASES.split(aliases) if aliases else ())):
            if lookup.strip():
                lines.append(LookupLine(metal=metal, lookup=lookup.strip(), standard=standard or name, **texts))
    return tuple(lines)
