"""The cells a finding is about, as one text a person can read and as a list a program can walk.

`where` joins cells, a sheet named once for all that follow it and neighbours below each other drawn together:
"Declaration!D38, Smelter List!O7, O9:O12". `cells_of` takes such a text apart again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lode.findings import Finding

Cell = tuple[str, str]

_ITEM = re.compile(r"(?:(?P<sheet>.+)!)?(?P<first>[A-Z]{1,3}[1-9]\d*)(?::(?P<last>[A-Z]{1,3}[1-9]\d*))?")
_LAST_ROW = 1_048_576


def where(cells: Iterable[str]) -> str:
    """Addresses such as "Smelter List!B12" as one text; each stands once, sheets in the order they are first met."""
    by_sheet: dict[str, list[str]] = {}
    places: list[str] = []
    for cell in dict.fromkeys(cells):
        sheet, _, address = cell.rpartition("!")
        if sheet and _ITEM.fullmatch(address):
            by_sheet.setdefault(sheet, []).append(address)
        elif cell:
            places.append(cell)
    parts = [f"{sheet}!{', '.join(_ranges(addresses))}" for sheet, addresses in by_sheet.items()]
    return ", ".join(parts + places)


def cells_of(finding: Finding) -> list[Cell]:
    """(sheet, cell) for each cell the finding is about, ranges written out; empty where it names another place."""
    cells: list[Cell] = []
    sheet = ""
    for part in finding.where.split(", "):
        item = _ITEM.fullmatch(part)
        if item is None:
            continue
        sheet = (item["sheet"] or sheet).strip("'")
        if sheet:
            cells += [(sheet, address) for address in _written_out(item["first"], item["last"] or item["first"])]
    return cells


def _parts(address: str) -> tuple[str, int]:
    letters = address.rstrip("0123456789")
    return letters, int(address[len(letters) :])


def _ranges(addresses: list[str]) -> Iterator[str]:
    """Cells below each other in one column become a range; the order stays."""
    runs: list[tuple[str, int, int]] = []
    for letters, row in map(_parts, addresses):
        if runs and runs[-1][0] == letters and runs[-1][2] + 1 == row:
            runs[-1] = (letters, runs[-1][1], row)
        else:
            runs.append((letters, row, row))
    for letters, first, last in runs:
        yield f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}"


def _written_out(first: str, last: str) -> Iterator[str]:
    letters, top = _parts(first)
    other, bottom = _parts(last)
    if letters != other or not top <= bottom <= _LAST_ROW:
        yield first
        return
    for row in range(top, bottom + 1):
        yield f"{letters}{row}"
