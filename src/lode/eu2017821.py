"""Regulation (EU) 2017/821, Annex I: from which yearly volume an importer is in scope, by code and date.

The shipped rows stand in `data/eu_2017_821.csv`; `verified` is false where a volume still has to be compared with the
consolidated text. Source: Regulation (EU) 2017/821; Delegated Regulation (EU) 2020/1588.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Literal

from lode import list_file, minerals
from lode.findings import Finding, finding

HEADINGS = ("code", "mineral", "description", "threshold_kg", "valid_from", "valid_to", "source")
MINERALS = tuple(sorted(mineral.key for mineral in minerals.THREE_TG))


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A line of Annex I. `code` is the CN or TARIC code as the Annex writes it; `threshold_kg` is net mass a year."""

    code: str
    mineral: str
    description: str
    threshold_kg: Decimal
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScope:
    """An importer's year on a line of Annex I: `mass_kg` is the year's net mass, `ratio` the mass by the threshold."""

    code: str
    description: str
    mineral: str
    mass_kg: Decimal
    threshold_kg: Decimal
    standing: Literal["below", "close", "bound"]

    @property
    def ratio(self) -> Decimal:
        return self.mass_kg / self.threshold_kg


CLOSE = Decimal("0.9")


def scope_of(masses: Iterable[tuple[Threshold, Decimal]]) -> tuple[LineScope, ...]:
    """Where an importer stands on each line of Annex I in one calendar year, the furthest above its threshold first.

    The masses, in kg net, are summed by line. At the threshold and above the importer is "bound" for the whole year;
    from nine tenths of it "close", which binds nobody but is worth knowing. Source: Regulation (EU) 2017/821, Article
    1(3) and Annex I.
    """
    of_line: dict[tuple[str, str], Threshold] = {}
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line, mass_kg in masses:
        of_line[line.code, line.description] = line
        sums[line.code, line.description] += mass_kg
    found = []
    for key, mass_kg in sums.items():
        line = of_line[key]
        ratio = mass_kg / line.threshold_kg
        found.append(
            LineScope(
                code=line.code,
                description=line.description,
                mineral=line.mineral,
                mass_kg=mass_kg,
                threshold_kg=line.threshold_kg,
                standing="bound" if ratio >= 1 else "close" if ratio >= CLOSE else "below",
            )
        )
    return tuple(sorted(found, key=lambda line: (-line.ratio, line.code, line.description)))


def shipped() -> bytes:
    """The rows the platform comes with, as the CSV file they are."""
    return files("lode").joinpath("data/eu_2017_821.csv").read_bytes()


def read_thresholds(data: bytes) -> tuple[tuple[Threshold, ...], tuple[Finding, ...]]:
    """The lines of a CSV with the columns of HEADINGS (and `verified`), and what is wrong with it, by row."""
    findings: list[Finding] = []
    lines: list[Threshold] = []
    seen: dict[tuple[str, str, date], str] = {}
    for row in list_file.rows(data, HEADINGS, findings):
        code, mineral = row.text("code", required=True, limit=20), row.text("mineral", required=True).lower()
        if mineral and mineral not in MINERALS:
            known = ", ".join(MINERALS)
            row.findings.append(finding("LIST-11", row.where, heading="mineral", found=mineral, known=known))
        threshold_kg = row.number_above_zero("threshold_kg")
        since, until = row.span("valid_from", "valid_to")
        description, source = row.text("description", required=True), row.text("source", required=True, limit=1000)
        verified = row.yes("verified")
        if since is not None:
            other = seen.setdefault((code, description, since), str(row.number))
            if other != str(row.number):
                row.findings.append(finding("LIST-10", row.where, found=f"{code} {description}", other=other))
        if since is not None and not row.findings:
            lines.append(
                Threshold(
                    code=code,
                    mineral=mineral,
                    description=description,
                    threshold_kg=threshold_kg,
                    valid_from=since,
                    valid_to=until,
                    source=source,
                    verified=verified,
                )
            )
        findings += row.findings
    return tuple(lines), tuple(findings)


def documents_due(*, exempt: bool, metals: bool) -> tuple[str, ...]:
    """The kinds of documents an authority expects in an importer's file, in the order of the duties.

    "policy" (Article 4(a)), "smelters" for metals (Article 4(g)), "risks" (Article 5), then the "audit" report (Article
    6) or, for who is exempt from it, the proof of conformity ("scheme", Article 7(1)), and the public annual "report"
    (Article 7(3)). Source: Regulation (EU) 2017/821.
    """
    proof = "scheme" if exempt else "audit"
    return ("policy", *(("smelters",) if metals else ()), "risks", proof, "report")
