"""From a list's file to rows not yet saved: each kind is read by lode, and said in the database's words here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from eprm.reference.models import (
    Area,
    RegisterLine,
    ReleaseRow,
    SanctionedName,
    SanctionedParty,
    SmelterStatus,
    Threshold,
)
from lode.area_list import read_areas
from lode.eu2017821 import read_thresholds
from lode.findings import Finding, finding
from lode.rmi.read import read as read_workbook
from lode.sanctions_list import SanctionsList, read_ofac, read_un
from lode.smelters.status import read_statuses

KIND_LENGTH = 20
LISTED_LENGTH = 200


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


def _areas(file: ListFile) -> ReadList:
    areas, findings = read_areas(file.content)
    rows = tuple(
        Area(
            iso2=area.iso2,
            region=area.region,
            name=area.name,
            category=area.category,
            valid_from=area.valid_from,
            valid_to=area.valid_to,
            source=area.source,
            verified=area.verified,
        )
        for area in areas
    )
    return ReadList(rows=rows, findings=findings)


def _thresholds(file: ListFile) -> ReadList:
    lines, findings = read_thresholds(file.content)
    rows = tuple(
        Threshold(
            code=line.code,
            mineral=line.mineral,
            description=line.description,
            threshold_kg=line.threshold_kg,
            valid_from=line.valid_from,
            valid_to=line.valid_to,
            source=line.source,
            verified=line.verified,
        )
        for line in lines
    )
    return ReadList(rows=rows, findings=findings)


def _statuses(file: ListFile) -> ReadList:
    # The day of publication stands on the release, not on each row.
    intervals, findings = read_statuses(file.content, published=date.min)
    rows = tuple(
        SmelterStatus(
            cid=interval.cid,
            metal=interval.metal,
            scheme=interval.scheme,
            status=interval.status,
            since=interval.since,
            until=interval.until,
            source=interval.source,
        )
        for interval in intervals
    )
    return ReadList(rows=rows, findings=findings)


def _un(file: ListFile) -> ReadList:
    found = read_un(file.content)
    edition = found.published_on.isoformat() if found.published_on else ""
    return _parties(found, edition)


def _ofac(file: ListFile) -> ReadList:
    return _parties(read_ofac(file.content, file.aliases))


def _parties(found: SanctionsList, edition: str = "") -> ReadList:
    rows, names = [], []
    for listed in found.parties:
        party = SanctionedParty(
            reference=listed.reference,
            kind=listed.kind[:KIND_LENGTH],
            countries=", ".join(listed.countries)[:LISTED_LENGTH],
            programme=listed.programme[:LISTED_LENGTH],
            listed_on=listed.listed_on,
        )
        rows.append(party)
        names += [
            SanctionedName(party=party, name=name, primary=position == 0) for position, name in enumerate(listed.names)
        ]
    return ReadList(
        rows=tuple(rows),
        names=tuple(names),
        findings=found.findings,
        edition=edition,
        published_on=found.published_on,
    )


READERS: dict[str, Callable[[ListFile], ReadList]] = {
    "cahra-eu": _areas,
    "covered-1502": _areas,
    "thresholds-eu": _thresholds,
    "sanctions-un": _un,
    "sanctions-ofac": _ofac,
    "smelter-register": _register,
    "smelter-status": _statuses,
}
