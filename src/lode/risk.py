"""What in a declaration asks for a closer look, each with its reason: which list of which day, which rows.

A risk is a fact and a reason to look, never a verdict: a mine in a high-risk area is a reason to look closer, not to
leave. Its `values` hold no row or cell, so that the same fact told by several suppliers is one risk; `where` has them.
Source: OECD Due Diligence Guidance, 3rd edition (2016), Supplement on tin, tantalum and tungsten, step 2, red flags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lode.area_list import ListedArea
from lode.findings import Finding, finding
from lode.places import Place, cahra_on, countries, places_in, regions
from lode.rmi import cells
from lode.rmi.check.book import Book, Row, listed, metals, quoted
from lode.screening import Hit, Screen
from lode.smelters.register import Smelter, StatusInterval
from lode.smelters.status import status_on

MOST_NAMED = 3
GOOD = frozenset({"conformant", "active"})
ORIGIN = ("CMRT-P03", "CMRT-P31")  # answers about origin that the rows contradict
IDENTITY = ("CMRT-P23", "CMRT-P24", "CMRT-P55")  # numbers that contradict names, countries or metals


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk as a finding words it, and its place on the map: ISO codes, blank where it has none."""

    finding: Finding
    iso2: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A row with what became of it: `smelter` is the register's, None where the row is not matched to one.

    `dropped` is the edition of the register that no longer lists the smelter, blank while the newest does. `decided`
    says that a person has looked at the row.
    """

    row: Row
    smelter: Smelter | None = None
    dropped: str = ""
    decided: bool = False

    @property
    def shown(self) -> str:
        return self.smelter.name if self.smelter else self.row.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What a judgement rests on; a list that is not loaded is empty, and says nothing."""

    cahra: Sequence[ListedArea] = ()
    covered: Sequence[ListedArea] = ()
    statuses: Sequence[StatusInterval] = ()
    screen: Screen | None = None


def risks(book: Book, rows: Sequence[JudgedRow], found: Iterable[Finding], *, lists: Lists, on: date) -> list[Risk]:
    """Every risk in a declaration. `found` are its findings; `on` is the day it is judged where it states none."""
    day = book.declaration.effective_date or on
    return [
        *_origin(book, rows, "RISK-01", lists.cahra, day),
        *_origin(book, rows, "RISK-02", lists.covered, day),
        *_assurance(book, rows, lists.statuses, on),
        *_dropped(book, rows),
        *(_sanctioned(book, rows, lists.screen) if lists.screen else ()),
        *_unidentified(book, rows),
        *_contradictions(found),
    ]


def _origin(book: Book, rows: Sequence[JudgedRow], code: str, areas: Sequence[ListedArea], day: date) -> Iterator[Risk]:
    """A place of origin that rows or mines name and that a list names too: one risk a place."""
    named: dict[Place, list[tuple[str, str, str]]] = {}
    for each in rows:
        for column in ("mine_countries", "mines"):
            for place in places_in(getattr(each.row.line, column)):
                named.setdefault(place, []).append((each.shown, each.row.mineral, book.row_cell(each.row, column)))
    column = book.column("mines", "country")
    for mine in book.declaration.mines:
        for place in places_in(mine.country):
            shown = quoted(mine.smelter or mine.name)
            named.setdefault(place, []).append((shown, (mine.metal or "").lower(), f"{column}{mine.row}"))
    for place, told in named.items():
        meant = cahra_on(place, day, areas)
        if meant:
            since = max(area.valid_from for area in meant)
            yield Risk(
                finding=finding(
                    code,
                    cells.where(dict.fromkeys(cell for _, _, cell in told)),
                    place=_name(place),
                    areas=listed(dict.fromkeys(area.name for area in meant), most=MOST_NAMED),
                    metals=metals(dict.fromkeys(metal for _, metal, _ in told if metal)),
                    smelters=listed(dict.fromkeys(shown for shown, _, _ in told), most=MOST_NAMED),
                    since=since.isoformat(),
                    day=day.isoformat(),
                ),
                iso2=place.iso2,
                region=place.region,
            )


def _name(place: Place) -> str:
    country = countries()[place.iso2].name()
    return f"{regions().get(place.region, place.region)}, {country}" if place.region else country


def _assurance(book: Book, rows: Sequence[JudgedRow], statuses: Sequence[StatusInterval], on: date) -> Iterator[Risk]:
    """A smelter that schemes no longer vouch for: an assurance that ended, or a status that is none."""
    said: dict[str, list[StatusInterval]] = {}
    for status in statuses:
        said.setdefault(status.cid.upper(), []).append(status)
    for smelter, cell in _smelters(book, rows):
        own = said.get(smelter.cid.upper(), [])
        held = status_on(own, smelter.cid, smelter.metal, on)
        if any(each.status.strip().casefold() in GOOD for each in held):
            continue
        ended = [each for each in own if each.metal == smelter.metal and each.until and each.until < on]
        told = held[0] if held else max(ended, key=lambda each: each.until or date.min, default=None)
        if told is None:
            continue
        yield _about(
            smelter,
            "RISK-03" if told.until and told.until < on else "RISK-04",
            cell,
            scheme=told.scheme,
            status=told.status,
            since=told.since.isoformat(),
            until=told.until.isoformat() if told.until else "",
            source=told.source,
        )


def _dropped(book: Book, rows: Sequence[JudgedRow]) -> Iterator[Risk]:
    """A smelter that the newest register no longer lists."""
    gone = [each for each in rows if each.dropped]
    editions = {each.smelter.cid: each.dropped for each in gone if each.smelter}
    for smelter, cell in _smelters(book, gone):
        yield _about(smelter, "RISK-05", cell, last=smelter.last, dropped=editions[smelter.cid])


def _smelters(book: Book, rows: Sequence[JudgedRow]) -> list[tuple[Smelter, str]]:
    """Each matched smelter once, with the cells of its rows."""
    by_smelter: dict[tuple[str, str], tuple[Smelter, list[Row]]] = {}
    for each in rows:
        if each.smelter is not None:
            key = (each.smelter.metal, each.smelter.cid)
            by_smelter.setdefault(key, (each.smelter, []))[1].append(each.row)
    return [(smelter, book.rows_where(own, "lookup")) for smelter, own in by_smelter.values()]


def _about(smelter: Smelter, code: str, cell: str, **values: str) -> Risk:
    places = places_in(smelter.country)
    told = finding(code, cell, smelter=smelter.name, cid=smelter.cid, metal=smelter.metal, **values)
    return Risk(finding=told, iso2=places[0].iso2 if places else "")


def _sanctioned(book: Book, rows: Sequence[JudgedRow], screen: Screen) -> Iterator[Risk]:
    """Smelters as written and as the register names them, and the company itself, against the sanctions lists."""
    company = book.declaration.company.name
    for hit in screen.find(company):
        yield _hit("RISK-08" if hit.is_same_name else "RISK-09", company, hit, book.place("name"))
    names: dict[str, tuple[str | None, list[Row]]] = {}
    for each in rows:
        for name in dict.fromkeys((each.row.name or each.row.lookup or "", each.smelter.name if each.smelter else "")):
            if name and not each.row.not_identified:
                names.setdefault(name, (each.row.country, []))[1].append(each.row)
    told: set[tuple[str, str]] = set()
    for name, (country, own) in names.items():
        for hit in screen.find(name, country):
            key = (hit.party.reference, str(own[0].line.row))
            if key not in told:
                told.add(key)
                code = "RISK-06" if hit.is_same_name else "RISK-07"
                yield _hit(code, name, hit, book.rows_where(own, "name"), country)


def _hit(code: str, name: str | None, hit: Hit, where: str, country: str | None = None) -> Risk:
    edition = hit.source.edition or (hit.source.published_on.isoformat() if hit.source.published_on else "")
    told = finding(
        code,
        where,
        name=quoted(name),
        listed=hit.name,
        list=hit.source.title,
        edition=edition,
        reference=hit.party.reference,
        programme=hit.party.programme,
        score=str(round(hit.score)),
    )
    places = places_in(country)
    return Risk(finding=told, iso2=places[0].iso2 if places else "")


def _unidentified(book: Book, rows: Sequence[JudgedRow]) -> Iterator[Risk]:
    """Rows behind which nobody knows which smelter stands."""
    kinds: tuple[tuple[str, Literal["lookup", "name"], Callable[[JudgedRow], bool]], ...] = (
        ("RISK-10", "lookup", lambda each: each.row.not_identified),
        ("RISK-11", "name", lambda each: not (each.smelter or each.decided or each.row.not_identified)),
    )
    for code, column, is_meant in kinds:
        own = [each.row for each in rows if is_meant(each)]
        if own:
            yield Risk(
                finding=finding(
                    code,
                    book.rows_where(own, column),
                    count=len(own),
                    all=len(rows),
                    metals=metals(dict.fromkeys(row.mineral for row in own if row.mineral)),
                    names=listed(dict.fromkeys(row.shown for row in own), most=MOST_NAMED),
                )
            )


def _contradictions(found: Iterable[Finding]) -> Iterator[Risk]:
    """Where the declaration says two things: answers against rows, numbers against names."""
    by_code: dict[str, list[Finding]] = {}
    for each in found:
        if each.code in ORIGIN or each.code in IDENTITY:
            by_code.setdefault("RISK-12" if each.code in ORIGIN else "RISK-13", []).append(each)
    for code, own in by_code.items():
        where = cells.where(f"{sheet}!{cell}" for each in own for sheet, cell in cells.cells_of(each))
        yield Risk(finding=finding(code, where or own[0].where, **_said(own)))


def _said(own: Sequence[Finding]) -> Mapping[str, object]:
    return {
        "count": len(own),
        "codes": ", ".join(sorted({each.code for each in own})),
        "smelters": listed(dict.fromkeys(each.values.get("smelter", "") for each in own), most=MOST_NAMED),
    }
