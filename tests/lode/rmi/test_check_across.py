"""A declaration against another one: last year's, another supplier's, the company-wide one, what was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.lode.rmi.declarations import answered, clean, codes, row
from tests.workbooks import smelter

from lode.rmi.check.across import (
    check_against,
    check_copied,
    check_materials,
    check_scope,
    check_sender,
    marks_of,
    smelters_of,
)
from lode.rmi.declaration import Declaration, SmelterLine


def listing(*names: str) -> Declaration:
    """The clean declaration with these tin smelters."""
    lines = tuple(SmelterLine(row=5 + i, metal="Tin", lookup=name, name=name) for i, name in enumerate(names))
    return clean(smelters=lines)


def test_the_smelters_of_a_declaration_are_numbers_or_else_names() -> None:
    declaration = clean(
        smelters=(
            smelter(5, "Tin", "Straits Tin"),
            smelter(6, "Tin", "Straits Tin Refining"),
            SmelterLine(row=7, metal="Tin", lookup="Smelter not listed", name="Otra Fundición"),
            SmelterLine(row=8, metal="Tin", lookup="Smelter not yet identified"),
        )
    )

    assert smelters_of(declaration) == {("tin", "cid900301"), ("tin", "otra fundición")}


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("abcde", "abcde", []),
        ("abcde", "abcdf", []),
        ("abcde", "abxyz", ["CMRT-P44"]),
        ("abcde", "", []),
        ("", "abcde", []),
    ],
)
def test_a_list_that_changed_more_than_supply_chains_do(now: str, before: str, expected: list[str]) -> None:
    assert codes(check_against(listing(*now), listing(*before))) == expected


def test_how_much_a_list_changed_is_said() -> None:
    (finding,) = check_against(listing(*"abcd"), replace(listing(*"axyz"), effective_date=date(2024, 9, 1)))

    assert finding.values == {"share": "86", "added": "3", "gone": "3", "day": "2024-09-01"}


def test_a_long_list_equal_to_another_suppliers() -> None:
    names = [f"Smelter {number}" for number in range(31)]

    findings = check_copied(
        listing(*names),
        [
            ("Condensa GmbH", listing(*reversed(names))),
            ("Sudeten Solder", listing(*names[:30])),
            ("Condensa GmbH", listing(*names)),
        ],
    )

    assert [(each.code, each.values) for each in findings] == [
        ("CMRT-P42", {"count": "31", "suppliers": "Condensa GmbH"})
    ]


def test_a_short_list_may_be_equal() -> None:
    names = [f"Smelter {number}" for number in range(30)]

    assert check_copied(listing(*names), [("Condensa GmbH", listing(*names))]) == []


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        (clean(scope="B"), clean(), ["CMRT-P45"]),
        (clean(), clean(), []),
        (clean(scope="B"), clean(scope="C"), []),
        (answered(clean(scope="B"), "1", "tin", "No"), clean(), []),
        (clean(scope="B", smelters=clean().smelters[:3]), clean(), []),
        (clean(scope="B", smelters=()), clean(smelters=()), []),
    ],
)
def test_a_narrower_scope_with_the_same_answers(narrow: Declaration, wide: Declaration, expected: list[str]) -> None:
    assert codes(check_scope(narrow, wide)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["Solder & Sons Ltd."], []),
        (["SOLDER AND SONS LIMITED"], []),
        (["Other", "Solder & Sons"], []),
        (["Condensa GmbH"], ["CMRT-P46"]),
        ([], []),
    ],
)
def test_another_company_than_the_one_asked(asked: list[str], expected: list[str]) -> None:
    assert codes(check_sender(clean(), asked)) == expected


def test_what_the_buyer_knows_of_the_goods() -> None:
    declaration = answered(clean(), "1", "tin", "No")

    findings = check_materials(declaration, {"tin": True, "gold": False, "tungsten": True, "cobalt": True})

    assert [(each.code, each.where) for each in findings] == [
        ("CMRT-P50", "Declaration!D27"),
        ("CMRT-P57", "Declaration!D28"),
    ]


def test_a_row_known_by_its_number_alone_is_the_same_smelter() -> None:
    assert smelters_of(row(5, metal=None, lookup=None, name=None, cid="CID900202")) == smelters_of(clean())


def test_marks_are_what_every_equal_list_says_too() -> None:
    names = [*(f"CID{number}" for number in range(100, 140)), "Two words", "Zink-Hütte"]

    assert marks_of(listing(*names)) == ["cid100", "cid120", "cid139"]
    assert marks_of(listing("Two words")) == []
