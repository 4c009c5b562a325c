"""The one door for bytes from outside: to a `Workbook`, or to the findings that say why there is none."""

from __future__ import annotations

from lode.findings import Finding, finding
from lode.rmi.container import limits
from lode.rmi.container.compound import open_compound
from lode.rmi.container.kind import COMPOUND, ZIP, kind_of
from lode.rmi.container.package import Refused, in_mb
from lode.rmi.container.spreadsheet import open_package
from lode.rmi.container.workbook import Workbook


def open_workbook(data: bytes, *, filename: str = "") -> tuple[Workbook | None, tuple[Finding, ...]]:
    """The book in the bytes, and what is odd about the file; None and why where it cannot be opened. Never raises."""
    where = filename or "the file"
    if not data.strip(b"\0"):
        return None, (finding("FILE-02", where, size=in_mb(len(data))),)
    if len(data) > limits.FILE_BYTES:
        return None, (finding("FILE-03", where, size=in_mb(len(data)), limit=in_mb(limits.FILE_BYTES)),)
    try:
        if data.startswith(ZIP):
            book = open_package(data, where)
        elif data.startswith(COMPOUND):
            book = open_compound(data, where)
        else:
            return None, (finding("FILE-01", where, kind=kind_of(data)),)
    except Refused as refused:
        return None, (refused.finding,)
    return book, tuple(book.findings)
