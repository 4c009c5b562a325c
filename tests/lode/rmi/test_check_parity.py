"""What the template's own Checker counts: each item, what makes it necessary, and how a person is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.lode.rmi.declarations import (
    answered,
    blank,
    clean,
    codes,
    company,
    emrt,
    every_metal,
    found,
    not_listed,
    row,
    with_rows,
)
from tests.workbooks import product

from lode.rmi.check import open_items
from lode.rmi.declaration import Answer, Declaration

SIX = ("cobalt", "copper", "graphite", "lithium", "mica", "nickel")


def test_clean_declarations_have_no_open_item() -> None:
    assert open_items(clean()) == []
    assert open_items(emrt()) == []


# The number of open items each blank template's own Checker shows ("Required fields remaining").
@pytest.mark.parametrize(
    ("template", "revision", "chosen", "count"),
    [
        ("CMRT", "6.01", (), 52),
        ("CMRT", "6.22", (), 52),
        ("CMRT", "6.5", (), 52),
        ("CMRT", "3.01", (), 48),
        ("EMRT", "1.3", (), 31),
        ("EMRT", "2.0", SIX, 68),
        ("EMRT", "2.0", (), 9),
        ("CRT", "2.2", (), 23),
        ("AMRT", "1.3", (), 9),
    ],
)
def test_a_blank_template_has_as_many_open_items_as_its_checker(
    template: str, revision: str, chosen: tuple[str, ...], count: int
) -> None:
    declaration = blank(template, revision, chosen)
    if template == "CRT":  # published with an answer to G that its Checker does not take for one
        declaration = answered(declaration, "G", None, "Yes, Using Other Format (Describe)")

    assert len(open_items(declaration)) == count


@pytest.mark.parametrize(
    ("field", "value", "code", "cell"),
    [
        ("name", None, "CMRT-001", "D8"),
        ("contact_name", None, "CMRT-004", "D15"),
        ("contact_email", None, "CMRT-005", "D16"),
        ("contact_email", "not available", "CMRT-005", "D16"),
        ("contact_phone", None, "CMRT-006", "D17"),
        ("authorizer_name", None, "CMRT-007", "D18"),
        ("authorizer_email", None, "CMRT-008", "D20"),
        ("authorizer_email", "n/a", "CMRT-008", "D20"),
    ],
)
def test_a_company_field_the_checker_counts(field: str, value: str | None, code: str, cell: str) -> None:
    findings = open_items(company(**{field: value}))

    assert [(finding.code, finding.where) for finding in findings] == [(code, f"Declaration!{cell}")]


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        (clean(scope=None), ["CMRT-002"]),
        (clean(effective_date=None), ["CMRT-009"]),
        (clean(effective_date=None, effective_date_raw="soon"), []),
        (clean(scope="C"), ["CMRT-003"]),
        (clean(scope="C", scope_description="All solder pastes"), []),
        (clean(scope=None, scope_raw="D. Something else"), ["CMRT-003"]),
        (clean(scope="B"), ["CMRT-051"]),
        (clean(scope="B", products=(product(6, "A-1"),)), []),
        (clean(scope="B", products=(product(7, "A-1"),)), ["CMRT-051"]),
        (company(authorizer_phone=None, authorizer_title=None, unique_id=None, address=None), []),
    ],
)
def test_scope_date_and_products(declaration: Declaration, expected: list[str]) -> None:
    assert codes(open_items(declaration)) == expected


@pytest.mark.parametrize(
    ("question", "first"),
    [("3", 18), ("4", 22), ("5", 26), ("6", 30), ("7", 34), ("8", 38)],
)
def test_a_blank_question_has_the_code_of_its_metal(question: str, first: int) -> None:
    for index, (mineral, cell) in enumerate(zip(clean().minerals, range(4), strict=True)):
        findings = open_items(answered(clean(), question, mineral, None))

        row_of_question = 26 + 6 * (int(question) - 1) + cell
        assert [(each.code, each.where) for each in findings] == [
            (f"CMRT-{first + index:03}", f"Declaration!D{row_of_question}")
        ]


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ("A", "CMRT-042"),
        ("B", "CMRT-043"),
        ("C", "CMRT-044"),
        ("D", "CMRT-045"),
        ("E", "CMRT-046"),
        ("F", "CMRT-047"),
        ("G", "CMRT-048"),
        ("H", "CMRT-049"),
    ],
)
def test_a_blank_question_about_the_company(letter: str, code: str) -> None:
    assert codes(open_items(answered(clean(), letter, None, None))) == [code]


def test_question_1_no_closes_everything_after_it() -> None:
    declaration = answered(clean(), "1", "tin", "No")
    for question in "2345678":
        declaration = answered(declaration, question, "tin", None)
    declaration = replace(declaration, smelters=tuple(line for line in declaration.smelters if line.metal != "Tin"))

    assert open_items(declaration) == []


def test_question_2_no_closes_questions_3_to_8_and_the_list() -> None:
    declaration = answered(clean(), "2", "gold", "No")
    for question in "345678":
        declaration = answered(declaration, question, "gold", None)
    declaration = replace(declaration, smelters=tuple(line for line in declaration.smelters if line.metal != "Gold"))

    assert open_items(declaration) == []


def test_all_metals_no_closes_the_questions_about_the_company() -> None:
    declaration = every_metal(clean(smelters=()), "1", "No")
    for letter in "ABCDEFGH":
        declaration = answered(declaration, letter, None, None)

    assert open_items(declaration) == []


def test_answers_behind_a_blank_question_1_do_not_count() -> None:
    declaration = answered(clean(), "1", "tin", None)

    counted = ["CMRT-011", "CMRT-015", "CMRT-019", "CMRT-023", "CMRT-027", "CMRT-031", "CMRT-035", "CMRT-039"]
    assert codes(open_items(declaration)) == counted
    assert found(declaration) == ["CMRT-011"]


def test_question_2_no_behind_a_blank_question_1_closes_nothing() -> None:
    declaration = answered(answered(clean(), "1", "tin", None), "2", "tin", "No")

    assert len(open_items(declaration)) == 8
    assert found(declaration) == ["CMRT-011"]


def test_an_answer_that_is_neither_yes_nor_no_counts_as_open_behind_it() -> None:
    declaration = answered(clean(), "2", "tin", "Perhaps")

    assert codes(open_items(declaration)) == [f"CMRT-0{code}" for code in (19, 23, 27, 31, 35, 39)]
    assert found(declaration) == ["CMRT-W15"]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [(None, ["CMRT-050"]), ("-", ["CMRT-050"]), ("www.solder.example", [])],
)
def test_a_published_policy_needs_its_address(comment: str | None, expected: list[str]) -> None:
    declaration = answered(clean(), "B", None, "Yes", comment)

    assert codes(open_items(declaration)) == expected


def test_an_unpublished_policy_needs_no_address() -> None:
    assert open_items(answered(clean(), "B", None, "No")) == []


@pytest.mark.parametrize(("number", "code"), [(5, "CMRT-052"), (6, "CMRT-053"), (7, "CMRT-054"), (8, "CMRT-055")])
def test_a_metal_without_a_smelter(number: int, code: str) -> None:
    declaration = clean()
    without = replace(declaration, smelters=tuple(line for line in declaration.smelters if line.row != number))

    assert codes(open_items(without)) == [code]
    assert found(without) == [code]


def test_a_row_without_a_look_up_is_no_smelter() -> None:
    assert codes(open_items(row(6, lookup=None))) == ["CMRT-053"]


def test_a_row_known_by_its_typed_number_is_a_smelter() -> None:
    typed_only = row(5, metal=None, lookup=None, name=None, country=None, cid=None)

    assert open_items(typed_only) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"name": None}, "Smelter List!D9"),
        ({"country": None}, "Smelter List!E9"),
        ({"name": None, "country": None}, "Smelter List!D9, E9"),
    ],
)
def test_a_smelter_not_listed_needs_name_and_country(changes: dict[str, None], expected: str | list[str]) -> None:
    findings = open_items(with_rows(not_listed(9, **changes)))

    assert [(each.code, each.where) for each in findings] == ([("CMRT-056", expected)] if expected else [])


def test_rows_not_listed_are_one_item_however_many() -> None:
    findings = open_items(with_rows(*(not_listed(number, name=None) for number in range(9, 29))))

    assert [(each.code, each.where, each.values["rows"]) for each in findings] == [
        ("CMRT-056", "Smelter List!D9:D28", "9, 10, 11, 12, 13, 14 (+14)")
    ]


# Older CMRT


def old(revision: str) -> Declaration:
    """A complete declaration of an older revision."""
    numbers = {"2.03": "123456", "3.01": "1234567"}[revision]
    values = {
        "2.03": ("Yes", "No", "No", "Yes", "Yes all smelters have been provided", "Yes"),
        "3.01": ("Yes", "Yes", "No", "No", "Yes, 100%", "Yes", "Yes"),
    }[revision]
    answers = [
        Answer(question=number, mineral=mineral, value=value)
        for number, value in zip(numbers, values, strict=True)
        for mineral in clean().minerals
    ]
    answers += [
        Answer(question=letter, value="Yes", comment="www.solder.example" if letter == "B" else None)
        for letter in "ABCDEFGHIJ"
    ]
    return clean(revision=revision, answers=tuple(answers), effective_date=date(2014, 6, 30))


@pytest.mark.parametrize("revision", ["2.03", "3.01"])
def test_older_revisions_complete(revision: str) -> None:
    assert open_items(old(revision)) == []


def test_2_03_does_not_count_the_contact_and_takes_any_text_for_an_address() -> None:
    declaration = old("2.03")
    bare = replace(declaration.company, contact_name=None, contact_email=None, authorizer_email="by phone")

    assert open_items(replace(declaration, company=bare)) == []


def test_3_01_counts_the_authorizers_phone_and_wants_www_in_the_address() -> None:
    declaration = old("3.01")
    changed = replace(declaration, company=replace(declaration.company, authorizer_phone=None))

    assert codes(open_items(changed)) == ["CMRT-057"]
    assert codes(open_items(answered(declaration, "B", None, "Yes", "http://company/policy"))) == ["CMRT-050"]


def test_3_01_closes_a_metal_only_when_both_first_answers_are_no() -> None:
    one = answered(answered(old("3.01"), "1", "tin", "No"), "3", "tin", None)
    both = answered(one, "2", "tin", "No")

    assert codes(open_items(one)) == ["CMRT-019"]
    assert open_items(both) == []


def test_older_revisions_count_one_smelter_for_all_metals() -> None:
    declaration = old("3.01")

    assert open_items(replace(declaration, smelters=declaration.smelters[:1])) == []
    assert codes(open_items(replace(declaration, smelters=()))) == ["CMRT-061"]
    far_down = replace(declaration.smelters[0], row=15)
    assert codes(open_items(replace(declaration, smelters=(far_down,)))) == ["CMRT-061"]
