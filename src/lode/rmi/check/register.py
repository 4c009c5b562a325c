"""Rules that hold the Smelter List against a register the user owns, and against what schemes said of smelters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from lode import minerals
from lode.findings import Finding, finding
from lode.places import country
from lode.rmi import cells
from lode.rmi.check.book import Book, Row, fold, quoted
from lode.rmi.check.rows import same_name
from lode.smelters.names import normalise
from lode.smelters.register import Register, Smelter, StatusInterval

# Words of a scheme's status that mean the smelter is no longer, or not yet, in good standing.
_LAPSED = ("lapsed", "removed", "suspended", "withdrawn", "expired", "not conformant", "non-conformant", "inactive")


@dataclass(frozen=True)
class Known:
    """A register as the rules ask it: by number, and by metal and normalised name."""

    register: Register

    @cached_property
    def by_cid(self) -> dict[str, list[Smelter]]:
        found: dict[str, list[Smelter]] = {}
        for smelter in self.register.smelters:
            found.setdefault(fold(smelter.cid), []).append(smelter)
        return found

    @cached_property
    def by_name(self) -> dict[tuple[str, str], set[str]]:
        """The numbers a normalised name stands for, by mineral."""
        found: dict[tuple[str, str], set[str]] = {}
        for smelter in self.register.smelters:
            for name in (smelter.name, *(name.name for name in smelter.names)):
                found.setdefault((minerals.key(smelter.metal), normalise(name)), set()).add(smelter.cid)
        return found

    @cached_property
    def newest(self) -> str:
        return self.register.releases[-1].revision if self.register.releases else ""

    def numbers_of(self, row: Row, text: str | None) -> set[str]:
        """The numbers that a name means for the row's metal."""
        return self.by_name.get((row.mineral, normalise(text)), set()) if text else set()


@lru_cache(maxsize=4)
def _known(register: Register) -> Known:
    return Known(register)


def check_register(book: Book, on: date, register: Register, statuses: Sequence[StatusInterval]) -> Iterator[Finding]:
    """The rows against the register; the smelters' statuses on the effective date and on the day `on`."""
    known = _known(register)
    by_number: dict[tuple[str, str], list[StatusInterval]] = {}
    for status in statuses:
        by_number.setdefault((fold(status.cid), minerals.key(status.metal)), []).append(status)
    for row in book.rows:
        if row.cid:
            smelters = known.by_cid.get(fold(row.cid), [])
            yield from _number(book, known, row, smelters)
            yield from _status(book, on, row, by_number.get((fold(row.cid), row.mineral), []))
        elif not row.not_identified:
            yield from _unlisted(book, known, row)
    yield from _one_smelter_twice(book, known)


def _number(book: Book, known: Known, row: Row, smelters: Sequence[Smelter]) -> Iterator[Finding]:
    column = "cid_input" if row.line.cid_input else "cid"
    where, number = book.row_cell(row, column), quoted(row.cid)
    if not smelters:
        yield finding("CMRT-P22", where, row=row.line.row, found=number, releases=len(known.register.releases))
        return
    smelter = next((each for each in smelters if minerals.key(each.metal) == row.mineral), None)
    if smelter is None:
        of = ", ".join(dict.fromkeys(each.metal for each in smelters))
        both = cells.where([where, book.row_cell(row, "metal")])
        yield finding("CMRT-P55", both, row=row.line.row, found=number, of=of, metal=quoted(row.metal))
        return
    if smelter.last != known.newest:
        yield finding(
            "CMRT-P56",
            where,
            row=row.line.row,
            found=number,
            smelter=smelter.name,
            last=smelter.last,
            newest=known.newest,
        )
    yield from _contradictions(book, known, row, smelter, where)


def _contradictions(book: Book, known: Known, row: Row, smelter: Smelter, where: str) -> Iterator[Finding]:
    """The row's name, country and city against those of the smelter its number names."""
    by_look_up = row.known is not None and fold(row.known.cid) == fold(row.cid)
    for column, text in (("lookup", row.line.lookup), ("name", row.line.name)):
        meant = known.numbers_of(row, text) if not (by_look_up and column == "lookup") else set()
        if meant and smelter.cid not in meant:
            both = cells.where([where, book.row_cell(row, column)])
            yield finding(
                "CMRT-P23",
                both,
                row=row.line.row,
                cid=smelter.cid,
                smelter=smelter.name,
                found=quoted(text),
                other=", ".join(sorted(meant)),
            )
            break
    if _is_typed(row, "country") and (stated := country(row.line.country)) is not None:
        where_known = country(smelter.country)
        if where_known is not None and where_known != stated:
            yield _elsewhere("CMRT-P24", book, row, smelter, "country", smelter.country, where)
    if _is_typed(row, "city") and smelter.city and not same_name(smelter.city, row.line.city):
        yield _elsewhere("CMRT-P34", book, row, smelter, "city", smelter.city, where)


def _is_typed(row: Row, column: str) -> bool:
    """Whether a cell holds the sender's own text and not what the book's look-up filled in, which may be older."""
    text: str | None = getattr(row.line, column)
    filled: str | None = getattr(row.known, column) if row.known and row.known.cid else None
    return text is not None and fold(text) != fold(filled)


def _elsewhere(
    code: str, book: Book, row: Row, smelter: Smelter, column: str, known: str | None, where: str
) -> Finding:
    return finding(
        code,
        cells.where([where, book.row_cell(row, column)]),
        row=row.line.row,
        cid=smelter.cid,
        smelter=smelter.name,
        found=quoted(getattr(row.line, column)),
        known=known or "",
    )


def _status(book: Book, on: date, row: Row, statuses: Sequence[StatusInterval]) -> Iterator[Finding]:
    """A status that has lapsed on the effective date or on the day of the check."""
    days = dict.fromkeys(day for day in (book.declaration.effective_date, on) if day)
    for day in days:
        held = [each for each in statuses if each.since <= day and (each.until is None or day <= each.until)]
        lapsed = next((each for each in held if fold(each.status) in _LAPSED), None)
        ended = max((each for each in statuses if each.until and each.until < day), key=_end, default=None)
        told = lapsed or (ended if ended and not any(each.scheme == ended.scheme for each in held) else None)
        if told:
            yield finding(
                "CMRT-P32",
                book.row_cell(row, "lookup"),
                row=row.line.row,
                smelter=row.shown,
                scheme=told.scheme,
                status=told.status,
                since=(told.since if told is lapsed else told.until or told.since).isoformat(),
                day=day.isoformat(),
                source=told.source,
            )
            return


def _end(status: StatusInterval) -> date:
    return status.until or date.max


def _unlisted(book: Book, known: Known, row: Row) -> Iterator[Finding]:
    """A row without a number whose name the register knows."""
    for column, text in (("name", row.line.name), ("lookup", row.line.lookup)):
        if column == "lookup" and row.not_listed:
            continue
        meant = known.numbers_of(row, text)
        if meant:
            where = book.row_cell(row, column)
            cids = ", ".join(sorted(meant))
            yield finding("CMRT-P28", where, row=row.line.row, found=quoted(text), cid=cids)
            return


def _one_smelter_twice(book: Book, known: Known) -> Iterator[Finding]:
    """Rows with different numbers whose smelters share name and city: one facility under two numbers."""
    places: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for row in book.rows:
        for smelter in known.by_cid.get(fold(row.cid), []) if row.cid else []:
            if minerals.key(smelter.metal) == row.mineral and smelter.city:
                place = (row.mineral, normalise(smelter.name), normalise(smelter.city))
                places.setdefault(place, {}).setdefault(smelter.cid, []).append(row)
    for by_cid in places.values():
        if len(by_cid) > 1:
            rows = [row for same in by_cid.values() for row in same]
            where = book.rows_where(rows, "lookup")
            yield finding("CMRT-P35", where, smelter=rows[0].shown, cids=", ".join(sorted(by_cid)))
