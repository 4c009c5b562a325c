"""Looking through a sheet's XML before the parser does, which fills the whole rectangle its cells span.

One cell at XFD1048576 would make that rectangle seventeen thousand million cells. A sheet as office programs write it
passes a few searches at full speed; any other is written anew, cell by cell, within the limits.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from lxml import etree

from lode.rmi.container import limits
from lode.xlsx import column_letters, column_number, escaped

_COLUMNS = re.compile(rb'<c r="([A-Z]+)')
_ROWS = re.compile(rb'<c r="[A-Z]+([0-9]+)"')
_PREFIXED = re.compile(rb"<[A-Za-z_][\w.-]*:(?:c|row|sheetData)[\s/>]")
_FORMULA_WITH_VALUE = re.compile(rb"</f>\s*<v>[^<]|<f[^>]*/>\s*<v>[^<]")
_SHARED = re.compile(rb'<c [^>]*t="s"[^>]*>\s*<v>([0-9]+)</v>')
_STRING_ITEM = re.compile(rb"<si\b[^>]*/>|<si\b.*?</si>", re.DOTALL)
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_BLANKS = (b"<v></v>", b"<v>#N/A</v>", b"<v/>")
_KEPT_TYPES = frozenset({"b", "d", "e", "inlineStr", "n", "s", "str"})


class TooMuch(Exception):
    """A sheet that holds more than any form does: `what` it holds, and the `limit`."""

    def __init__(self, what: str, limit: str) -> None:
        super().__init__(what)
        self.what, self.limit = what, limit


@dataclass(frozen=True, slots=True)
class Scanned:
    """A sheet's XML that is safe to parse. `cut` names the farthest cell left out; `uncached` means formulas without
    any stored value."""

    xml: bytes
    cut: str = ""
    uncached: bool = False
    protected: bool = False


def scan(xml: bytes, strings: SharedStrings) -> Scanned:
    """The sheet, within the limits. Raises TooMuch, or lxml's XMLSyntaxError where it is no XML."""
    has_formulas = b"<f>" in xml or b"<f " in xml
    uncached = has_formulas and _FORMULA_WITH_VALUE.search(xml) is None
    protected = b"<sheetProtection" in xml
    xml, cut = _without_blank_rows(xml), ""
    if not _is_plain(xml):
        xml, cut = _rewritten(xml)
    strings.check(xml)
    return Scanned(xml, cut, uncached, protected)


def _without_blank_rows(xml: bytes) -> bytes:
    """The sheet without the rows in which nothing stands before column R, where the templates' own reckoning begins.

    The templates keep 2 500 rows of formulas ready; leaving out those nobody used makes a sheet fifty times smaller.
    """
    if xml.count(b"<row ") != xml.count(b'<row r="') or b"<row>" in xml or b"<row/>" in xml:
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


def _rewritten(xml: bytes) -> tuple[bytes, str]:
    """The same cells in the plainest XML, without those beyond the last row and column looked at."""
    if xml.count(b"<c") > limits.CELLS * 2 or xml.count(b"<") > limits.CELLS * 10:
        raise TooMuch(f"{xml.count(b'<c')} cells", f"{limits.CELLS} cells")
    out, farthest, row, column = io.StringIO(), (0, 0), 0, 0
    out.write('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
    events = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    open_row = 0
    for event, element in events:
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if tag == "row":
            if event == "start":
                row, column = _number(element.get("r"), row + 1), 0
            else:
                element.clear()
        elif tag == "c" and event == "end":
            found = _ADDRESS.match(element.get("r") or "")
            if found is None:
                column += 1
            else:
                column, row = column_number(found[1]), int(found[2])
            cell = _cell(element, row, column)
            if cell and (row > limits.LAST_ROW or column > limits.LAST_COLUMN):
                farthest = max(farthest, (row, column))
            elif cell and row:
                if row != open_row:
                    out.write(("</row>" if open_row else "") + f'<row r="{row}">')
                    open_row = row
                out.write(cell)
            element.clear()
    out.write(("</row>" if open_row else "") + "</sheetData></worksheet>")
    cut = f"{column_letters(farthest[1])}{farthest[0]}" if farthest[0] else ""
    return out.getvalue().encode(), cut


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _cell(element: etree._Element, row: int, column: int) -> str:
    """The cell with its style, type and value only; empty where it has no value."""
    value, text = "", ""
    for child in element:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag == "v":
            value = child.text or ""
        elif tag == "is":
            text = "".join(t.text or "" for t in child.iter() if etree.QName(t).localname == "t")
    kind, style = element.get("t") or "n", element.get("s") or ""
    if not (value or text) or kind not in _KEPT_TYPES:
        return ""
    start = f'<c r="{column_letters(column)}{row}"' + (f' s="{style}"' if style.isdigit() else "")
    if text:
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'
    return f'{start} t="{kind}"><v>{escaped(value)}</v></c>'


class SharedStrings:
    """How much text the cells of a sheet would hold, when each repeats a shared one."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._lengths: list[int] | None = None
        pieces = xml.split(b"</si>")
        self._longest = max(map(len, pieces))

    def check(self, sheet: bytes) -> None:
        """Raises TooMuch where the sheet's cells would hold more text than is looked at."""
        shared = sheet.count(b't="s"')
        if self._longest * shared <= limits.TEXT:
            return
        if self._lengths is None:
            self._lengths = [len(item) for item in _STRING_ITEM.findall(self._xml)]
        lengths = self._lengths
        found = _SHARED.findall(sheet)
        total = sum(lengths[i] for i in map(int, found) if i < len(lengths)) + (shared - len(found)) * self._longest
        if total > limits.TEXT:
            raise TooMuch(f"{total // limits.MB} MB of text", f"{limits.TEXT // limits.MB} MB of text")
