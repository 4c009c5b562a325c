"""Declarations of any size, invented, the same at every run."""

from __future__ import annotations

from datetime import date

from lode.minerals import THREE_TG
from lode.rmi.declaration import Answer, Company, Declaration, LookupLine, SmelterLine

WORDS = "Altai Brama Cerro Dunav Esker Fjord Granit Halde Inari Jasper Kalk Lava Morena Nadir Ossa Pirit".split()
KINDS = ("Smelting Co., Ltd.", "Metalli S.p.A.", "Refining Corp.", "Metallurgie SA")
COUNTRIES = ("CHINA", "INDONESIA", "JAPAN", "GERMANY", "BRAZIL", "RWANDA", "PERU", "MALAYSIA")


def name(number: int) -> str:
    first, second = WORDS[number % 16], WORDS[number // 16 % 16]
    return f"{first} {second} {number // 256 + 1} {KINDS[number % 4]}"


def lookup(count: int) -> tuple[LookupLine, ...]:
    return tuple(
        LookupLine(
            metal=THREE_TG[i % 4].name,
            lookup=name(i),
            standard=name(i),
            country=COUNTRIES[i % 8],
            cid=f"CID9{i:05d}",
            source="Demo",
        )
        for i in range(count)
    )


def declaration(smelters: int, *, company: str = "Bench Components") -> Declaration:
    """A complete CMRT 6.5 with so many smelter rows; every tenth name is mistyped."""
    answers = []
    for question in "12345678":
        value = {"3": "No", "4": "No", "5": "No", "6": "100%"}.get(question, "Yes")
        answers += [Answer(question=question, mineral=metal.key, value=value) for metal in THREE_TG]
    for question in "ABCDEFGH":
        value = {"E": "No", "H": "No"}.get(question, "Yes")
        answers.append(
            Answer(question=question, value=value, comment="https://bench.example" if question == "B" else None)
        )
    lines = lookup(max(smelters, 400))
    return Declaration(
        template="CMRT",
        revision="6.5",
        company=Company(
            name=company,
            contact_name="B. Ench",
            contact_email="b@bench.example",
            contact_phone="+31 20 000 0000",
            authorizer_name="A. Uthor",
            authorizer_email="a@bench.example",
        ),
        scope="A",
        effective_date=date(2025, 5, 1),
        minerals=tuple(metal.key for metal in THREE_TG),
        answers=tuple(answers),
        smelters=tuple(
            SmelterLine(
                row=5 + i,
                metal=line.metal,
                lookup=line.lookup,
                name=line.standard if i % 10 else line.standard.replace("a", "e", 1),
                country=line.country,
                cid=line.cid if i % 10 else None,
            )
            for i, line in enumerate(lines[:smelters])
        ),
        lookup=lines,
    )
