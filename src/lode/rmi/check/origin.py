"""Rules about where a row's metal comes from: its mines, their countries, recycling."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, Row, fold, is_no, is_yes, listed, metals, quoted
from lode.rmi.check.rows import hit, same_name
from lode.rmi.check.words import bare, holds_one_of, is_placeholder, is_recycled, names_mine

# Whether a country, as somebody typed it, holds a conflict-affected or high-risk area on a day.
Cahra = Callable[[str, date], bool]

_CODES = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[,;/\n&]| and ")


def check_origin(book: Book, on: date, cahra: Cahra | None) -> Iterator[Finding]:
    """What the columns of mines and scrap say, against each other and against the questions."""
    rows = book.rows
    yield from _scrap(book, rows)
    yield from _covered(book)
    if cahra is not None:
        yield from _high_risk(book, on, cahra)
    yield from _mines(book, rows)


def _scrap(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    said = [row for row in rows if _says_scrap(row) and not is_yes(row.line.recycled)]
    if said and book.layout.smelters.columns.get("recycled"):
        first = said[0].line
        found = first.mines if is_recycled(first.mines) else first.mine_countries
        answers = listed(dict.fromkeys(f"“{quoted(row.line.recycled)}”" for row in said), most=3)
        yield from hit(book, "CMRT-W23", said, "recycled", found=quoted(found), answers=answers)
    mined = [row for row in rows if is_yes(row.line.recycled) and names_mine(row.line.mines)]
    yield from hit(book, "CMRT-W33", mined, "mines", "recycled", found=quoted(mined[0].line.mines if mined else None))


def _says_scrap(row: Row) -> bool:
    return is_recycled(row.line.mines) or is_recycled(row.line.mine_countries)


def _covered(book: Book) -> Iterator[Finding]:
    """A row that names a covered country while the question about them says No."""
    for mineral in book.declared:
        if not is_no(book.value("covered", mineral)):
            continue
        for row in book.by_mineral.get(mineral, ()):
            for column in ("mine_countries", "mines", "country"):
                text = row.country if column == "country" else getattr(row.line, column)
                if text and (country := covered_country(text)):
                    where = cells.where([book.cell("covered", mineral), book.row_cell(row, column)])
                    yield finding(
                        "CMRT-P03",
                        where,
                        metal=metals([mineral]),
                        question=book.form.number("covered") or "",
                        row=row.line.row,
                        smelter=row.shown,
                        found=quoted(text),
                        country=country,
                    )
                    break


def _high_risk(book: Book, on: date, cahra: Cahra) -> Iterator[Finding]:
    """A row whose mines lie in a country with high-risk areas while the question about them says No."""
    day = book.declaration.effective_date or on
    for mineral in book.declared:
        if not is_no(book.value("cahra", mineral)):
            continue
        for row in book.by_mineral.get(mineral, ()):
            places = [part.strip() for part in _PARTS.split(row.line.mine_countries or "") if part.strip()]
            if place := next((place for place in places if cahra(place, day)), None):
                where = cells.where([book.cell("cahra", mineral), book.row_cell(row, "mine_countries")])
                yield finding(
                    "CMRT-P31",
                    where,
                    metal=metals([mineral]),
                    question=book.form.number("cahra") or "",
                    row=row.line.row,
                    smelter=row.shown,
                    found=quoted(place),
                    day=day.isoformat(),
                )


def _mines(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    """Mines and countries that name nothing, the smelter itself, or a country where none of the metal is mined."""
    own = [row for row in rows if names_mine(row.line.mines) and same_name(row.line.mines, row.name or row.lookup)]
    yield from hit(book, "CMRT-P52", own, "mines", found=quoted(own[0].line.mines if own else None))
    nowhere = [row for row in rows if _points_elsewhere(row.line.mine_countries)]
    found = listed(dict.fromkeys(f"“{quoted(row.line.mine_countries)}”" for row in nowhere), most=3)
    yield from hit(book, "CMRT-P53", nowhere, "mine_countries", found=found)
    for row in rows:
        if _without_mines(row) and not is_yes(row.line.recycled):
            where = book.row_cell(row, "mine_countries")
            yield finding("CMRT-P30", where, row=row.line.row, smelter=row.shown, found=quoted(row.line.mine_countries))


def _points_elsewhere(text: str | None) -> bool:
    """Whether a text in the column of countries names none: a pointer to a list, or codes such as "LR, HR"."""
    if text is None or is_placeholder(text) or is_recycled(text) or holds_one_of(text, "inquired"):
        return False
    if covered_country(text):
        return False
    words = _CODES.findall(text)
    return bool(holds_one_of(text, "elsewhere")) or (bool(words) and all(len(word) <= 2 for word in words))


def _without_mines(row: Row) -> bool:
    """Whether the mines' country is one, and one in which none of the metal is mined."""
    mines = bare(row.line.mine_countries)
    return any(mines.startswith(country) and "," not in mines for country in _no_mines().get(row.mineral, ()))


@lru_cache(maxsize=4096)
def covered_country(text: str) -> str | None:
    """The code of the covered country a text names, such as "CD"; None where it names none."""
    found = _covered_names().search(fold(text))
    return next(code for code, names in _countries().items() if found[0] in names) if found else None


@cache
def _covered_names() -> re.Pattern[str]:
    names = sorted({name for names in _countries().values() for name in names}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))


@cache
def _countries() -> dict[str, list[str]]:
    countries: dict[str, list[str]] = _read("covered_countries.toml")["countries"]
    return countries


@cache
def _no_mines() -> dict[str, list[str]]:
    return _read("no_mines.toml")


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads(files("lode").joinpath(f"data/{file}").read_text(encoding="utf-8"))
