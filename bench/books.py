"""Declarations of any size, invented, the same at every run."""

from __future__ import annotations

from datetime import date

from lode.minerals import THREE_TG
from lode.rmi.declaration import Answer, Company, Declaration, LookupLine, SmelterLine

WORDS = "Altai Brama Cerro Dunav Esker Fjord Granit Halde Inari Jasper Kalk Lava Morena Nadir Ossa Pirit".split()
KINDS = ("Smelting Co., Ltd.", "Metalli S.p.A.", "Refining Corp.", "Metallurgie SA")
COUNTRIES = ("CHINA", "INDONESIA", "JAPAN", "GERMANY", "BRAZIL", "RWANDA", "PERU", "MALAYSIA")
# As many smelters as the publisher's own look-up of revision 6.4 lists (369); each stands there under two names.
LISTED = 370


def lookup(smelters: int = LISTED) -> tuple[LookupLine, ...]:
    """The look-up sheet: each smelter under its standard name and one alias."""
    return tuple(
        LookupLine(
            metal=THREE_TG[i % 4].name,
            lookup=name,
            standard=_name(i),
            country=COUNTRIES[i % 8],
            cid=f"CID9{i:05d}",
            source="Demo",
        )
        for i in range(smelters)
        for name in (_name(i), _alias(i))
    )


def declaration(smelters: int, *, number: int = 0) -> Declaration:
    """A complete CMRT 6.5 with so many smelter rows; each `number` is another supplier's, with other smelters.

    Of ten rows, five bear number and standard name, two an alias alone, one a former spelling, two a mistyped name.
    """
    listed = lookup(max(smelters, LISTED))
    return Declaration(
        template="CMRT",
        revision="6.5",
        company=Company(
            name=f"{WORDS[number % 16]} Components {number}",
            contact_name="B. Ench",
            contact_email="b@bench.example",
            contact_phone="+31 20 000 0000",
            authorizer_name="A. Uthor",
            authorizer_email="a@bench.example",
        ),
        scope="A",
        effective_date=date(2026, 5, 1),
        minerals=tuple(metal.key for metal in THREE_TG),
        answers=_answers(),
        smelters=tuple(
            _line(5 + at, listed[2 * ((at + 7 * number) % (len(listed) // 2)) :][:2], at, number)
            for at in range(smelters)
        ),
        lookup=listed,
    )


def _line(row: int, names: tuple[LookupLine, ...], at: int, number: int) -> SmelterLine:
    standard, alias = names
    name, cid = standard.lookup, standard.cid
    if at % 10 in (5, 6):
        name, cid = alias.lookup, None
    elif at % 10 == 7:
        name, cid = name.upper().replace(",", ""), None
    elif at % 10 >= 8:
        name, cid = _mistyped(name, number), None
    mine_countries = ("", "Rwanda", "DRC- Congo (Kinshasa)", "Peru; Brazil")[at % 4] or None
    return SmelterLine(
        row=row,
        metal=standard.metal,
        lookup=name,
        name=name,
        country=standard.country,
        cid=cid,
        mine_countries=mine_countries,
    )


def _answers() -> tuple[Answer, ...]:
    answers = []
    for question in "12345678":
        value = {"3": "No", "4": "No", "5": "No", "6": "100%"}.get(question, "Yes")
        answers += [Answer(question=question, mineral=metal.key, value=value) for metal in THREE_TG]
    for question in "ABCDEFGH":
        value = {"E": "No", "H": "No"}.get(question, "Yes")
        comment = "https://bench.example" if question == "B" else None
        answers.append(Answer(question=question, value=value, comment=comment))
    return tuple(answers)


def _name(number: int) -> str:
    first, second = WORDS[number % 16], WORDS[number // 16 % 16]
    return f"{first} {second} {number // 256 + 1} {KINDS[number % 4]}"


def _alias(number: int) -> str:
    return f"{WORDS[number // 16 % 16]}-{WORDS[number % 16]} {number // 256 + 1}"


def _mistyped(name: str, number: int) -> str:
    """One letter doubled, at a place that differs from supplier to supplier."""
    at = 1 + number % 4
    return name[:at] + name[at] + name[at:]
