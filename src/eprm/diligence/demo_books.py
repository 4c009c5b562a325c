"""The workbooks of the demo's suppliers, made from nothing in a CMRT's shape out of the lines of `data/demo.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from eprm.diligence.models import Supplier
from eprm.reference.demo import REVISIONS, lookup
from lode import minerals
from lode.rmi.declaration import Answer, Company, Declaration, LookupLine, ProductLine, SmelterLine
from lode.rmi.generate import generate

# Each year's template, and the revision of the invented register its look-up comes from.
REVISION_OF = {0: ("6.5", "6.51"), -1: ("6.4", "6.41")}
# A signed form is so old when it comes; last year's nearly a year.
AGE_DAYS = {0: 40, -1: 350}
USUAL = {"1": "Yes", "2": "Yes", "3": "No", "4": "No", "5": "No", "6": "100%", "7": "Yes", "8": "Yes"}
ABOUT_COMPANY = {
    **dict.fromkeys("ABCDFG", "Yes"),
    "E": "Yes, in conformance with IPC1755 (e.g., CMRT)",
    "H": "No",
}
FIRST_ROW = 5
EVERY_SMELTER = ["*"]
NO_WORKBOOK = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def file(supplier: Supplier, told: dict[str, Any], today: date) -> tuple[str, bytes]:
    """Name and bytes of what this supplier sent."""
    day = signed_on(told["year"], today)
    corrected = "" if told.get("blank") or told.get("unanswered") or told.get("then") != "correct" else "-corrected"
    name = f"CMRT-{slugify(supplier.name.removesuffix(' (demo)'))}-{day.isoformat()}{corrected}.xlsx"
    if told.get("no_workbook"):
        return name, NO_WORKBOOK
    return name, generate(declaration(supplier, told, day))


def signed_on(years_ago: int, today: date) -> date:
    """The effective date: some weeks old, and in the year it speaks of."""
    year = today.year + years_ago
    return min(max(today - timedelta(days=AGE_DAYS[years_ago]), date(year, 1, 1)), date(year, 12, 31))


def declaration(supplier: Supplier, told: dict[str, Any], day: date) -> Declaration:
    """What the supplier declares, with the mistakes the story gives it."""
    revision, register = REVISION_OF[told["year"]]
    known = lookup(register)
    return Declaration(
        template="CMRT",
        revision=revision,
        revision_date=REVISIONS[register],
        company=_company(supplier, told.get("blank", ())),
        scope=told.get("scope", "A"),
        effective_date=day,
        minerals=tuple(mineral.key for mineral in minerals.THREE_TG),
        answers=tuple(_answers(told, supplier)),
        smelters=tuple(_smelters(told["smelters"], known)),
        products=tuple(_products(told.get("products", ()))),
        lookup=known,
    )


def _company(supplier: Supplier, blank: list[str]) -> Company:
    domain = supplier.contact_email.partition("@")[2]
    filled = {
        "name": supplier.name,
        "unique_id": f"{9_000_000 + sum(map(ord, supplier.name))}",
        "authority": "own number (demo)",
        "contact_name": supplier.contact_name,
        "contact_email": supplier.contact_email,
        "contact_phone": "+00 000 555 010",
        "authorizer_name": "Robin Example",
        "authorizer_title": "Head of purchasing",
        "authorizer_email": f"purchasing@{domain}",
        "authorizer_phone": "+00 000 555 011",
    }
    return Company(**{name: value for name, value in filled.items() if name not in blank})


def _answers(told: dict[str, Any], supplier: Supplier) -> Iterator[Answer]:
    given, unanswered = told.get("answers", {}), told.get("unanswered", ())
    for question, usual in USUAL.items():
        for metal in (mineral.key for mineral in minerals.THREE_TG):
            if metal not in told["metals"]:
                value = "No" if question == "1" else None
            else:
                value = given.get(f"{question}.{metal}", usual)
            yield Answer(question=question, mineral=metal, value=None if f"{question}.{metal}" in unanswered else value)
    domain = supplier.contact_email.partition("@")[2]
    for question, value in ABOUT_COMPANY.items():
        comment = f"https://www.{domain}/responsible-minerals" if question == "B" else None
        yield Answer(question=question, value=None if question in unanswered else value, comment=comment)


def _smelters(typed: list[str], known: tuple[LookupLine, ...]) -> Iterator[SmelterLine]:
    by_name = {line.lookup: line for line in known}
    lines = (
        [line.lookup for line in known if line.cid and line.lookup == line.standard]
        if typed == EVERY_SMELTER
        else typed
    )
    for row, text in enumerate(lines, FIRST_ROW):
        name, mines, origins, recycled, country = [*(part.strip() or None for part in text.split("|")), *[None] * 4][:5]
        metal, _, unlisted = (name or "").partition(": ")
        if unlisted:
            line = SmelterLine(row=row, metal=metal, lookup="Smelter not listed", name=unlisted, country=country)
        else:
            line = _from_lookup(row, by_name[metal])
        yield replace(line, mines=mines, mine_countries=origins, recycled=recycled)


def _from_lookup(row: int, found: LookupLine) -> SmelterLine:
    return SmelterLine(
        row=row,
        metal=found.metal,
        lookup=found.lookup,
        name=found.standard,
        country=found.country,
        cid=found.cid,
        cid_source=found.source,
        city=found.city,
        state=found.state,
    )


def _products(typed: list[str]) -> Iterator[ProductLine]:
    for row, text in enumerate(typed, 6):
        number, _, name = text.partition(" | ")
        yield ProductLine(row=row, number=number, name=name)
