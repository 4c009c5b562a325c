"""Whatever a declaration says, checking it gives findings and nothing else; and it is quick."""

from __future__ import annotations

import time
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lode.rmi.declarations import ON, clean
from tests.workbooks import smelters

from lode.findings import LANGUAGES, Finding, catalogue, in_language
from lode.rmi.cells import cells_of
from lode.rmi.check import check, check_filename, open_items
from lode.rmi.declaration import (
    Answer,
    Company,
    Declaration,
    LookupLine,
    MineLine,
    ProductLine,
    SmelterLine,
)

WORDS = [
    "Yes",
    "No",
    "Unknown",
    "100%",
    "Tin",
    "Gold",
    "CID001105",
    "Smelter not listed",
    "n/a",
    "=1+1",
    "{found}",
    "R/S",
]
TEXTS = st.sampled_from([None, None, *WORDS]) | st.text(min_size=1, max_size=12)
METALS = st.none() | st.sampled_from(["Tin", "Tantalum", "Gold", "Tungsten", "tin ", "Zinn", "Cobalt"])
DATES = st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))
MINERALS = ("tantalum", "tin", "gold", "tungsten", "cobalt", "mica")


def lines(kind: type, **fixed: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    names = [name for name in kind.__dataclass_fields__ if name not in ("row", *fixed)]  # type: ignore[attr-defined]
    return st.builds(kind, row=st.integers(5, 2504), **fixed, **dict.fromkeys(names, TEXTS))


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    template, revision = draw(
        st.sampled_from(
            [("CMRT", r) for r in ("1.00", "2.03a", "3.01", "4.20", "5.12", "6.01", "6.5", "7.0", "odd")]
            + [("EMRT", "1.3"), ("EMRT", "2.1"), ("CRT", "2.21"), ("AMRT", "1.3")]
        )
    )
    answer = st.builds(
        Answer,
        question=st.sampled_from("12345678ABCDEFGHIJK"),
        mineral=st.none() | st.sampled_from(MINERALS),
        value=TEXTS,
        raw=TEXTS,
        comment=TEXTS,
    )
    lookup = st.builds(
        LookupLine,
        metal=st.sampled_from(["Tin", "Gold"]),
        lookup=st.text(min_size=1, max_size=5),
        standard=st.text(),
        cid=TEXTS,
    )
    return Declaration(
        template=template,
        revision=revision,
        revision_date=draw(DATES),
        company=draw(st.builds(Company, **dict.fromkeys(Company.__dataclass_fields__, TEXTS))),
        scope=draw(st.sampled_from([None, "A", "B", "C"])),
        scope_raw=draw(TEXTS),
        scope_description=draw(TEXTS),
        effective_date=draw(DATES),
        effective_date_raw=draw(TEXTS),
        minerals=draw(st.lists(st.sampled_from(MINERALS), unique=True).map(tuple)),
        answers=draw(st.lists(answer, max_size=6).map(tuple)),
        smelters=draw(st.lists(lines(SmelterLine, metal=METALS), max_size=3).map(tuple)),
        products=draw(st.lists(lines(ProductLine), max_size=2).map(tuple)),
        mines=draw(st.lists(lines(MineLine, metal=METALS), max_size=1).map(tuple)),
        lookup=draw(st.lists(lookup, max_size=3).map(tuple)),
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(declarations(), st.text(max_size=20))
def test_check_gives_findings_for_any_declaration(declaration: Declaration, filename: str) -> None:
    findings = [*check(declaration, on=ON), *open_items(declaration), *check_filename(filename, declaration)]

    for finding in findings:
        assert isinstance(finding, Finding)
        assert finding.level == catalogue()[finding.code].level
        assert finding.where
        assert isinstance(cells_of(finding), list)
        assert all(in_language(finding, language).message for language in LANGUAGES)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(declarations())
def test_check_gives_the_same_twice(declaration: Declaration) -> None:
    assert check(declaration, on=ON) == check(declaration, on=ON)


def test_400_smelters_are_checked_in_a_blink() -> None:
    declaration = clean(smelters=smelters(400))
    check(declaration, on=ON)

    spent = []
    for _ in range(5):
        began = time.process_time()
        check(declaration, on=ON)
        spent.append(time.process_time() - began)

    assert min(spent) < 0.03
