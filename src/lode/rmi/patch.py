"""Changing single cells of a sheet's XML; every other byte of the sheet stays as it was.

So styles, formulas, validations, conditional formats, protection and drawings live on, and a 6 MB sheet is changed in
some milliseconds: only the rows that are touched are parsed.
Source: ECMA-376 Part 1, 18.3.1 (worksheets); 18.17 (formulas), 18.3.1.40 (shared formulas).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from lode.findings import finding
from lode.rmi.container.editable import part_bytes
from lode.rmi.container.package import RELATIONS_MAIN, Refused
from lode.xlsx import Value, column_number, stored

_NAME = rb"(?:[A-Za-z_][\w.-]*:)?"
_ROW = re.compile(rb"<" + _NAME + rb"row[\s/>][^>]*")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_DATA = re.compile(rb"<(" + _NAME + rb")sheetData\s*(?:/>|>)")
_DATA_END = re.compile(rb"</" + _NAME + rb"sheetData\s*>")
_ROOT = re.compile(rb"<" + _NAME + rb"worksheet\b[^>]*>")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_VOLATILE = re.compile(r"\b(?:OFFSET|INDIRECT|TODAY|NOW)\(")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)


def split(reference: str) -> tuple[str, int]:
    """ "D22" as ("D", 22)."""
    found = _ADDRESS.fullmatch(reference)
    if not found:
        raise ValueError(f"{reference!r} is no cell address.")
    return found[1], int(found[2])


class SheetPatch:
    """One sheet part, its cells to be changed by address. `xml()` gives the part back."""

    def __init__(self, xml: bytes, where: str) -> None:
        """`where` is the sheet's name for findings. Raises Refused where the part is no worksheet."""
        self._xml = xml if _is_plain(xml) else _plain(xml, where)
        root, data = _ROOT.search(self._xml), _DATA.search(self._xml)
        if root is None or data is None:
            raise Refused(finding("FILE-20", where, part=where))
        self._prefix = data[1].decode()
        self._head, self._start = self._xml[root.start() : root.end()], data.end()
        if data[0].endswith(b"/>"):
            opened = data[0][:-2].rstrip() + b">"
            self._xml = self._xml[: data.start()] + opened + b"</" + data[1] + b"sheetData>" + self._xml[data.end() :]
            self._start = data.start() + len(opened)
        end = _DATA_END.search(self._xml, self._start)
        if end is None:
            raise Refused(finding("FILE-20", where, part=where))
        self._end = end.start()
        self._namespace = etree.fromstring(self._head[:-1] + b"/>").nsmap.get(self._prefix[:-1] or None)
        self._spans = self._row_spans()
        self._numbers = sorted(self._spans)
        self._rows: dict[int, _Row] = {}
        self._changed: set[int] = set()

    def formula(self, reference: str) -> str | None:
        """The formula in a cell, None where there is none, "" in cells that borrow a shared formula from another."""
        cell = self._cell(reference)
        formula = None if cell is None else cell.find(self._tag("f"))
        return None if formula is None else formula.text or ""

    def filled(self, reference: str) -> bool:
        """Whether a cell holds a value or a formula."""
        cell = self._cell(reference)
        return cell is not None and len(cell) > 0

    def put(self, reference: str, value: Value) -> None:
        """Write a value over whatever is in the cell, keeping its style. None empties the cell."""
        cell = self._made(reference)
        formula = cell.find(self._tag("f"))
        if formula is not None and formula.get("t") == "shared" and formula.get("ref"):
            self._unshare(formula.get("si", ""))
        self._fill(cell, value, keep_formula=False)

    def cache(self, reference: str, value: Value) -> None:
        """Write what the cell's formula gives, as far as known; the formula stays. None is a formula's empty text."""
        self._fill(self._made(reference), "" if value is None else value, keep_formula=True)

    @property
    def last_row(self) -> int:
        """The number of the last row the sheet has."""
        return self._numbers[-1] if self._numbers else 0

    def forget(self, row: int | None = None, *, but_column: str = "") -> None:
        """Drop what the formulas of a row, or of all rows, last gave, so that no program shows what no longer holds.

        Volatile formulas keep it, since every program works them out on opening; so do those of `but_column`.
        """
        kept = column_number(but_column)
        for number in self._numbers if row is None else [row]:
            if number in self._spans or number in self._rows:
                for column, cell in self._row(number).cells.items():
                    formula, value = cell.find(self._tag("f")), cell.find(self._tag("v"))
                    if formula is not None and value is not None and column != kept and not _is_volatile(formula):
                        cell.remove(value)
                        _drop(cell, "t")
                        self._changed.add(number)

    def xml(self) -> bytes:
        """The part with the changes in it."""
        parts, at = [], self._start
        for number in sorted(self._changed):
            start, end = self._spans.get(number) or (self._gap(number),) * 2
            parts += [self._xml[at:start], _row_xml(self._rows[number].element)]
            at = end
        return b"".join([self._xml[: self._start], *parts, self._xml[at:]])

    def _row_spans(self) -> dict[int, tuple[int, int]]:
        """Where each row begins and ends; a row ends where the next one begins."""
        found = list(_ROW.finditer(self._xml, self._start, self._end))
        ends = [*(row.start() for row in found), self._end][1:]
        spans: dict[int, tuple[int, int]] = {}
        number = 0
        for row, end in zip(found, ends, strict=True):
            said = _ROW_NUMBER.search(row[0])
            number = int(said[1]) if said else number + 1
            spans[number] = (row.start(), end)
        return spans

    def _gap(self, number: int) -> int:
        """Where a new row goes: before the first row with a higher number."""
        at = bisect_left(self._numbers, number)
        return self._spans[self._numbers[at]][0] if at < len(self._numbers) else self._end

    def _row(self, number: int) -> _Row:
        if number not in self._rows:
            start, end = self._spans.get(number, (0, 0))
            name = f"{self._prefix}row".encode()
            xml = self._xml[start:end] or b'<%b r="%d"/>' % (name, number)
            end_of_sheet = b"</" + self._prefix.encode() + b"worksheet>"
            element = etree.fromstring(self._head + xml + end_of_sheet, _PARSER)[0]
            element.set("r", str(number))
            self._rows[number] = _Row(element, dict(_by_column(element.findall(self._tag("c")))))
        return self._rows[number]

    def _cell(self, reference: str) -> etree._Element | None:
        letters, number = split(reference)
        if number not in self._spans and number not in self._rows:
            return None
        return self._row(number).cells.get(column_number(letters))

    def _made(self, reference: str) -> etree._Element:
        """The cell, made where there is none; its row counts as changed."""
        letters, number = split(reference)
        row, column = self._row(number), column_number(letters)
        self._changed.add(number)
        if column not in row.cells:
            cell = row.element.makeelement(self._tag("c"), {"r": reference})
            row.element.insert(sum(other < column for other in row.cells), cell)
            row.cells[column] = cell
            _drop(row.element, "spans")
        return row.cells[column]

    def _fill(self, cell: etree._Element, value: Value, *, keep_formula: bool) -> None:
        formula = cell.find(self._tag("f")) if keep_formula else None
        for child in list(cell):
            cell.remove(child)
        _drop(cell, "t", "cm", "vm")
        if formula is not None:
            cell.append(formula)
        if value is None:
            return
        kind, content = stored(value)
        if kind:
            cell.set("t", "str" if kind == "inlineStr" and formula is not None else kind)
        if cell.get("t") == "inlineStr":
            text = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        else:
            text = etree.SubElement(cell, self._tag("v"))
        text.text = content

    def _unshare(self, index: str) -> None:
        """Give each cell that borrows the shared formula its own, as the cell that holds it is to be overwritten."""
        # 20 MB, which a book needs only where a shared formula is taken apart.
        from openpyxl.formula.translate import Translator  # noqa: PLC0415

        borrowed = re.compile(rb"""\ssi\s*=\s*["']%b["']""" % re.escape(index.encode()))
        rows = [number for number, (start, end) in self._spans.items() if borrowed.search(self._xml, start, end)]
        cells = [cell for number in rows for cell in self._row(number).cells.values()]
        shared = [(cell.get("r", ""), cell.find(self._tag("f"))) for cell in cells]
        sharing = [(where, f) for where, f in shared if f is not None and f.get("si") == index]
        self._changed.update(rows)
        origin, master = next((where, f.text or "") for where, f in sharing if f.get("ref"))
        for where, formula in sharing:
            own = Translator(f"={master}", origin=origin).translate_formula(where)
            formula.text = own[1:]
            _drop(formula, "t", "si", "ref")

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


# What may follow the drawing of notes in a worksheet, in the standard's order.
_AFTER_NOTES = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def sheet_frame(xml: bytes, where: str) -> etree._Element:
    """A worksheet without what stands before and in its cells: its merges, validations, drawings, ...

    Raises Refused where it is no worksheet.
    """
    return _framed(xml if _is_plain(xml) else _plain(xml, where), where)[1]


def legacy_drawing(xml: bytes, relation: str, where: str) -> bytes:
    """The sheet with the drawing of its notes named by a relation's id. Raises Refused where it is no worksheet."""
    xml = xml if _is_plain(xml) else _plain(xml, where)
    tail, sheet = _framed(xml, where)
    drawing = sheet.find("{*}legacyDrawing")
    if drawing is None:
        drawing = sheet.makeelement(sheet.tag.replace("}worksheet", "}legacyDrawing"))
        names = [etree.QName(child).localname for child in sheet]
        sheet.insert(next((at for at, name in enumerate(names) if name in _AFTER_NOTES), len(names)), drawing)
    drawing.set(f"{{{RELATIONS_MAIN}}}id", relation)
    rest = etree.tostring(sheet, encoding="UTF-8", xml_declaration=False)
    return xml[:tail] + rest[rest.index(b">") + 1 :]


def _framed(xml: bytes, where: str) -> tuple[int, etree._Element]:
    """Where the cells end, and the sheet with all that comes after them."""
    root, data = _ROOT.search(xml), _DATA.search(xml)
    ends = list(_DATA_END.finditer(xml))
    if root is None or data is None:
        raise Refused(finding("FILE-20", where, part=where))
    tail = ends[-1].end() if ends else data.end()
    try:
        return tail, etree.fromstring(root[0] + xml[tail:], _PARSER)
    except etree.XMLSyntaxError:
        raise Refused(finding("FILE-20", where, part=where)) from None


@dataclass(frozen=True, slots=True)
class _Row:
    """A parsed row, and its cells by column number."""

    element: etree._Element
    cells: dict[int, etree._Element]


def _is_volatile(formula: etree._Element) -> bool:
    return bool(_VOLATILE.search(formula.text or ""))


def _by_column(cells: Iterable[etree._Element]) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in cells:
        said = cell.get("r")
        column = column_number(split(said)[0]) if said else column + 1
        yield column, cell


def _row_xml(row: etree._Element) -> bytes:
    sheet = row.getparent()
    assert sheet is not None
    xml = etree.tostring(sheet, encoding="UTF-8", xml_declaration=False)
    return xml[xml.index(b">") + 1 : xml.rindex(b"</")]


def _drop(element: etree._Element, *attributes: str) -> None:
    for attribute in attributes:
        if attribute in element.attrib:
            del element.attrib[attribute]


def _plain(xml: bytes, where: str) -> bytes:
    try:
        return part_bytes(etree.fromstring(xml, _PARSER))
    except etree.XMLSyntaxError:
        raise Refused(finding("FILE-20", where, part=where)) from None


def _is_plain(xml: bytes) -> bool:
    """Whether the bytes can be searched as they are: UTF-8, no comment or CDATA that could hold a look-alike tag."""
    declaration = xml[:200].split(b"?>")[0].lower()
    utf8 = b"encoding" not in declaration or b"utf-8" in declaration or b"us-ascii" in declaration
    return utf8 and not xml.startswith((b"\xff\xfe", b"\xfe\xff")) and b"<!" not in xml
