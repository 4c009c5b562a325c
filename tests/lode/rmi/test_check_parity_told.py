"""How a person is told what the Checker counts: together where one cause is behind it."""

from __future__ import annotations

from dataclasses import replace

from tests.lode.rmi.declarations import (
    ON,
    answered,
    blank,
    clean,
    codes,
)

from lode.findings import Finding
from lode.rmi.check import check, open_items
from lode.rmi.declaration import Declaration


def told(declaration: Declaration) -> list[Finding]:
    return [each for each in check(declaration, on=ON) if each.level == "error"]


def test_a_blank_form_is_said_once() -> None:
    findings = told(blank("CMRT", "6.5"))

    assert [(each.code, each.where, each.values) for each in findings] == [
        ("CMRT-063", "Declaration!D8", {"count": "52"})
    ]


def test_three_blank_questions_of_a_metal_are_told_together() -> None:
    declaration = clean()
    for question in "346":
        declaration = answered(declaration, question, "tin", None)

    assert [(each.code, each.where, each.values) for each in told(declaration)] == [
        ("CMRT-064", "Declaration!D39, D45, D57", {"questions": "3, 4, 6", "metal": "Tin", "first": "3"})
    ]


def test_two_blank_questions_of_a_metal_are_told_one_by_one() -> None:
    declaration = answered(answered(clean(), "3", "tin", None), "4", "tin", None)

    assert codes(told(declaration)) == ["CMRT-019", "CMRT-023"]


def test_many_blank_questions_about_the_company_are_told_together() -> None:
    declaration = clean()
    for letter in "ACD":
        declaration = answered(declaration, letter, None, None)

    assert [(each.code, each.where, each.values) for each in told(declaration)] == [
        ("CMRT-065", "Declaration!D75, D79, D81", {"questions": "A, C, D"})
    ]


def test_the_missing_smelters_of_a_metal_nobody_has_answered_for_are_not_told() -> None:
    declaration = replace(clean(), smelters=tuple(line for line in clean().smelters if line.metal != "Tin"))
    for question in "12345678":
        declaration = answered(declaration, question, "tin", None)

    assert "CMRT-053" in codes(open_items(declaration))
    assert codes(told(declaration)) == ["CMRT-064"]
