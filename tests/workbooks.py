"""Workbooks and declarations for tests, built in memory. Every company, smelter and number here is invented.

`complete()` is a CMRT declaration nothing is missing from; `replace` what a test is about and turn it into a file with
`book`. `LOOKUP` are the look-up lines the invented smelters come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from lode import minerals
from lode.rmi.declaration import Answer, Company, Declaration, LookupLine, ProductLine, SmelterLine
from lode.rmi.generate import generate

SHARED = Path(__file__).resolve().parents[2] / "shared"
BLANK = SHARED / "cases" / "blank"
FILLED = SHARED / "cases" / "filled"

_SMELTERS = (
    # metal, standard name, other names, country, state, city, number
    ("Gold", "Aurelia Refining", ("Aurelia",), "SWITZERLAND", "Ticino", "Chiasso", "CID900101"),
    ("Gold", "Dorado de Condoto S.A.S.", (), "COLOMBIA", "Chocó", "Condoto", "CID900102"),
    (
        "Gold",
        "Mwanza Gold Works Ltd.",
        ("Mwanza Gold",),
        "TANZANIA, UNITED REPUBLIC OF",
        "Mwanza",
        "Mwanza",
        "CID900103",
    ),
    ("Tantalum", "Rutile & Coltan Chemicals AG", ("RCC",), "GERMANY", "Niedersachsen", "Goslar", "CID900201"),
    ("Tantalum", "Ulan Tantalum JSC", (), "KAZAKHSTAN", "East Kazakhstan", "Oskemen", "CID900202"),
    (
        "Tin",
        "Straits Tin Refining",
        ("Straits Tin", "STR Butterworth"),
        "MALAYSIA",
        "Pulau Pinang",
        "Butterworth",
        "CID900301",
    ),
    ("Tin", "Kigali Tin Smelting", (), "RWANDA", None, "Kigali", "CID900302"),
    ("Tin", "Estaño del Altiplano", ("EDA",), "BOLIVIA (PLURINATIONAL STATE OF)", "Oruro", "Oruro", "CID900303"),
    ("Tungsten", "Alpin Wolfram GmbH", (), "AUSTRIA", "Steiermark", "Sankt Martin", "CID900401"),
    ("Tungsten", "Xinhe Tungsten Co., Ltd.", ("Xinhe",), "CHINA", "Jiangxi Sheng", "Ganzhou", "CID900402"),
)


def _lookup() -> Iterable[LookupLine]:
    for metal in sorted({row[0] for row in _SMELTERS}):
        lines = [
            LookupLine(
                metal=metal,
                lookup=name,
                standard=standard,
                country=country,
                cid=cid,
                source="RMI",
                city=city,
                state=state,
            )
            for of, standard, others, country, state, city, cid in _SMELTERS
            if of == metal
            for name in (standard, *others)
        ]
        yield from sorted(lines, key=lambda line: line.lookup.lower())
        yield LookupLine(metal=metal, lookup="Smelter not listed", standard="Unknown")
        yield LookupLine(metal=metal, lookup="Smelter not yet identified", standard="Unknown")


LOOKUP = tuple(_lookup())

COMPANY = Company(
    name="Solder & Sons Ltd.",
    unique_id="123456789",
    authority="DUNS",
    address="1 Example Street, 00000 Sampletown",
    contact_name="Ada Example",
    contact_email="ada@solder.example",
    contact_phone="+00 000 000 001",
    authorizer_name="Ben Example",
    authorizer_title="Purchasing manager",
    authorizer_email="ben@solder.example",
    authorizer_phone="+00 000 000 002",
)


def smelter(row: int, metal: str, lookup: str, **changes: str | None) -> SmelterLine:
    """A line of the Smelter List whose smelter is in `LOOKUP`, with what the template fills in."""
    known = next(line for line in LOOKUP if (line.metal, line.lookup) == (metal, lookup))
    line = SmelterLine(
        row=row,
        metal=metal,
        lookup=lookup,
        name=known.standard,
        country=known.country,
        cid=known.cid,
        cid_source=known.source,
        city=known.city,
        state=known.state,
    )
    return replace(line, **changes)


def smelters(count: int) -> tuple[SmelterLine, ...]:
    """`count` lines, the invented smelters over and over."""
    known = [line for line in LOOKUP if line.cid]
    return tuple(smelter(5 + i, known[i % len(known)].metal, known[i % len(known)].lookup) for i in range(count))


def answers(**by_question: str | None) -> tuple[Answer, ...]:
    """The answers of a CMRT 6.x; `answers(q3="No", b=None)` changes a whole question."""
    each = {"1": "Yes", "2": "Yes", "3": "No", "4": "No", "5": "No", "6": "100%", "7": "Yes", "8": "Yes"}
    company = {"A": "Yes", "B": "Yes", "C": "Yes", "D": "Yes", "F": "Yes", "G": "Yes"}
    company |= {"E": "Yes, in conformance with IPC1755 (e.g., CMRT)", "H": "No"}
    each |= {name[1:]: value for name, value in by_question.items() if name.startswith("q")}  # type: ignore[misc]
    company |= {name.upper(): value for name, value in by_question.items() if len(name) == 1}  # type: ignore[misc]
    comment = {"B": "https://solder.example/responsible-minerals"}
    return (
        *(Answer(question=q, mineral=m.key, value=v, raw=v) for q, v in each.items() for m in minerals.THREE_TG),
        *(Answer(question=q, value=v, raw=v, comment=comment.get(q)) for q, v in sorted(company.items())),
    )


def complete(**changes: object) -> Declaration:
    """A CMRT 6.5 declaration in which nothing is missing and nothing is odd, changed as asked."""
    declaration = Declaration(
        template="CMRT",
        revision="6.5",
        revision_date=date(2025, 4, 25),
        company=COMPANY,
        scope="A",
        effective_date=date(2025, 9, 30),
        minerals=tuple(mineral.key for mineral in minerals.THREE_TG),
        answers=answers(),
        smelters=(
            smelter(5, "Tantalum", "Ulan Tantalum JSC", cid_input="CID900202"),
            smelter(6, "Tin", "Straits Tin"),
            smelter(7, "Gold", "Aurelia Refining", recycled="Yes", mines="Recycled", mine_countries="Recycled"),
            smelter(8, "Tungsten", "Alpin Wolfram GmbH", mines="Mittersill", mine_countries="AUSTRIA"),
        ),
        lookup=LOOKUP,
    )
    return replace(declaration, **changes)  # type: ignore[arg-type]


def product(row: int, number: str, name: str | None = None) -> ProductLine:
    """A line of the Product List."""
    return ProductLine(row=row, number=number, name=name)


def book(declaration: Declaration | None = None, **changes: object) -> bytes:
    """The .xlsx of a declaration (`complete()` when none is given), changed as asked."""
    declaration = replace(declaration or complete(), **changes)  # type: ignore[arg-type]
    return generate(
        declaration,
        template=declaration.template,
        revision=declaration.revision,
        language=declaration.language,
    )
