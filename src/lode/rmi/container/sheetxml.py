"""Looking through a sheet's XML before the parser does, which fills the whole rectangle its cells span.

One cell at XFD1048576 would make that rectangle seventeen thousand million cells. A sheet as office programs write it
passes a few searches at full speed; any other is written anew, cell by cell, within the limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lode.rmi.container import limits
from lode.rmi.container.plainxml import rewritten
from lode.rmi.container.strings import SharedStrings, TooMuch
from lode.xlsx import column_number

_COLUMNS = re.compile(rb'<c r="([A-Z]+)')
_ROWS = re.compile(rb'<c r="[A-Z]+([0-9]+)"')
_PREFIXED = re.compile(rb"<[A-Za-z_][\w.-]*:(?:c|row|sheetData)[\s/>]")
_FORMULA_WITH_VALUE = re.compile(rb"</f>\s*<v>[^<]|<f[^>]*/>\s*<v>[^<]")
_BLANKS = (b"<v></v>", b"<v>#N/A</v>", b"<v/>")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A sheet's XML that is safe to parse. `cut` names the farthest cell left out; `uncached` means formulas without
    any stored value."""

    xml: bytes
    cut: str = ""
    uncached: bool = False
    protected: bool = False


def scan(xml: bytes, strings: SharedStrings) -> Scanned:
    """The sheet, within the limits. Raises TooMuch, or ExpatError where it is no XML."""
    has_formulas = b"<f>" in xml or b"<f " in xml
    uncached = has_formulas and _FORMULA_WITH_VALUE.search(xml) is None
    protected = b"<sheetProtection" in xml
    xml, cut = _without_blank_rows(xml), ""
    _check_size(xml)
    if not _is_plain(xml):
        xml, cut = rewritten(xml)
    strings.check(xml)
    return Scanned(xml, cut, uncached, protected)


def _check_size(xml: bytes) -> None:
    """Raises TooMuch for more cells, or more text in one of them, than a form has."""
    cells = xml.count(b"<v") + xml.count(b"<is")
    if cells > limits.CELLS or xml.count(b"<c") > limits.CELLS * 3:
        raise TooMuch(f"{cells} cells", f"{limits.CELLS} cells")
    for start in range(0, len(xml), limits.CELL_TEXT):
        if len(xml) > limits.CELL_TEXT and xml.find(b"<", start, start + limits.CELL_TEXT) < 0:
            raise TooMuch("a cell with more than half a million characters", "32 767 characters in a cell")


def _without_blank_rows(xml: bytes) -> bytes:
    """The sheet without the rows in which nothing stands before column R, where the templates' own reckoning begins.

    The templates keep 2 500 rows of formulas ready; leaving out those nobody used makes a sheet fifty times smaller.
    """
    count = xml.count(b"<row ")
    if count > limits.ROWS:
        raise TooMuch(f"{count} rows", f"{limits.ROWS} rows")
    if count != xml.count(b'<row r="') or b"<row>" in xml or b"<row/>" in xml:
        return xml
    first, *rows = xml.split(b"<row ")
    if not rows:
        return xml
    rows[-1], end, rest = rows[-1].partition(b"</sheetData>")
    return b"<row ".join((first, *(row for row in rows if _holds_something(row)))) + end + rest


def _holds_something(row: bytes) -> bool:
    row = row.partition(b'<c r="R')[0]
    return b"<is" in row or row.count(b"<v") > sum(map(row.count, _BLANKS))


def _is_plain(xml: bytes) -> bool:
    """Every cell has its own address, written the usual way, and all of them span a rectangle of bearable size."""
    cells = xml.count(b"<c ")
    if cells != xml.count(b'<c r="') or b"<c>" in xml or b"<c/>" in xml or _PREFIXED.search(xml):
        return False
    if b"'s'" in xml or xml.count(b'"s"') != xml.count(b't="s"'):
        return False
    rows = set(_ROWS.findall(xml))
    columns = set(_COLUMNS.findall(xml))
    if any(len(row) > 6 for row in rows) or any(len(column) > 3 for column in columns):
        return False
    last_row = max(map(int, rows), default=0)
    last_column = max((column_number(column.decode()) for column in columns), default=0)
    return cells <= limits.CELLS and last_row * last_column <= limits.RECTANGLE
