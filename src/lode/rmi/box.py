"""Where the box of a note goes on a sheet, and how large it must be for its words.

Excel places a box by the columns and rows it begins and ends in, so their sizes must be known.
Source: ECMA-376 Part 1, 18.3.1.13 (col), 18.3.1.73 (row); Part 4, 19.4.2.1 (Anchor).
"""

from __future__ import annotations

import re
from collections.abc import Callable

WIDTH = 330
_CHARACTERS = 46  # of the note's font in one line of that width
_LINE, _MARGIN, _TALLEST = 15, 16, 600
_DEFAULT_COLUMN, _DEFAULT_ROW = 64, 20
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576

_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)["']""")


class Geometry:
    """A sheet's column widths and row heights in pixels at 96 dots an inch."""

    def __init__(self, xml: bytes) -> None:
        start = xml.find(b"sheetData")
        self._columns: dict[int, int] = {}
        for found in _COLUMN.finditer(xml, 0, max(start, 0)):
            said = dict(_ATTRIBUTE.findall(found[1]))
            width = 0 if said.get(b"hidden") == b"1" else int(_number(said.get(b"width"), 8.43) * 7 + 5)
            first, last = int(_number(said.get(b"min"), 1)), int(_number(said.get(b"max"), 1))
            self._columns.update(dict.fromkeys(range(first, min(last, first + 200) + 1), width))
        self._rows: dict[int, int] = {}
        for found in _ROW.finditer(xml, max(start, 0)):
            said = dict(_ATTRIBUTE.findall(found[1]))
            if b"ht" in said or b"hidden" in said:
                height = 0 if said.get(b"hidden") == b"1" else int(_number(said.get(b"ht"), 15) * 4 / 3)
                self._rows[int(_number(said.get(b"r"), 0))] = height

    def anchor(self, column: int, row: int, text: str) -> tuple[int, ...]:
        """The anchor of a note on a cell (counted from 1): right of it, a row above, as tall as `text` needs."""
        lines = sum(len(line) // _CHARACTERS + 1 for line in text.split("\n"))
        height = min(lines * _LINE + _MARGIN, _TALLEST)
        left, top = min(column + 1, _LAST_COLUMN), max(row - 1, 1)
        right, right_offset = _reach(left, WIDTH + 12, self._width, _LAST_COLUMN)
        bottom, bottom_offset = _reach(top, height + 4, self._height, _LAST_ROW)
        return left - 1, 12, top - 1, 4, right - 1, right_offset, bottom - 1, bottom_offset

    def _width(self, column: int) -> int:
        return self._columns.get(column, _DEFAULT_COLUMN)

    def _height(self, row: int) -> int:
        return self._rows.get(row, _DEFAULT_ROW)


def _reach(at: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """The column or row in which `pixels` from the start of `at` end, and how far into it."""
    while pixels > size(at) and at < last:
        pixels -= size(at)
        at += 1
    return at, min(pixels, size(at))


def _number(text: bytes | None, otherwise: float) -> float:
    try:
        return float(text or b"")
    except ValueError:
        return otherwise
