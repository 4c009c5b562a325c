"""Rules about answers that do not go together, and answers somebody should ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, Row, fold, is_no, is_unknown, is_yes, listed, metals, quoted
from lode.rmi.check.forms import revision_order
from lode.rmi.check.words import names_mine

# A programme that says No to one of these has a gap.
_PROGRAMME = (
    "policy",
    "annex2",
    "diligence",
    "suppliers_diligence",
    "validated",
    "suppliers_annex2",
    "names",
    "review",
    "corrective",
)
_REDDENED_SINCE = {"CMRT": (6, "4"), "EMRT": (1, "3")}


def check_agreement(book: Book) -> Iterator[Finding]:
    """What the answers say about each other and about the Smelter List."""
    yield from _excluded_metals(book)
    yield from _empty_list(book)
    yield from _origin(book)
    yield from _completeness(book)
    yield from _recycled(book)
    yield from _programme(book)


def _where(book: Book, minerals: Sequence[str], *meanings: str) -> list[str]:
    return [book.cell(meaning, mineral) for meaning in meanings for mineral in minerals if book.form.number(meaning)]


def _told(
    book: Book, code: str, minerals: Sequence[str], *meanings: str, rows: Sequence[Row] = (), **values: str
) -> Iterator[Finding]:
    """One finding for all minerals a rule hits: the cells of these answers, and of these rows' metals."""
    if minerals:
        numbers = {meaning: book.form.number(meaning) or "" for meaning in meanings}
        where = cells.where([*_where(book, minerals, *meanings), *(book.row_cell(row, "metal") for row in rows)])
        yield finding(code, where, metals=metals(minerals), **numbers, **values)


def _excluded_metals(book: Book) -> Iterator[Finding]:
    """Smelters of a metal that the first answers leave out; the newer templates paint these rows red."""
    closed = [mineral for mineral in book.minerals if book.closed(mineral) and mineral in book.by_mineral]
    since = _REDDENED_SINCE.get(book.declaration.template)
    order = revision_order(book.declaration.revision)
    code = "CMRT-W10" if since and order and order >= since else "CMRT-P02"
    for mineral in closed:
        rows = book.by_mineral[mineral]
        first = "used" if book.ends("used", mineral) else "remains"
        where = cells.where([book.cell(first, mineral), *(book.row_cell(row, "metal") for row in rows)])
        yield finding(
            code,
            where,
            metal=metals([mineral]),
            question=book.form.number(first) or "",
            found=quoted(book.value(first, mineral)),
            count=len(rows),
            rows=listed(row.line.row for row in rows),
        )


def _empty_list(book: Book) -> Iterator[Finding]:
    """Declared metals without a smelter, where the Checker of that age does not count them."""
    if book.form.smelters in ("pair", "metal"):
        return
    without = [mineral for mineral in book.declared if not book.by_mineral.get(mineral)]
    said_all = [mineral for mineral in without if is_yes(book.value("reported", mineral))]
    yield from _told(book, "CMRT-P13", said_all, "used", "reported")
    yield from _told(book, "CMRT-P01", [mineral for mineral in without if mineral not in said_all], "used")


def _origin(book: Book) -> Iterator[Finding]:
    """Answers about covered countries and high-risk areas against each other and against what is known."""

    def value(meaning: str, mineral: str) -> str | None:
        return book.value(meaning, mineral)

    against = [m for m in book.declared if is_yes(value("covered", m)) and is_no(value("cahra", m))]
    yield from _told(book, "CMRT-P04", against, "covered", "cahra")
    for meaning in ("covered", "cahra"):
        unknown = [m for m in book.declared if is_unknown(value(meaning, m)) and is_yes(value("identified", m))]
        if unknown:
            number, all_known = book.form.number(meaning) or "", book.form.number("identified") or ""
            where = cells.where(_where(book, unknown, meaning, "identified"))
            yield finding("CMRT-P05", where, metals=metals(unknown), question=number, identified=all_known)
    ruled_out = "covered" if book.form.number("covered") else "cahra"
    guessed = [
        m
        for m in book.declared
        if is_no(value(ruled_out, m)) and (_is_partial(value("response", m)) or is_no(value("identified", m)))
    ]
    for answers, minerals in _by(guessed, lambda m: _incomplete(book, m)).items():
        number = book.form.number(ruled_out) or ""
        where = cells.where(_where(book, minerals, ruled_out, "response", "identified"))
        yield finding("CMRT-P06", where, metals=metals(minerals), question=number, answers=answers)


def _incomplete(book: Book, mineral: str) -> str:
    """The answers that show that not all is known, each with its question: "6 “Greater than 90%”, 7 “No”"."""
    response, identified = book.value("response", mineral), book.value("identified", mineral)
    shown = [("response", response)] if _is_partial(response) else []
    shown += [("identified", identified)] if is_no(identified) else []
    return listed(f"{book.form.number(meaning)} “{quoted(value)}”" for meaning, value in shown)


def _completeness(book: Book) -> Iterator[Finding]:
    """How much of the supply chain answered, against the claim that every smelter is known and reported."""

    def response(mineral: str) -> str:
        return quoted(book.value("response", mineral))

    claimed = [mineral for mineral in book.declared if is_yes(book.value("identified", mineral))]
    partly = [m for m in claimed if _is_partial(book.value("response", m))]
    for answer, minerals in _by(partly, response).items():
        yield from _told(book, "CMRT-P10", minerals, "identified", "response", found=answer)
    low = [m for m in book.declared if m not in partly and _is_low(book.value("response", m))]
    for answer, minerals in _by(low, response).items():
        yield from _told(book, "CMRT-P09", minerals, "response", found=answer)
    unnamed = [row for mineral in claimed for row in book.by_mineral.get(mineral, ()) if row.not_identified]
    with_unnamed = [m for m in claimed if any(row.mineral == m for row in unnamed)]
    yield from _told(
        book, "CMRT-P11", with_unnamed, "identified", rows=unnamed, at=listed(row.line.row for row in unnamed)
    )
    kept_back = [m for m in book.declared if is_no(book.value("reported", m))]
    yield from _told(book, "CMRT-P12", kept_back, "reported")
    if is_no(book.value("survey")) and any(_is_some(book.value("response", m)) for m in book.declared):
        answered = [m for m in book.declared if _is_some(book.value("response", m))]
        where = cells.where([book.cell("survey"), *_where(book, answered, "response")])
        numbers = {name: book.form.number(name) or "" for name in ("survey", "response")}
        yield finding("CMRT-P16", where, found=quoted(book.value("response", answered[0])), **numbers)


def _recycled(book: Book) -> Iterator[Finding]:
    """All scrap, or not, against the rows of the list."""
    if book.form.scrap != "all":
        return
    for mineral in book.declared:
        rows = book.by_mineral.get(mineral, [])
        answer = book.value("recycled", mineral)
        mined = [
            row
            for row in rows
            if is_no(row.line.recycled) or (names_mine(row.line.mines) and not is_yes(row.line.recycled))
        ]
        number = book.form.number("recycled") or ""
        if is_yes(answer) and mined:
            where = cells.where([book.cell("recycled", mineral), *(book.row_cell(row, "recycled") for row in mined)])
            at = listed(row.line.row for row in mined)
            yield finding("CMRT-P07", where, metal=metals([mineral]), question=number, rows=at, count=len(mined))
        if is_no(answer) and rows and all(is_yes(row.line.recycled) for row in rows):
            where = cells.where([book.cell("recycled", mineral), *(book.row_cell(row, "recycled") for row in rows)])
            yield finding("CMRT-P08", where, metal=metals([mineral]), question=number, count=len(rows))


def _programme(book: Book) -> Iterator[Finding]:
    """Answers No that leave a gap in the due-diligence programme."""
    if not book.declared:
        return
    gaps: list[tuple[str, str | None]] = [
        (meaning, None) for meaning in _PROGRAMME if meaning in book.form.company and is_no(book.value(meaning))
    ]
    gaps += [(meaning, m) for meaning in book.form.by_mineral for m in book.declared if is_no(book.value(meaning, m))]
    if gaps:
        numbers = dict.fromkeys(book.form.number(meaning) or "" for meaning, _ in gaps)
        where = cells.where(book.cell(meaning, mineral) for meaning, mineral in gaps)
        yield finding("CMRT-P14", where, questions=listed(numbers, most=11))


def _by(minerals: Sequence[str], value: Callable[[str], str]) -> dict[str, list[str]]:
    """The minerals by a text about each, in order."""
    found: dict[str, list[str]] = {}
    for mineral in minerals:
        found.setdefault(value(mineral), []).append(mineral)
    return found


def _is_partial(response: str | None) -> bool:
    """Not every supplier answered, in the wording of any age (all: "100%", "Yes, 100%", "Yes")."""
    return response is not None and fold(response) not in ("100%", "yes, 100%", "yes")


def _is_low(response: str | None) -> bool:
    """Half of the suppliers or fewer."""
    return fold(response) in _LOW


_LOW = (
    "50% or less",
    "none",
    "did not survey",
    "no - none",
    "no but > 25%",
    "no but < 25%",
    "no, but greater than 25%",
    "no, but less than 25%",
)


def _is_some(response: str | None) -> bool:
    return response is not None and fold(response) not in ("none", "did not survey", "no - none", "unknown")
