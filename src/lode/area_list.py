"""Lists of areas by date: the EU's indicative list of high-risk areas, and the countries covered by section 1502.

A row says that an area was on its list from one day to another; an open end says that it still is. Shipped rows stand
in `data/area_list_eu.csv` (partial: what public pages tell of the list) and `data/area_list_1502.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from lode import list_file
from lode.findings import Finding, finding

HEADINGS = ("iso2", "iso3166-2", "name", "category", "valid_from", "valid_to", "source")
_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArea:
    """A country (`region` blank) or a region of one, by ISO 3166-2 where the list gives or implies a code."""

    iso2: str
    region: str
    name: str
    category: str
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool


def shipped(name: str) -> bytes:
    """The rows the platform comes with: "eu" or "1502"."""
    return files("lode").joinpath(f"data/area_list_{name}.csv").read_bytes()


def read_areas(data: bytes) -> tuple[tuple[ListedArea, ...], tuple[Finding, ...]]:
    """The areas of a CSV with the columns of HEADINGS (and `verified`), and what is wrong with it, by row."""
    findings: list[Finding] = []
    found: list[tuple[int, ListedArea]] = []
    for row in list_file.rows(data, HEADINGS, findings):
        iso2, region = row.text("iso2", required=True).upper(), row.text("iso3166-2").upper()
        if iso2 and not _COUNTRY.fullmatch(iso2):
            row.findings.append(finding("LIST-14", row.where, heading="iso2", found=iso2, example="CD"))
        if region and not (_REGION.fullmatch(region) and region.startswith(iso2)):
            row.findings.append(finding("LIST-14", row.where, heading="iso3166-2", found=region, example="CD-NK"))
        name, category = row.text("name", required=True, limit=200), row.text("category", limit=80)
        since, until = row.span("valid_from", "valid_to")
        source, verified = row.text("source", required=True, limit=1000), row.yes("verified")
        if since is not None and not row.findings:
            area = ListedArea(
                iso2=iso2,
                region=region,
                name=name,
                category=category,
                valid_from=since,
                valid_to=until,
                source=source,
                verified=verified,
            )
            found.append((row.number, area))
        findings += row.findings
    findings += _overlaps(found)
    return tuple(area for _, area in found), tuple(findings)


def _overlaps(found: list[tuple[int, ListedArea]]) -> list[Finding]:
    """The same area twice on one day: then nobody could say since when it is listed."""
    last: dict[tuple[str, str, str], tuple[int, ListedArea]] = {}
    findings = []
    for number, area in sorted(found, key=lambda pair: (pair[1].valid_from, pair[0])):
        key = (area.iso2, area.region or area.name.casefold(), area.category)
        if key in last:
            other, before = last[key]
            if before.valid_to is None or before.valid_to >= area.valid_from:
                findings.append(finding("LIST-10", f"row {number}", found=f"{area.iso2} {area.name}", other=other))
        last[key] = (number, area)
    return findings
