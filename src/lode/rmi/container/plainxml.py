"""A sheet in unusual XML, written anew in the plainest: each cell with its address, within the last row and column.

Source: ECMA-376 Part 1, 18.3.1.4 (cell) and 18.3.1.73 (row): both addresses may be left out.
"""

from __future__ import annotations

import re
from xml.parsers import expat  # document type definitions are refused before this is reached
from xml.sax.saxutils import escape

from lode.rmi.container import limits
from lode.xlsx import column_letters, column_number

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_TYPES = frozenset({"b", "d", "e", "inlineStr", "n", "s", "str"})
_START = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def rewritten(xml: bytes) -> tuple[bytes, str]:
    """The same cells, and the farthest that was left out (empty for none). Raises ExpatError where it is no XML."""
    cells = _Cells()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    parser.Parse(xml, True)
    row, column = cells.farthest
    return cells.xml(), f"{column_letters(column)}{row}" if row else ""


class _Cells:
    """Collects the cells as the parser meets them."""

    def __init__(self) -> None:
        self.farthest = (0, 0)
        self._out = [_START]
        self._open_row = self._row = self._column = 0
        self._cell: dict[str, str] | None = None
        self._value: list[str] = []
        self._inline: list[str] = []
        self._into: list[str] | None = None
        self._in_inline = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cell, self._value, self._inline = attributes, [], []
            found = _ADDRESS.match(attributes.get("r", ""))
            if found is None:
                self._column += 1
            else:
                self._column, self._row = column_number(found[1]), int(found[2])
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else self._row + 1
            self._column = 0
        elif self._cell is not None:
            if tag == "is":
                self._in_inline = True
            elif tag == "v":
                self._into = self._value
            elif tag == "t" and self._in_inline:
                self._into = self._inline

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._add()
            self._cell = None
        elif tag == "is":
            self._in_inline = False
        elif tag in {"v", "t"}:
            self._into = None

    def _add(self) -> None:
        """The cell with its style, type and value only; none where it has no value."""
        attributes = self._cell or {}
        value, inline = "".join(self._value), "".join(self._inline)
        kind, style = attributes.get("t", "n"), attributes.get("s", "")
        if not (value or inline) or kind not in _TYPES or not self._row:
            return
        if self._row > limits.LAST_ROW or self._column > limits.LAST_COLUMN:
            self.farthest = max(self.farthest, (self._row, self._column))
            return
        if self._row != self._open_row:
            self._out.append(("</row>" if self._open_row else "") + f'<row r="{self._row}">')
            self._open_row = self._row
        cell = f'<c r="{column_letters(self._column)}{self._row}"' + (f' s="{style}"' if style.isdigit() else "")
        if inline:
            cell += f' t="inlineStr"><is><t xml:space="preserve">{escape(inline)}</t></is></c>'
        else:
            cell += f' t="{kind}"><v>{escape(value)}</v></c>'
        self._out.append(cell)

    def xml(self) -> bytes:
        """The sheet of all cells met."""
        self._out.append(("</row>" if self._open_row else "") + "</sheetData></worksheet>")
        return "".join(self._out).encode()
