"""A plain .xlsx from nothing: sheets of typed cells, where a text is only ever a text.

Written by hand rather than with openpyxl for two reasons: a string that begins with "=" becomes a live formula there,
and it takes ten times as long. Only what a table or a form needs: values, a few fixed styles, widths, a filter.
Source: ECMA-376 Part 1, SpreadsheetML (18.3 worksheets, 18.8 styles) and Part 2 (packages).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import islice
from math import isfinite

Value = str | int | float | Decimal | bool | date | datetime | None

LONGEST_TEXT = 32_767  # UTF-16 units Excel keeps in a cell

PLAIN, HEADING, TITLE, NOTE, WRAPPED, DATE, MOMENT, LINK, LITERAL = range(9)
_OWN = range(9)

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's day 0 has no time zone
_FIRST_DAY = date(1900, 3, 1)  # sheets count a 29 February 1900 that never was; before it their numbers are off
_EXACT = 10**15  # a sheet keeps 15 digits of a number
_LIVE = ("=", "+", "-", "@", "\t", "\r", "#")
_SHEET_NAME_TAKEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with one of the styles above; a bare value takes the style of its type."""

    value: Value
    style: int = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. `rows` gives (row number, {column letters: value}) in rising order, columns in order too.

    `widths` are in characters by column letters; `frozen` rows stay in sight; `filtered` is the range people can
    filter ("A4:F20"); `links` are cell -> "Sheet!A1" inside the book.
    """

    name: str
    rows: Iterable[tuple[int, Mapping[str, Value | Cell]]]
    widths: Mapping[str, float] = field(default_factory=dict)
    frozen: int = 0
    filtered: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


def escaped(text: str) -> str:
    """`text` as XML character data that a spreadsheet reads back unchanged."""
    return storable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def storable(text: str) -> str:
    """`text` in characters XML can hold: all others as `_xHHHH_`, and text that looks like that escaped itself.

    Half a surrogate pair is no character at all and becomes U+FFFD; what Excel would cut off is cut off.
    Source: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring).
    """
    if _LONE_SURROGATE.search(text):
        text = _LONE_SURROGATE.sub("\ufffd", text)
    if 2 * len(text) > LONGEST_TEXT:
        text = text.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
    if _LOOKS_ESCAPED.search(text):
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text


def serial(day: date) -> float:
    """The number a sheet stores for a date or a moment: days since 30 December 1899."""
    if isinstance(day, datetime):
        return (day.replace(tzinfo=None) - _EPOCH).total_seconds() / 86_400
    return (day - _EPOCH.date()).days


@cache
def column_number(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def stored(value: str | float | Decimal | date) -> tuple[str, str]:
    """How a cell stores a value: its type attribute ("" for numbers) and its content, in characters XML can hold.

    Text is always text, never a formula. So are a number too long to be kept exactly and a day sheets cannot count.
    """
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, date):
        if (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY:
            return "", f"{serial(value):.15g}"
        return "inlineStr", value.isoformat()
    kept = abs(value) < _EXACT if isinstance(value, int) else isinstance(value, float | Decimal) and isfinite(value)
    if kept:
        return "", str(value)
    return "inlineStr", storable(str(value))


def cell_xml(reference: str, value: Value, style: str = "") -> str:
    """One `<c>` element. `style` is the attribute text (` s="12"`) or empty."""
    if value is None:
        return f'<c r="{reference}"{style}/>'
    kind, content = stored(value)
    if not kind:
        return f'<c r="{reference}"{style}><v>{content}</v></c>'
    if kind == "b":
        return f'<c r="{reference}"{style} t="b"><v>{content}</v></c>'
    content = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c r="{reference}"{style} t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A name Excel accepts for a sheet: at most 31 characters, none of []:*?/\\, and not one of `taken`."""
    name = " ".join(_SHEET_NAME_TAKEN.sub(" ", wanted).split()).strip("'")[:31].strip() or "Sheet"
    lowered = {other.lower() for other in taken}
    candidate, number = name, 2
    while candidate.lower() in lowered:
        candidate, number = f"{name[: 31 - len(str(number)) - 1]} {number}", number + 1
    return candidate


def workbook(sheets: Sequence[Sheet], *, creator: str = "") -> bytes:
    """The bytes of an .xlsx with these sheets, the same bytes for the same sheets."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        _put(package, "[Content_Types].xml", _content_types(len(sheets)))
        _put(package, "_rels/.rels", _PACKAGE_RELATIONS)
        _put(package, "docProps/core.xml", _CORE.format(creator=escaped(creator)))
        _put(package, "xl/workbook.xml", _book(sheets))
        _put(package, "xl/_rels/workbook.xml.rels", _book_relations(len(sheets)))
        _put(package, "xl/styles.xml", STYLES)
        for number, sheet in enumerate(sheets, 1):
            _put_sheet(package, f"xl/worksheets/sheet{number}.xml", sheet)
    return out.getvalue()


def _put(package: zipfile.ZipFile, name: str, text: str) -> None:
    package.writestr(_entry(name), text.encode("utf-8"))


def sheet_xml(sheet: Sheet, styles: Sequence[int]) -> bytes:
    """A sheet for a book of somebody else's: `styles` gives the book's own number for each style above."""
    rows = "".join(_row(number, cells, styles) for number, cells in sheet.rows)
    return (_before_rows(sheet) + rows + _after_rows(sheet)).encode("utf-8")


def _put_sheet(package: zipfile.ZipFile, name: str, sheet: Sheet) -> None:
    """A sheet goes into the file a thousand rows at a time, so that a long one is never in memory whole."""
    with package.open(_entry(name), "w") as part:
        part.write(_before_rows(sheet).encode("utf-8"))
        rows = iter(sheet.rows)
        while some := list(islice(rows, 1000)):
            part.write("".join(_row(number, cells, _OWN) for number, cells in some).encode("utf-8"))
        part.write(_after_rows(sheet).encode("utf-8"))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _before_rows(sheet: Sheet) -> str:
    parts = [_HEAD, f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>']
    if sheet.frozen:
        corner = f"A{sheet.frozen + 1}"
        pane = f'<pane ySplit="{sheet.frozen}" topLeftCell="{corner}" activePane="bottomLeft" state="frozen"/>'
        parts.append(f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>')
    if sheet.widths:
        numbered = sorted((column_number(letters), width) for letters, width in sheet.widths.items())
        columns = (f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>' for n, width in numbered)
        parts.append(f"<cols>{''.join(columns)}</cols>")
    parts.append("<sheetData>")
    return "".join(parts)


def _row(number: int, cells: Mapping[str, Value | Cell], styles: Sequence[int]) -> str:
    each = (_styled(f"{letters}{number}", value, styles) for letters, value in cells.items() if value is not None)
    return f'<row r="{number}">{"".join(each)}</row>'


def _after_rows(sheet: Sheet) -> str:
    filtered = f'<autoFilter ref="{sheet.filtered}"/>' if sheet.filtered else ""
    links = _hyperlinks(sheet.links) if sheet.links else ""
    return f'</sheetData>{filtered}{links}<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'


def _hyperlinks(links: Mapping[str, str]) -> str:
    each = (f'<hyperlink ref="{cell}" location="{escaped(place)}"/>' for cell, place in links.items())
    return f"<hyperlinks>{''.join(each)}</hyperlinks>"


def _styled(reference: str, value: Value | Cell, styles: Sequence[int]) -> str:
    cell = value if isinstance(value, Cell) else Cell(value)
    style = cell.style
    if style == PLAIN and isinstance(cell.value, date):
        style = MOMENT if isinstance(cell.value, datetime) else DATE
    elif style in (PLAIN, WRAPPED) and isinstance(cell.value, str) and cell.value.startswith(_LIVE):
        style = LITERAL
    return cell_xml(reference, cell.value, f' s="{styles[style]}"' if style else "")


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{sheets}</Types>"
    )


def _book(sheets: Sequence[Sheet]) -> str:
    entries = "".join(
        f'<sheet name="{escaped(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{entries}</sheets></workbook>'


def _book_relations(count: int) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    )
    styles = f'<Relationship Id="rId{count + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}{styles}</Relationships>'


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PACKAGE_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{creator}</dc:creator></cp:coreProperties>'
)

# The cell formats stand in the order of the style numbers above.
STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="5"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font>'
    '<font><i/><sz val="10"/><color rgb="FF595959"/><name val="Calibri"/></font>'
    '<font><u/><sz val="11"/><color rgb="FF7A3B1E"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEFEAE2"/></patternFill></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="9">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="4" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    # A literal stays one when somebody edits the cell: Excel would else take its text for a formula then.
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
