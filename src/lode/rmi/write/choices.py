"""The lists a sheet lets people choose from, and the entry of such a list that an answer means.

So an answer is written as this very book words it: "Yes, CRT" or "Yes, in conformance with IPC1755 (e.g., CMRT)",
and "100%" as the number 1 where the book's list holds the number.
Source: ECMA-376 Part 1, 18.3.1.32 (dataValidation); Office extension x14:dataValidation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from lode.rmi.container.grid import Grid
from lode.rmi.patch import split
from lode.rmi.wording import english, plain_option
from lode.xlsx import column_letters, column_number

_RANGE = re.compile(r"(?:(?P<sheet>'[^']+'|[\w.]+)!)?\$?(?P<first>[A-Z]+\$?\d+)(?::\$?(?P<last>[A-Z]+\$?\d+))?")
_LONGEST_LIST = 200

Entry = str | int | float


class Choices:
    """What may be chosen in each cell of one sheet. `tail` is the sheet without its cells, `grid` finds any sheet's."""

    def __init__(
        self, tail: etree._Element, sheet: str, names: dict[str, str], grid: Callable[[str], Grid | None]
    ) -> None:
        self._rules = list(_rules(tail))
        self._sheet, self._names, self._grid = sheet, names, grid

    def of(self, cell: str) -> list[Entry]:
        """The entries of the cell's list in their order; empty where it has none, or one only Excel can work out."""
        letters, row = split(cell)
        column = column_number(letters)
        for ranges, formula in self._rules:
            if any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in ranges):
                return list(self._entries(formula))
        return []

    def _entries(self, formula: str) -> Iterator[Entry]:
        if formula.startswith('"'):
            yield from (entry.strip() for entry in formula.strip('"').split(","))
            return
        found = _RANGE.fullmatch(self._names.get(formula, formula))
        if found is None:
            return
        grid = self._grid((found["sheet"] or self._sheet).strip("'"))
        first, last = found["first"].replace("$", ""), (found["last"] or found["first"]).replace("$", "")
        (left, top), (right, bottom) = split(first), split(last)
        columns = range(column_number(left), column_number(right) + 1)
        if grid is None or len(columns) * (bottom - top + 1) > _LONGEST_LIST:
            return
        for row in range(top, bottom + 1):
            for column in columns:
                value = grid.value(column_letters(column), row)
                if isinstance(value, float) and value.is_integer():
                    yield int(value)
                elif isinstance(value, str | int | float) and value != "":
                    yield value


def meant(answer: str, entries: Sequence[Entry], options: Sequence[str]) -> Entry | None:
    """The entry of a list that an answer in English wording means; None where there is none. `options` are English."""
    wanted = plain_option(answer)
    return next(
        (each for each in entries if plain_option(str(each)) == wanted or english(str(each), options, {}) == answer),
        None,
    )


def _rules(tail: etree._Element) -> Iterator[tuple[list[tuple[int, int, int, int]], str]]:
    for rule in tail.iter("{*}dataValidation"):
        if rule.get("type") == "list":
            formula = next(rule.iter("{*}formula1"), None)
            where = rule.get("sqref") or next((each.text or "" for each in rule.iter("{*}sqref")), "")
            if formula is not None:
                yield list(_areas(where)), "".join(map(str, formula.itertext())).strip().lstrip("=")


def _areas(where: str) -> Iterator[tuple[int, int, int, int]]:
    for part in where.split():
        first, _, last = part.partition(":")
        try:
            (left, top), (right, bottom) = split(first), split(last or first)
        except ValueError:
            continue
        yield column_number(left), top, column_number(right), bottom
