"""The book inside an .xlsx package, and its sheets as grids."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from xml.parsers import expat

import python_calamine
from lxml import etree

from lode.findings import Finding, finding
from lode.rmi.container import limits
from lode.rmi.container.grid import Grid
from lode.rmi.container.package import (
    OFFICE_DOCUMENT,
    RELATIONS_MAIN,
    Package,
    Refused,
    SheetPart,
    relations,
    small_package,
    xml_root,
)
from lode.rmi.container.sheetxml import scan
from lode.rmi.container.strings import SharedStrings, TooMuch
from lode.rmi.container.workbook import Workbook

_NO_STRINGS = b"<sst/>"
_RELATION_ID = f"{{{RELATIONS_MAIN}}}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def open_package(data: bytes, where: str) -> Workbook:
    """The book in the bytes of a zip. Raises Refused where there is none."""
    package = Package(data, where)
    main = next((part for kind, part in relations(package, "").values() if kind.endswith(OFFICE_DOCUMENT)), "")
    if not package.has(main):
        main = "xl/workbook.xml"
    if not package.has(main):
        raise Refused(_other_zip(package))
    root = xml_root(package.read(main), main, where)
    parts = _sheet_parts(root, relations(package, main))
    if len(parts) > limits.SHEETS:
        raise Refused(finding("FILE-07", where, what=f"{len(parts)} sheets", limit=f"{limits.SHEETS} sheets"))
    package.check_other_parts([main])
    strings = _part(package, main, "/sharedStrings")
    try:
        shared = SharedStrings(strings or _NO_STRINGS)
    except TooMuch as too_much:
        raise Refused(finding("FILE-07", where, what=too_much.what, limit=too_much.limit)) from None
    book = Workbook(
        sheets=tuple(part.name for part in parts),
        hidden=frozenset(part.name for part in parts if part.hidden),
        load=lambda names: ({}, []),
        findings=package.findings,
    )
    if any(name.endswith("vbaProject.bin") for name in package.names):
        book.facts["macros"] = "yes"
        book.findings.append(finding("FILE-11", where))
    book.load = partial(
        _load,
        book,
        package,
        {part.name: part.part for part in parts},
        strings,
        shared,
        _part(package, main, "/styles"),
        any(_local(child) == "workbookPr" and child.get("date1904") in {"1", "true"} for child in root),
    )
    return book


def _load(
    book: Workbook,
    package: Package,
    parts: dict[str, str],
    strings: bytes | None,
    shared: SharedStrings,
    styles: bytes | None,
    date1904: bool,
    names: tuple[str, ...],
) -> tuple[dict[str, Grid], list[Finding]]:
    """The grids of the named sheets; a damaged sheet gives a finding and no grid."""
    sheets, findings = {}, []
    for name in names:
        try:
            if not package.has(parts[name]):
                raise Refused(finding("FILE-21", name, sheet=name))
            scanned = scan(package.read(parts[name]), shared)
        except Refused as refused:
            findings.append(refused.finding)
            continue
        except TooMuch as too_much:
            findings.append(finding("FILE-07", name, what=too_much.what, limit=too_much.limit))
            continue
        except expat.ExpatError:
            findings.append(finding("FILE-21", name, sheet=name))
            continue
        sheets[name] = scanned.xml
        if scanned.cut:
            findings.append(finding("FILE-09", f"{name}!{scanned.cut}", cell=scanned.cut, sheet=name))
        if scanned.uncached:
            book.uncached.add(name)
        if scanned.protected:
            book.protected.add(name)
    grids, damaged = parse(small_package(sheets, strings, styles, date1904), tuple(sheets))
    return grids, findings + damaged


def parse(data: bytes, names: tuple[str, ...]) -> tuple[dict[str, Grid], list[Finding]]:
    """The named sheets of a vetted workbook as grids, and a finding for each that the parser cannot read."""
    grids, findings = {}, []
    try:
        with contained():
            parser = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Damaged:
        return {}, [finding("FILE-21", name, sheet=name) for name in names]
    for name in names:
        try:
            with contained():
                grids[name] = Grid(name, parser.get_sheet_by_name(name).to_python(skip_empty_area=False))
        except Damaged:
            findings.append(finding("FILE-21", name, sheet=name))
    return grids, findings


class Damaged(Exception):
    """The workbook parser cannot make sense of what it was given."""


@contextmanager
def contained() -> Iterator[None]:
    """Turns every way the parser fails into Damaged, its Rust panics too.

    A panic arrives as pyo3's PanicException, which is a BaseException and cannot be imported to be named.
    """
    try:
        yield
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise Damaged from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged from error


def _sheet_parts(root: etree._Element, related: dict[str, tuple[str, str]]) -> list[SheetPart]:
    """The worksheets the workbook lists, each name once."""
    found: dict[str, SheetPart] = {}
    for element in root.iter():
        if _local(element) != "sheet" or not element.get("name"):
            continue
        relation = element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID) or ""
        kind, part = related.get(relation, ("", ""))
        name = element.get("name", "")
        if not kind or kind.endswith("/worksheet"):
            found.setdefault(name, SheetPart(name, part, element.get("state") in {"hidden", "veryHidden"}))
    return list(found.values())


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _part(package: Package, main: str, kind: str) -> bytes | None:
    """The part the workbook relates to as `kind`, if there is one."""
    for related, part in relations(package, main).values():
        if related.endswith(kind) and package.has(part):
            return package.read(part)
    return None


def _other_zip(package: Package) -> Finding:
    """What a zip is that holds no workbook."""
    names = package.names
    books = [name for name in names if name.lower().endswith((".xlsx", ".xls", ".xlsm"))]
    kinds = (
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
        ("mimetype", "an OpenDocument file (LibreOffice)"),
        ("META-INF/MANIFEST.MF", "a Java archive"),
        ("index.xml", "an Apple Numbers or Pages document"),
    )
    for part, words in kinds:
        if part in names:
            return finding("FILE-01", package.where, kind=words)
    if books:
        return finding("FILE-22", package.where, count=len(books), first=books[0])
    return finding("FILE-01", package.where, kind=f"a zip archive of {len(names)} files")
