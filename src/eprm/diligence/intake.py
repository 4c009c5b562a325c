"""From a file's bytes to what is judged of it: every call of lode's in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from eprm.base.files import file_bytes
from eprm.diligence.models import FindingRow, SmelterRow, Upload
from eprm.diligence.wording import finding_of
from eprm.diligence.yardsticks import Yardsticks, yardsticks_for
from lode import places, risk
from lode.findings import LEVELS, Finding
from lode.risk import JudgedRow, Risk
from lode.rmi.annotate import annotate
from lode.rmi.check import check, check_filename
from lode.rmi.check.across import check_sender
from lode.rmi.check.book import Book, Row
from lode.rmi.declaration import Declaration, SmelterLine
from lode.rmi.read import read
from lode.smelters.match import Candidate, Key, Match
from lode.smelters.names import normalise

Outcome = SmelterRow.Outcome
CERTAIN = ("number", "alias")  # ways to a smelter that leave nothing to look at


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
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of a file. `declaration` is None where it is none; `judged_by` names the lists, one a line."""

    declaration: Declaration | None
    findings: tuple[Finding, ...]
    lines: tuple[JudgedLine, ...] = ()
    risks: tuple[Risk, ...] = ()
    judged_by: str = ""


def judge(
    content: bytes,
    *,
    filename: str,
    organisation_id: int,
    on: date,
    asked: tuple[str, ...] = (),
    decided: Mapping[tuple[str, str, str], str] | None = None,
) -> Judged:
    """Read the file, check it, match its names and look for risks, by the organisation's lists and the day.

    `asked` are the names of the supplier who was asked, where one was chosen. `decided` gives, for names about which a
    person decided, the smelter's number, blank for none: risks go by it, lines are told as the register has them.
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
    book = Book(declaration)
    # A row may say all it says by its number or look-up name: then the book's own look-up gives the rest.
    matches = by.matcher.match_all([(row.metal, row.name or row.lookup, row.country, row.cid) for row in book.rows])
    matched = list(zip(book.rows, matches, strict=True))
    return Judged(
        declaration=declaration,
        findings=tuple(sorted(findings, key=lambda finding: LEVELS.index(finding.level))),
        lines=tuple(_judged_line(row, match) for row, match in matched),
        risks=tuple(
            risk.risks(
                book,
                [_judged_row(row, match, by, decided or {}) for row, match in matched],
                findings,
                lists=by.lists,
                on=on,
            )
        ),
        judged_by=by.editions,
    )


def _key(row: Row) -> Key:
    """What a decision about the row's name is filed under."""
    return Key(row.mineral, normalise(row.name or row.lookup or ""), country_code(row.country))


def _judged_line(row: Row, match: Match) -> JudgedLine:
    key = _key(row)
    accepted = match.candidates[0] if match.decision == "accepted" else None
    return JudgedLine(
        line=row.line,
        metal=key.metal,
        normalised=key.normalised,
        country_iso2=key.country,
        outcome=Outcome.MATCHED if accepted else Outcome.UNIDENTIFIED if row.not_identified else Outcome.OPEN,
        method=match.method if accepted else "",
        cid=accepted.cid if accepted else "",
        smelter_name=accepted.name if accepted else "",
        candidates=() if row.not_identified or match.method in CERTAIN else match.candidates,
    )


def _judged_row(row: Row, match: Match, by: Yardsticks, decided: Mapping[tuple[str, str, str], str]) -> JudgedRow:
    key = _key(row)
    if key in decided:
        return JudgedRow(row=row, smelter=by.smelters.get(decided[key]), decided=True)
    if match.decision != "accepted":
        return JudgedRow(row=row)
    return JudgedRow(row=row, smelter=match.candidates[0].smelter, dropped=match.candidates[0].dropped)


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
