"""From a file's bytes to what is judged of it: every call of lode's in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from eprm.base.files import file_bytes
from eprm.diligence.models import FindingRow, SmelterRow, Upload
from eprm.diligence.wording import finding_of
from eprm.diligence.yardsticks import Yardsticks, yardsticks_for
from lode import minerals, places
from lode.findings import LEVELS, Finding
from lode.rmi.annotate import annotate
from lode.rmi.check import check, check_filename
from lode.rmi.check.across import check_sender
from lode.rmi.declaration import Declaration, SmelterLine
from lode.rmi.read import read
from lode.smelters.names import normalise

Outcome = SmelterRow.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLine:
    """A smelter line with what the register makes of it, before any decision of a person."""

    line: SmelterLine
    metal: str
    normalised: str
    country_iso2: str
    outcome: str
    method: str = ""
    cid: str = ""
    smelter_name: str = ""
    candidates: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of a file. `declaration` is None where it is none; `judged_by` names the lists, one a line."""

    declaration: Declaration | None
    findings: tuple[Finding, ...]
    lines: tuple[JudgedLine, ...] = ()
    risks: tuple[Finding, ...] = ()
    judged_by: str = ""


def judge(content: bytes, *, filename: str, organisation_id: int, on: date, asked: tuple[str, ...] = ()) -> Judged:
    """Read the file, check it, match its names and look for risks, by the organisation's lists and the day.

    `asked` are the names of the supplier who was asked, where one was chosen.
    """
    reading = read(content, filename=filename)
    if reading.declaration is None:
        return Judged(declaration=None, findings=reading.findings)
    by = yardsticks_for(organisation_id)
    declaration = reading.declaration
    checked = check(
        declaration,
        on=on,
        register=by.register if by.register.releases else None,
        statuses=by.statuses,
        cahra=by.cahra_areas or None,
        covered=by.covered_areas or None,
    )
    findings = [*reading.findings, *checked, *check_filename(filename, declaration), *check_sender(declaration, asked)]
    return Judged(
        declaration=declaration,
        findings=tuple(sorted(findings, key=lambda finding: LEVELS.index(finding.level))),
        lines=tuple(_judged_line(line, by) for line in declaration.smelters),
        judged_by=by.editions,
    )


def _judged_line(line: SmelterLine, by: Yardsticks) -> JudgedLine:
    return JudgedLine(
        line=line,
        metal=minerals.key(line.metal or ""),
        normalised=normalise(line.name or line.lookup or ""),
        country_iso2=country_code(line.country),
        outcome=Outcome.OPEN,
    )


def country_code(name: str | None) -> str:
    """The ISO 3166-1 code of a country as somebody wrote it; blank where it names none."""
    country = places.country(name)
    return country.iso2 if country else ""


def smelter_name(organisation_id: int, cid: str) -> str:
    """The register's name of a number; blank where no loaded register knows it."""
    smelter = yardsticks_for(organisation_id).smelters.get(cid)
    return smelter.name if smelter else ""


def annotated_file(upload: Upload, rows: list[FindingRow], language: str) -> tuple[str, bytes]:
    """Name and bytes of the sender's file with a note on each cell that has a finding."""
    name = f"{PurePath(upload.file.name).stem}-findings.xlsx"
    return name, annotate(file_bytes(upload.file), [finding_of(row) for row in rows], language=language)
