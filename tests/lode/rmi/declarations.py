"""Declarations for tests of the checks: one that gives no finding, and what is changed in it.

`clean()` is `workbooks.complete()` with the one answer mended that a careful reader would ask about; each function
below takes a declaration and gives another. Every company, smelter and number is invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.workbooks import complete

from lode.findings import Finding
from lode.rmi.check import check
from lode.rmi.declaration import Answer, Declaration, SmelterLine

ON = date(2025, 11, 3)


def clean(**changes: object) -> Declaration:
    """A CMRT 6.5 declaration that gives no finding on the day `ON`, changed as asked."""
    return replace(answered(complete(), "5", "gold", "Yes"), **changes)  # type: ignore[arg-type]


def answered(
    declaration: Declaration, question: str, mineral: str | None, value: str | None, comment: str | None = None
) -> Declaration:
    """The declaration with another answer to one question; a new one where it had none."""
    answer = Answer(question=question, mineral=mineral, value=value, raw=value, comment=comment)
    others = tuple(each for each in declaration.answers if (each.question, each.mineral) != (question, mineral))
    return replace(declaration, answers=(*others, answer))


def every_metal(declaration: Declaration, question: str, value: str | None, comment: str | None = None) -> Declaration:
    """The declaration with one answer to a question for all metals."""
    for mineral in declaration.minerals:
        declaration = answered(declaration, question, mineral, value, comment)
    return declaration


def company(**changes: str | None) -> Declaration:
    """The clean declaration with another company block."""
    declaration = clean()
    return replace(declaration, company=replace(declaration.company, **changes))


def row(number: int, **changes: str | None) -> Declaration:
    """The clean declaration with one of its rows changed (5 tantalum, 6 tin, 7 gold, 8 tungsten)."""
    declaration = clean()
    lines = tuple(replace(line, **changes) if line.row == number else line for line in declaration.smelters)
    return replace(declaration, smelters=lines)


def with_rows(*lines: SmelterLine) -> Declaration:
    """The clean declaration with more rows."""
    declaration = clean()
    return replace(declaration, smelters=(*declaration.smelters, *lines))


def not_listed(number: int, **changes: str | None) -> SmelterLine:
    """A row for a tin smelter outside the look-up, complete but for what is changed."""
    line = SmelterLine(
        row=number,
        metal="Tin",
        lookup="Smelter not listed",
        name="Fundición Ejemplo",
        country="BOLIVIA (PLURINATIONAL STATE OF)",
        city="Potosí",
    )
    return replace(line, **changes)


def emrt(**changes: object) -> Declaration:
    """A complete EMRT 2.0 about cobalt and nickel."""
    asked = [
        Answer(question=number, mineral=mineral, value=value, raw=value)
        for number, value in zip("1234567C", ("Yes", "Yes", "No", "No", "100%", "Yes", "Yes", "Yes"), strict=True)
        for mineral in ("cobalt", "nickel")
    ]
    survey = "Yes, in conformance with IPC1755 (e.g. EMRT)"
    about = {"A": "Yes", "B": "Yes", "D": "Yes", "E": survey, "F": "Yes", "G": "Yes"}
    comments = {"B": "www.solder.example/minerals"}
    asked += [Answer(question=q, value=v, raw=v, comment=comments.get(q)) for q, v in about.items()]
    declaration = clean(
        template="EMRT",
        revision="2.0",
        minerals=("cobalt", "nickel"),
        answers=tuple(asked),
        smelters=tuple(
            SmelterLine(row=5 + i, metal=metal, lookup=name, name=name, country="FINLAND", city="Sampletown")
            for i, (metal, name) in enumerate((("Cobalt", "Aho Kobolt"), ("Nickel", "Niemi Nikkeli")))
        ),
        lookup=(),
    )
    return replace(declaration, **changes)  # type: ignore[arg-type]


def blank(template: str, revision: str, chosen: tuple[str, ...] = ()) -> Declaration:
    """A template nobody has filled in."""
    return Declaration(template=template, revision=revision, minerals=chosen)  # type: ignore[arg-type]


def codes(findings: list[Finding]) -> list[str]:
    """The codes of findings, in their order."""
    return [finding.code for finding in findings]


def found(declaration: Declaration, on: date = ON) -> list[str]:
    """The codes `check` gives on a day."""
    return codes(check(declaration, on=on))
