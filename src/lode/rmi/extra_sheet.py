"""One more sheet at the end of somebody else's workbook, with our few styles added to theirs.

Source: ECMA-376 Part 1, 18.2.19 (sheet), 18.8 (styles).
"""

from __future__ import annotations

from lxml import etree

from lode.rmi.container.editable import EditablePackage, part_bytes
from lode.rmi.container.package import RELATIONS_MAIN
from lode.xlsx import STYLES, Sheet, sheet_xml

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OWN_FORMATS = 164  # number formats below belong to the program
# What a cell format points to, and the list it points into.
_POINTERS = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))


def add_sheet(package: EditablePackage, sheet: Sheet) -> None:
    """Put `sheet` behind the last one. Its name must be free. Raises Refused where the workbook is damaged."""
    styles = package.related(package.workbook, "styles")
    numbers = _adopt(package, styles[1]) if styles else [0] * 9
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.write(part, sheet_xml(sheet, numbers))
    package.declare(part, _SHEET_TYPE)
    relation = package.relate(package.workbook, "worksheet", part)
    root = package.root(package.workbook)
    sheets = next(root.iter("{*}sheets"))
    taken = [int(each.get("sheetId") or 0) for each in sheets]
    entry = etree.SubElement(sheets, sheets.tag.replace("}sheets", "}sheet"))
    entry.set("name", sheet.name)
    entry.set("sheetId", str(max(taken, default=0) + 1))
    entry.set(f"{{{RELATIONS_MAIN}}}id", relation)
    package.write(package.workbook, part_bytes(root))


def _adopt(package: EditablePackage, part: str) -> list[int]:
    """Add our fonts, fills, borders, number formats and cell formats to the book's; their numbers there."""
    theirs, ours = package.root(part), etree.fromstring(STYLES.encode())
    shift = {pointer: _append(theirs, ours, group) for pointer, group in _POINTERS}
    formats = _append_number_formats(theirs, ours)
    cells = _group(ours, "cellXfs")
    for cell in cells:
        for pointer, by in shift.items():
            cell.set(pointer, str(int(cell.get(pointer) or 0) + by))
        number = cell.get("numFmtId") or "0"
        cell.set("numFmtId", formats.get(number, number))
    count = len(cells)
    first = _append(theirs, ours, "cellXfs")
    package.write(part, part_bytes(theirs))
    return list(range(first, first + count))


def _group(root: etree._Element, name: str) -> etree._Element:
    """The list `name` in a style sheet, an empty one in its place where there is none."""
    found = root.find(f"{{*}}{name}")
    if found is None:
        found = root.makeelement(root.tag.replace("}styleSheet", f"}}{name}"))
        root.insert(0 if name == "numFmts" else len(root), found)
    return found


def _append(theirs: etree._Element, ours: etree._Element, name: str) -> int:
    """Move our entries of a list behind theirs; how many theirs were."""
    group = _group(theirs, name)
    before = len(group)
    for entry in list(_group(ours, name)):
        group.append(entry)
    group.set("count", str(len(group)))
    return before


def _append_number_formats(theirs: etree._Element, ours: etree._Element) -> dict[str, str]:
    taken = [int(each.get("numFmtId") or 0) for each in _group(theirs, "numFmts")]
    free = max([_OWN_FORMATS, *(number + 1 for number in taken)])
    renumbered = {}
    for number, entry in enumerate(_group(ours, "numFmts"), free):
        renumbered[entry.get("numFmtId") or ""] = str(number)
        entry.set("numFmtId", str(number))
    _append(theirs, ours, "numFmts")
    return renumbered
