"""From a list's file to rows not yet saved: each kind is read by lode, and said in the database's words here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from eprm.reference.models import RegisterLine, ReleaseRow, SanctionedName
from lode.findings import Finding, finding
from lode.rmi.read import read as read_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """What a person sent: the list's file and, for OFAC, the file with the other names."""

    name: str
    content: bytes
    aliases: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """The rows, and what the file says of itself. `names` belong to the parties among the rows."""

    rows: tuple[ReleaseRow, ...] = ()
    names: tuple[SanctionedName, ...] = ()
    findings: tuple[Finding, ...] = ()
    edition: str = ""
    published_on: date | None = None


def read_list(key: str, file: ListFile) -> ReadList:
    """The rows of a list's file; a file without any is a finding too. `key` is the ReferenceList's."""
    read = READERS[key](file)
    if not read.rows and not any(found.level == "error" for found in read.findings):
        return ReadList(findings=(*read.findings, finding("REF-04", file.name, file=file.name)))
    return read


def _register(file: ListFile) -> ReadList:
    reading = read_workbook(file.content, filename=file.name)
    declaration = reading.declaration
    if declaration is None:
        return ReadList(findings=reading.findings)
    edition = f"{declaration.template} {declaration.revision}"
    if not declaration.lookup:
        told = {"file": file.name, "template": declaration.template, "revision": declaration.revision}
        return ReadList(findings=(finding("REF-01", "Smelter Look-up", **told),))
    rows = tuple(
        RegisterLine(
            metal=line.metal,
            lookup=line.lookup,
            standard=line.standard,
            country=line.country or "",
            cid=line.cid or "",
            source=line.source or "",
            street=line.street or "",
            city=line.city or "",
            state=line.state or "",
        )
        for line in declaration.lookup
    )
    return ReadList(rows=rows, edition=edition, published_on=declaration.revision_date)


READERS: dict[str, Callable[[ListFile], ReadList]] = {"smelter-register": _register}
