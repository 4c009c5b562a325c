"""Rules about the file a declaration came in that reading it does not tell already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lode.findings import Finding, finding
from lode.rmi.check.book import Book, quoted
from lode.rmi.declaration import Declaration

_DATED = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


def check_file(book: Book) -> Iterator[Finding]:
    """A template whose protection was taken off."""
    if book.declaration.facts.get("protected") == "no":
        yield finding("CMRT-P38", book.layout.sheet)


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
