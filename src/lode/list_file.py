"""A reference list as a CSV file: its headings, and each value of each row, checked; what is wrong told by row.

UTF-8 with or without a byte-order mark, else Windows-1252; commas, semicolons or tabs. A row with an error is left out
and told, so that all errors of a file show at once; whoever loads the list decides to load all of it or nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lode.findings import Finding, finding

MAX_ROWS = 200_000
YES = frozenset({"yes", "true", "1", "y"})
NO = frozenset({"no", "false", "0", "n", ""})


@dataclass(slots=True)
class ListRow:
    """One row: `number` as the file counts it (the headings are row 1). Reading a wrong value notes a finding."""

    number: int
    values: dict[str, str]
    findings: list[Finding] = field(default_factory=list)

    @property
    def where(self) -> str:
        return f"row {self.number}"

    def text(self, name: str, *, required: bool = False, limit: int = 300) -> str:
        value = " ".join(self.values.get(name, "").split())
        if required and not value:
            self.findings.append(finding("LIST-03", self.where, heading=name))
        if len(value) > limit:
            shown = f"{value[:40]}…"
            self.findings.append(finding("LIST-04", self.where, heading=name, found=shown, limit=limit))
        return value[:limit]

    def day(self, name: str, *, required: bool = False) -> date | None:
        """An ISO date; also 31.12.2025 and 31/12/2025, day first."""
        value = self.text(name, required=required)
        for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, pattern).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        if value:
            self.findings.append(finding("LIST-05", self.where, heading=name, found=value))
        return None

    def number_above_zero(self, name: str) -> Decimal:
        value = self.text(name, required=True)
        try:
            amount = Decimal(value.replace("\u202f", "").replace("\u00a0", "").replace(" ", ""))
        except InvalidOperation:
            amount = Decimal(0)
        if value and not (amount.is_finite() and amount > 0):
            self.findings.append(finding("LIST-06", self.where, heading=name, found=value))
        return amount

    def yes(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in YES | NO:
            self.findings.append(finding("LIST-07", self.where, heading=name, found=value))
        return value in YES

    def span(self, since: str, until: str) -> tuple[date | None, date | None]:
        """A first day, which must be there, and a last one, which may be open; in their order."""
        first, last = self.day(since, required=True), self.day(until)
        if first and last and last < first:
            self.findings.append(finding("LIST-08", self.where, first=first.isoformat(), last=last.isoformat()))
        return first, last


def rows(data: bytes, headings: Sequence[str], findings: list[Finding]) -> Iterator[ListRow]:
    """The rows of a CSV with at least these headings, in any order and case. Notes in `findings` what stops reading."""
    text = _decoded(data)
    if "\x00" in text:
        findings.append(finding("LIST-01", "row 1", found=text[:20].encode("unicode_escape").decode()[:40]))
        return
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        found = [name.strip().lower() for name in next(lines, [])]
        if missing := [name for name in headings if name not in found]:
            shown = ", ".join(found)[:120]
            findings.append(finding("LIST-02", "row 1", missing=", ".join(missing), found=shown))
            return
        for count, line in enumerate(lines):
            if count >= MAX_ROWS:
                findings.append(finding("LIST-09", f"row {lines.line_num}", most=MAX_ROWS))
                return
            if any(value.strip() for value in line):
                yield ListRow(lines.line_num, dict(zip(found, line, strict=False)))
    except csv.Error:
        findings.append(finding("LIST-01", f"row {lines.line_num}", found=first[:40]))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
