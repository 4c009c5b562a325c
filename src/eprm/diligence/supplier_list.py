"""A list of suppliers as people keep it in a spreadsheet, saved as CSV: rows out, and what is wrong, by row.

Read as UTF-8 or, failing that, Windows-1252; separated by comma, semicolon or tab. Columns are found by their heading
in English, French or Spanish, in any order; unknown columns are left alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from lode.findings import Finding, finding
from lode.smelters.names import fold

COLUMNS = {
    "name": ("name", "supplier", "company", "nom", "fournisseur", "nombre", "proveedor", "empresa"),
    "country": ("country", "pays", "pais"),
    "number": ("number", "no", "id", "numero", "supplier number", "vendor number"),
    "contact_name": ("contact", "contact name", "contacto"),
    "contact_email": ("email", "e-mail", "contact email", "mail", "courriel", "correo"),
}
LONGEST = {"name": 255, "number": 60, "contact_name": 200, "contact_email": 254}
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class SupplierList:
    """Rows keyed by the supplier's fields, and the findings; with a finding of level error nothing should be saved."""

    rows: list[Mapping[str, str]]
    findings: list[Finding]

    @property
    def has_errors(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)


def read_suppliers(content: bytes) -> SupplierList:
    """The suppliers in a CSV file's bytes. Never raises for bad data."""
    text = _decoded(content)
    if "\x00" in text:
        return SupplierList([], [finding("SUP-01", "file")])
    lines = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    heading = [" ".join(fold(cell).replace("_", " ").split()) for cell in lines[0]] if lines else []
    places = {
        field: heading.index(name) for field, names in COLUMNS.items() for name in reversed(names) if name in heading
    }
    if "name" not in places:
        found = ", ".join(cell for cell in lines[0] if cell) if lines else ""
        return SupplierList([], [finding("SUP-02", "row 1", found=found[:200])])
    if len(lines) > MOST_ROWS + 1:
        return SupplierList([], [finding("SUP-03", "file", count=len(lines) - 1, most=MOST_ROWS)])
    return _rows(lines[1:], places)


def _rows(lines: list[list[str]], places: Mapping[str, int]) -> SupplierList:
    rows: list[Mapping[str, str]] = []
    findings: list[Finding] = []
    first_row: dict[str, int] = {}
    codes = _country_codes()
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {field: cells[at].strip() if at < len(cells) else "" for field, at in places.items()}
        where = f"row {number}"
        if not row["name"]:
            findings.append(finding("SUP-04", where))
            continue
        if before := first_row.get(row["name"]):
            findings.append(finding("SUP-05", where, name=row["name"], first=before))
            continue
        first_row[row["name"]] = number
        for field, longest in LONGEST.items():
            if len(row.get(field, "")) > longest:
                findings.append(finding("SUP-06", where, found=row[field][:60], length=len(row[field]), most=longest))
        if country := row.get("country"):
            row["country"] = codes.get(fold(country), "")
            if not row["country"]:
                findings.append(finding("SUP-07", where, found=country))
        if (email := row.get("contact_email")) and "@" not in email:
            findings.append(finding("SUP-08", where, found=email))
        rows.append(row)
    if not rows and not findings:
        findings.append(finding("SUP-09", "file"))
    return SupplierList(rows, findings)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _country_codes() -> dict[str, str]:
    """Country codes, and names in the site's languages, to codes."""
    codes = {}
    for language in ("es", "fr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes |= {fold(name): code, fold(code): code}
    return codes
