"""Rules about rows of the Smelter List: what a row must hold, and what its columns say of each other.

A rule that hits many rows is one finding that names them all; its cells are in `where`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, Row, fold, listed, metals, quoted
from lode.rmi.check.forms import revision_order
from lode.rmi.check.words import holds_one_of, is_placeholder, limit
from lode.smelters.names import normalise

_CID = re.compile(r"CID\d{6}")
# Numbers of CMRT 2.x: 1 gold, 2 tin, 3 tantalum, 4 tungsten; the country's three letters; a running number.
_OLD_CID = re.compile(r"([1-4])[A-Z]{3}\d{3}")
_OLD_METALS = {"1": "gold", "2": "tin", "3": "tantalum", "4": "tungsten"}
_UNIDENTIFIED_WITHOUT_COUNTRY = {"EMRT": (2, "1"), "AMRT": (1, "3")}
_ENOUGH_ROWS = 5


def check_rows(book: Book) -> Iterator[Finding]:
    """What the rows lack, contradict or repeat."""
    rows = book.rows
    yield from _lacking(book, rows)
    yield from _numbers(book, rows)
    yield from _names(book, rows)
    yield from _repeated(book, rows)
    yield from _persons(book, rows)


def hit(book: Book, code: str, rows: Sequence[Row], *columns: str, **values: str) -> Iterator[Finding]:
    """One finding for all rows a rule hits."""
    if rows:
        at = listed(row.line.row for row in rows)
        yield finding(code, book.rows_where(rows, *columns), count=len(rows), rows=at, **values)


def _lacking(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows without a metal, a look-up, a name or a country."""
    unknown_number = [row for row in rows if row.line.cid_input and not row.by_cid and not row.metal]
    yield from hit(book, "CMRT-W01", [row for row in rows if not row.metal and row not in unknown_number], "metal")
    if book.form.lookup:
        yield from hit(book, "CMRT-W02", [row for row in rows if row.metal and not row.lookup], "lookup")
    missing = [row for row in rows if book.declaration.lookup and row.metal and row.lookup and not row.known]
    for row in missing[:_ENOUGH_ROWS]:
        where = book.row_cell(row, "lookup")
        yield finding("CMRT-W03", where, row=row.line.row, metal=quoted(row.metal), found=quoted(row.lookup))
    rest = missing[_ENOUGH_ROWS:]
    yield from hit(book, "CMRT-W34", rest, "lookup", found=listed((quoted(row.lookup) for row in rest), most=4))
    if not book.form.not_listed and book.form.lookup:
        not_listed = [row for row in rows if row.not_listed]
        yield from hit(book, "CMRT-W05", [row for row in not_listed if not row.line.name], "name")
        yield from hit(book, "CMRT-W06", [row for row in not_listed if not row.line.country], "country")
    order, since = (
        revision_order(book.declaration.revision),
        _UNIDENTIFIED_WITHOUT_COUNTRY.get(book.declaration.template),
    )
    if since and order and order >= since:
        placed = [row for row in rows if row.not_identified and not _is_unknown(row.line.country)]
        yield from hit(book, "CMRT-W11", placed, "country", found=quoted(placed[0].line.country if placed else None))


def _is_unknown(text: str | None) -> bool:
    return text is None or is_placeholder(text)


def _numbers(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    """Numbers that are none, that this book does not know, or that name another smelter than the row."""
    for row in rows:
        if row.cid and not _CID.fullmatch(row.cid) and not _OLD_CID.fullmatch(row.cid):
            yield finding("CMRT-P21", book.row_cell(row, _number_column(row)), row=row.line.row, found=quoted(row.cid))
        elif row.cid and (old := _OLD_CID.fullmatch(row.cid)) and _OLD_METALS[old[1]] != row.mineral:
            where = cells.where([book.row_cell(row, _number_column(row)), book.row_cell(row, "metal")])
            meant = metals([_OLD_METALS[old[1]]])
            yield finding("CMRT-P54", where, row=row.line.row, found=row.cid, meant=meant, metal=quoted(row.metal))
        typed, known = row.line.cid_input, row.known
        if not typed or not book.declaration.lookup:
            continue
        if row.by_cid is None:
            where = book.row_cell(row, "cid_input")
            yield finding("CMRT-W32", where, row=row.line.row, found=quoted(typed), revision=book.declaration.revision)
        elif known and known.cid and fold(known.cid) != fold(typed):
            where = cells.where([book.row_cell(row, "cid_input"), book.row_cell(row, "lookup")])
            yield finding(
                "CMRT-W08",
                where,
                row=row.line.row,
                typed=quoted(typed),
                number_names=quoted(row.by_cid.standard),
                lookup=quoted(row.lookup),
                cid=known.cid,
            )


def _number_column(row: Row) -> str:
    return "cid_input" if row.line.cid_input else "cid"


def _names(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    """Names that are broken, that name nothing, or that hardly name a smelter."""
    broken = [row for row in rows if "!" in (row.line.name or "") or "!" in (row.line.country or "")]
    yield from hit(book, "CMRT-W07", broken, "name", "country", found=quoted(_with_mark(broken)))
    typed = [row for row in rows if row.not_listed or not book.form.lookup]
    for row in typed:
        if is_placeholder(row.line.name):
            where = book.row_cell(row, "name")
            yield finding("CMRT-P26", where, found=quoted(row.line.name))
        elif word := holds_one_of(row.line.name, "not_a_smelter"):
            where = book.row_cell(row, "name")
            yield finding("CMRT-P25", where, row=row.line.row, found=quoted(row.line.name), word=word)
    bare = [row for row in typed if row.line.name and row.line.country and not (row.line.city or row.line.cid)]
    yield from hit(book, "CMRT-W09", [row for row in bare if book.form.lookup], "city", name=_shown(bare))
    unnamed = [row for row in rows if row.not_listed or row.not_identified]
    if len(rows) >= _ENOUGH_ROWS and len(unnamed) > limit("not_listed_share") * len(rows):
        share = f"{round(100 * len(unnamed) / len(rows))}"
        yield from hit(book, "CMRT-P29", unnamed, "lookup", share=share, total=str(len(rows)))


def _shown(rows: Sequence[Row]) -> str:
    return rows[0].shown if rows else ""


def _with_mark(rows: Sequence[Row]) -> str | None:
    for row in rows:
        for text in (row.line.name, row.line.country):
            if text and "!" in text:
                return text
    return None


def _repeated(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    """Smelters that stand in more than one row for the same metal and country."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.not_identified or not (row.cid or row.name or row.lookup):
            continue
        who = fold(row.cid) or fold(row.name or row.lookup)
        groups.setdefault((row.mineral, who, fold(row.country)), []).append(row)
    repeated = [group for group in groups.values() if len(group) > 1]
    if repeated:
        where = cells.where(book.row_cell(row, "lookup") for group in repeated for row in group)
        shown = [f"{group[0].shown} ({', '.join(str(row.line.row) for row in group)})" for group in repeated]
        yield finding("CMRT-W22", where, count=len(repeated), found=listed(shown, most=4))


def _persons(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    """Names and addresses of persons at smelters, which may need their consent."""
    named = [row for row in rows if row.line.contact or row.line.email]
    yield from hit(book, "CMRT-W21", named, "contact", found=quoted(named[0].line.contact if named else None))


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one once case, accents and legal forms are forgotten."""
    return bool(one and other) and normalise(one or "") == normalise(other or "")
