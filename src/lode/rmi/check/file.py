"""Rules about the file a declaration came in. What is wrong with the file itself, reading it tells."""

from __future__ import annotations

import re
from datetime import date

from lode.findings import Finding, finding
from lode.rmi.check.book import Book, quoted
from lode.rmi.declaration import Declaration

# A date as the instructions suggest it, or without its hyphens.
_DATED = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


def check_filename(filename: str, declaration: Declaration) -> list[Finding]:
    """A file name with a date other than the effective date. The instructions suggest "company-YYYY-MM-DD"."""
    named, day = _date_in(filename), declaration.effective_date
    if named is None or day is None or named == day:
        return []
    where = Book(declaration).place("effective_date")
    return [finding("CMRT-W20", where, filename=quoted(filename), named=named.isoformat(), found=day.isoformat())]


def _date_in(filename: str) -> date | None:
    found = _DATED.search(filename)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
