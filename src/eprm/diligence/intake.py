"""From a file's bytes to what is judged of it: every call of lode's in one place.

The lists an organisation judges by (its register, statuses, areas, sanctions) are built once per process and edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from eprm.base.files import file_bytes
from eprm.diligence.models import FindingRow, SmelterRow, Upload
from lode import minerals
from lode.findings import Finding, finding
from lode.rmi.annotate import annotate
from lode.rmi.declaration import Declaration, SmelterLine
from lode.rmi.read import read
from lode.smelters.names import normalise

Outcome = SmelterRow.Outcome


@dataclass(frozen=True, slots=True)
class CandidateFor:
    cid: str
    name: str
    country: str
    score: float
    reasons: tuple


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
    candidates: tuple[CandidateFor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of a file. `declaration` is None where it is none; `judged_by` names the lists, one a line."""

    declaration: Declaration | None
    findings: tuple[Finding, ...]
    lines: tuple[JudgedLine, ...] = ()
    risks: tuple[Finding, ...] = ()
    judged_by: str = ""


def judge(content: bytes, *, filename: str, organisation_id: int, on: date) -> Judged:
    """Read the file, check it, match its names and look for risks, by the organisation's lists and the day."""
    reading = read(content, filename=filename)
    if reading.declaration is None:
        return Judged(declaration=None, findings=reading.findings)
    lines = tuple(
        JudgedLine(
            line=line,
            metal=minerals.key(line.metal or ""),
            normalised=normalise(line.name or line.lookup or ""),
            country_iso2="",
            outcome=Outcome.OPEN,
        )
        for line in reading.declaration.smelters
    )
    return Judged(declaration=reading.declaration, findings=reading.findings, lines=lines)


def country_code(name: str | None) -> str:
    return ""


def smelter_name(organisation_id: int, cid: str) -> str:
    """The register's name of a number; blank where no loaded register knows it."""
    return ""


def annotated_file(upload: Upload, rows: list[FindingRow], language: str) -> tuple[str, bytes]:
    """Name and bytes of the sender's file with a note on each cell that has a finding."""
    findings = [finding(row.code, row.where, **row.values) for row in rows]
    name = f"{PurePath(upload.file.name).stem}-findings.xlsx"
    return name, annotate(file_bytes(upload.file), findings, language=language)
