"""Rules about the company block: who declares, who answers for it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, fold, quoted
from lode.rmi.check.words import holds_one_of, is_one_of, is_placeholder, limit

_ADDRESS = re.compile(r"[^@\s,;:<>()\"]+@[^@\s,;:<>()\"]+\.[^@\s.,;:<>()\"]{2,}")
_FIRST_DAY = date(2007, 1, 1)
_SHORT_NAME = 4


def check_company(book: Book, on: date) -> Iterator[Finding]:
    """What is odd about the company, its contact and its authorizer, and about the date on the day `on`."""
    company = book.declaration.company
    if is_one_of(company.authorizer_name, "same"):
        yield finding("CMRT-W17", book.place("authorizer_name"), found=quoted(company.authorizer_name))
    yield from _name(book)
    yield from _addresses(book)
    for field in ("contact_phone", "authorizer_phone"):
        phone: str | None = getattr(company, field)
        if phone and sum(character.isdigit() for character in phone) < limit("phone_digits"):
            yield finding("CMRT-P20", book.place(field), found=quoted(phone))
    if company.contact_name and fold(company.contact_name) == fold(company.authorizer_name):
        where = cells.where([book.place("contact_name"), book.place("authorizer_name")])
        yield finding("CMRT-P18", where, name=quoted(company.contact_name))
    if book.declaration.scope == "A" and _is_description(book):
        where = book.place("scope_description")
        yield finding("CMRT-W12", where, found=quoted(book.declaration.scope_description))
    yield from _date(book, on)


def _name(book: Book) -> Iterator[Finding]:
    company = book.declaration.company
    for field in ("name", "contact_name", "authorizer_name"):
        value: str | None = getattr(company, field)
        if is_placeholder(value) and not is_one_of(value, "same"):
            yield finding("CMRT-P26", book.place(field), found=quoted(value))
    short = company.name and len(company.name) <= _SHORT_NAME and company.name.isalpha() and company.name.isupper()
    if company.name and (short or holds_one_of(company.name.replace(".", " "), "abbreviation")):
        yield finding("CMRT-W18", book.place("name"), found=quoted(company.name))


def _addresses(book: Book) -> Iterator[Finding]:
    for field in ("contact_email", "authorizer_email"):
        value: str | None = getattr(book.declaration.company, field)
        if value is None or "@" not in value:
            continue
        if not _ADDRESS.fullmatch(value.strip()):
            yield finding("CMRT-W26", book.place(field), found=quoted(value))
            continue
        domain = value.strip().rpartition("@")[2]
        if is_one_of(domain, "free_mail"):
            yield finding("CMRT-P19", book.place(field), found=quoted(value), domain=domain)
        elif is_one_of(domain, "sample_domain"):
            yield finding("CMRT-P51", book.place(field), found=quoted(value), domain=domain)


def _is_description(book: Book) -> bool:
    """Whether a sender described the scope; the template's own "Click here" stands in this cell for scope B."""
    text = fold(book.declaration.scope_description)
    return bool(text) and not is_placeholder(text)


def _date(book: Book, on: date) -> Iterator[Finding]:
    declaration = book.declaration
    day, where = declaration.effective_date, book.place("effective_date")
    if day is None:
        if declaration.effective_date_raw:
            yield finding("CMRT-W19", where, found=quoted(declaration.effective_date_raw))
    elif day > on:
        yield finding("CMRT-W28", where, found=day.isoformat(), on=on.isoformat())
    elif day < _FIRST_DAY:
        yield finding("CMRT-W29", where, found=day.isoformat())
