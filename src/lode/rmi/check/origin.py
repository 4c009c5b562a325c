"""Rules about where a row's metal comes from: its mines, their countries, recycling."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from lode.area_list import ListedArea, read_areas, shipped
from lode.findings import Finding, finding
from lode.places import cahra_on, places_in
from lode.rmi import cells
from lode.rmi.check.book import Book, Row, is_no, is_yes, listed, metals, quoted
from lode.rmi.check.rows import hit, same_name
from lode.rmi.check.words import is_recycled, names_mine


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """The lists of places the questions of origin are about: high-risk areas, and covered countries."""

    cahra: Sequence[ListedArea]
    covered: Sequence[ListedArea]


def check_origin(book: Book, on: date, areas: Areas) -> Iterator[Finding]:
    """What the columns of mines and scrap say, against each other and against the questions.

    The areas listed on the effective date count; without one, those listed on the day `on`.
    """
    day = book.declaration.effective_date or on
    yield from _scrap(book, book.rows)
    yield from _covered(book, day, areas.covered)
    yield from _high_risk(book, day, areas.cahra)
    yield from _mines(book, book.rows)


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


def _covered(book: Book, day: date, covered: Sequence[ListedArea]) -> Iterator[Finding]:
    """A row that names a covered country while the question about them says No."""
    for mineral, row in _ruled_out(book, "covered"):
        texts = {"mine_countries": row.line.mine_countries, "mines": row.line.mines, "country": row.country}
        for column, text in texts.items():
            areas = _listed_in(text, day, covered)
            if areas:
                where = cells.where([book.cell("covered", mineral), book.row_cell(row, column)])
                yield finding("CMRT-P03", where, **_row_values(book, "covered", mineral, row, text, areas))
                break


def _high_risk(book: Book, day: date, cahra: Sequence[ListedArea]) -> Iterator[Finding]:
    """A row whose mines lie where high-risk areas are listed while the question about them says No."""
    for mineral, row in _ruled_out(book, "cahra"):
        areas = _listed_in(row.line.mine_countries, day, cahra)
        if areas:
            where = cells.where([book.cell("cahra", mineral), book.row_cell(row, "mine_countries")])
            values = _row_values(book, "cahra", mineral, row, row.line.mine_countries, areas)
            yield finding("CMRT-P31", where, **values, day=day.isoformat())


def _ruled_out(book: Book, meaning: str) -> Iterator[tuple[str, Row]]:
    """The rows of the minerals for which a question of origin says No."""
    for mineral in book.declared:
        if is_no(book.value(meaning, mineral)):
            yield from ((mineral, row) for row in book.by_mineral.get(mineral, ()))


def _row_values(
    book: Book, meaning: str, mineral: str, row: Row, text: str | None, areas: Sequence[ListedArea]
) -> dict[str, str]:
    return {
        "metal": metals([mineral]),
        "question": book.form.number(meaning) or "",
        "row": str(row.line.row),
        "smelter": row.shown,
        "found": quoted(text),
        "areas": listed(dict.fromkeys(area.name for area in areas), most=3),
    }


def _listed_in(text: str | None, day: date, areas: Sequence[ListedArea]) -> list[ListedArea]:
    """The listed areas that a text names or may mean."""
    return [area for place in places_in(text) for area in cahra_on(place, day, areas)]


@cache
def covered_countries() -> tuple[ListedArea, ...]:
    """The countries question 3 means: the DRC and those beside it, by date."""
    return read_areas(shipped("1502"))[0]


@cache
def indicative_areas() -> tuple[ListedArea, ...]:
    """The high-risk areas the platform comes with: what public pages tell of the EU's indicative list."""
    return read_areas(shipped("eu"))[0]


def _mines(book: Book, rows: Sequence[Row]) -> Iterator[Finding]:
    """Mines and countries that name nothing, the smelter itself, or a country where none of the metal is mined."""
    own = [row for row in rows if names_mine(row.line.mines) and same_name(row.line.mines, row.name or row.lookup)]
    yield from hit(book, "CMRT-P52", own, "mines", found=quoted(own[0].line.mines if own else None))
    nowhere = [row for row in rows if _names_no_country(row.line.mine_countries)]
    found = listed(dict.fromkeys(f"“{quoted(row.line.mine_countries)}”" for row in nowhere), most=3)
    yield from hit(book, "CMRT-P53", nowhere, "mine_countries", found=found)
    for row in rows:
        if _without_mines(row) and not is_yes(row.line.recycled):
            where = book.row_cell(row, "mine_countries")
            yield finding("CMRT-P30", where, row=row.line.row, smelter=row.shown, found=quoted(row.line.mine_countries))


def _names_no_country(text: str | None) -> bool:
    """Whether a text in the column of countries names none: a pointer to a list, a city, codes such as "LR, HR"."""
    return names_mine(text) and not places_in(text)


def _without_mines(row: Row) -> bool:
    """Whether every country given for the mines is one in which none of the metal is mined."""
    none = _no_mines().get(row.mineral, [])
    places = places_in(row.line.mine_countries)
    return bool(places) and all(place.iso2 in none for place in places)


@cache
def _no_mines() -> dict[str, list[str]]:
    return tomllib.loads(files("lode").joinpath("data/no_mines.toml").read_text(encoding="utf-8"))
