"""What the templates' formats and instructions ask: clean gives nothing, broken gives exactly this finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.lode.rmi.declarations import (
    ON,
    answered,
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
from tests.workbooks import LOOKUP, product, smelter

from lode.findings import in_language
from lode.rmi.check import check, check_filename
from lode.rmi.declaration import Answer, Declaration, MineLine, ProductLine, SmelterLine

MINE = MineLine(row=5, metal="Cobalt", smelter="Aho Kobolt", name="Example Pit", country="FINLAND")


def at(declaration: Declaration) -> list[tuple[str, str]]:
    """The code and place of each finding."""
    return [(finding.code, finding.where) for finding in check(declaration, on=ON)]


def test_nothing_is_said_of_a_clean_declaration() -> None:
    assert found(clean()) == []
    assert found(emrt()) == []


@pytest.mark.parametrize(
    ("declaration", "code", "where"),
    [
        (with_rows(SmelterLine(row=9, lookup="Straits Tin Refining", name="Straits")), "CMRT-W01", "Smelter List!B9"),
        (with_rows(SmelterLine(row=9, metal="Tin", name="Straits")), "CMRT-W02", "Smelter List!C9"),
        (row(6, lookup="Nobody’s Tin"), "CMRT-W03", "Smelter List!C6"),
        (row(6, name="Sheet2!B4"), "CMRT-W07", "Smelter List!D6, E6"),
        (row(5, cid_input="CID900201"), "CMRT-W08", "Smelter List!A5, C5"),
        (with_rows(not_listed(9, city=None)), "CMRT-W09", "Smelter List!I9"),
        (
            answered(clean(scope="A"), "1", "tin", "No"),
            "CMRT-W10",
            "Declaration!D27, Smelter List!B6",
        ),
        (
            answered(clean(scope="A"), "2", "tin", "No"),
            "CMRT-W10",
            "Declaration!D33, Smelter List!B6",
        ),
        (clean(scope_description="All our pastes"), "CMRT-W12", "Declaration!D10"),
        (
            answered(clean(), "E", None, "Yes, using other format (describe)"),
            "CMRT-W14",
            "Declaration!D83",
        ),
        (answered(clean(), "H", None, "We think so"), "CMRT-W15", "Declaration!D89"),
        (company(address="=HYPERLINK(1)"), "CMRT-W16", "Declaration!D14"),
        (row(6, comment="# see below"), "CMRT-W16", "Smelter List!Q6"),
        (company(authorizer_name="Same as contact"), "CMRT-W17", "Declaration!D18"),
        (company(authorizer_name="同上"), "CMRT-W17", "Declaration!D18"),
        (company(name="SSL"), "CMRT-W18", "Declaration!D8"),
        (company(name="Solder Mfg. Ltd."), "CMRT-W18", "Declaration!D8"),
        (clean(effective_date=None, effective_date_raw="04/05/2025"), "CMRT-W19", "Declaration!D22"),
        (clean(effective_date=date(2025, 11, 4)), "CMRT-W28", "Declaration!D22"),
        (row(6, contact="Ana Ejemplo"), "CMRT-W21", "Smelter List!K6"),
        (row(6, email="ana@smelter.example"), "CMRT-W21", "Smelter List!K6"),
        (with_rows(smelter(9, "Tin", "Straits Tin Refining")), "CMRT-W22", "Smelter List!C6, C9"),
        (row(6, mines="Recycled scrap material", recycled="No"), "CMRT-W23", "Smelter List!P6"),
        (row(6, mine_countries="R/S"), "CMRT-W23", "Smelter List!P6"),
        (row(7, mines="Copper Hill"), "CMRT-W33", "Smelter List!N7, P7"),
        (
            clean(scope="B", products=(product(6, "A-1"), ProductLine(row=7, name="Paste"))),
            "CMRT-W24",
            "Product List!B7",
        ),
        (emrt(mines=(replace(MINE, country=None),)), "CMRT-W25", "Mine List!F5"),
        (company(contact_email="ada,x@solder.example"), "CMRT-W26", "Declaration!D16"),
        (company(authorizer_email="ben@solder"), "CMRT-W26", "Declaration!D20"),
        (row(5, cid_input="CID999999"), "CMRT-W32", "Smelter List!A5"),
    ],
)
def test_a_rule_of_the_template(declaration: Declaration, code: str, where: str) -> None:
    assert at(declaration) == [(code, where)]


@pytest.mark.parametrize(
    "declaration",
    [
        clean(scope_description="n/a"),
        clean(scope="C", scope_description="All our pastes"),
        answered(clean(), "E", None, "Yes, using other format (describe)", "by letter"),
        answered(clean(), "E", None, "Yes, in conformance with IPC-1755 [e.g., CMRT]"),
        company(name="ABB Ltd."),
        company(name="BASF SE"),
        company(contact_email="Ada.O'Example+rmi@mail.solder.example"),
        row(6, mines="RCOI confirmed as per RMI", mine_countries="RCOI confirmed as per RMI"),
        row(6, mine_countries="Unknown"),
        with_rows(not_listed(9)),
        with_rows(
            SmelterLine(row=9, metal="Tin", lookup="Smelter not listed", name="Otra", country="PERU", city="Ica")
        ),
        with_rows(smelter(9, "Tin", "Estaño del Altiplano", recycled="Yes", mines="scrap", mine_countries="scrap")),
        row(6, lookup="STRAITS TIN"),
        row(6, name=None),
        emrt(mines=(MINE,)),
        every_metal(clean(), "6", "100%"),
    ],
)
def test_nothing_is_said_where_nothing_is_wrong(declaration: Declaration) -> None:
    assert found(declaration) == []


def test_the_sixth_and_later_names_that_are_not_in_the_look_up_are_told_together() -> None:
    lines = (smelter(9 + n, "Tin", "Straits Tin", cid=None) for n in range(7))
    declaration = with_rows(*(replace(line, lookup=f"Odd {line.row}", name=None) for line in lines))

    findings = check(declaration, on=ON)

    assert codes(findings) == [*["CMRT-W03"] * 5, "CMRT-W34"]
    assert (findings[-1].where, findings[-1].values["found"]) == ("Smelter List!C14:C15", "Odd 14, Odd 15")


def test_without_a_look_up_sheet_no_name_is_called_unknown() -> None:
    declaration = replace(row(6, lookup="Nobody’s Tin"), lookup=())

    assert found(declaration) == []


@pytest.mark.parametrize(("changes", "code", "where"), [("name", "CMRT-W05", "D9"), ("country", "CMRT-W06", "E9")])
def test_name_and_country_are_asked_where_the_checker_does_not_count_them(changes: str, code: str, where: str) -> None:
    declaration = with_rows(not_listed(9, **{changes: None}))
    older = replace(declaration, revision="4.0", revision_date=date(2015, 4, 30), effective_date=date(2015, 6, 1))

    assert (code, f"Smelter List!{where}") in at(older)
    assert "CMRT-056" not in codes(check(older, on=ON))


@pytest.mark.parametrize(("revision", "expected"), [("2.0", []), ("2.1", ["CMRT-W11"])])
def test_a_country_beside_a_smelter_nobody_knows(revision: str, expected: list[str]) -> None:
    line = SmelterLine(row=7, metal="Nickel", lookup="Smelter not yet identified", country="FINLAND")
    declaration = answered(emrt(revision=revision), "6", "nickel", "No")
    declaration = answered(replace(declaration, smelters=(*declaration.smelters, line)), "3", "nickel", "Unknown")

    assert found(declaration) == expected


def test_the_policys_address_is_asked_where_the_checker_does_not_count_it() -> None:
    answers = (Answer(question="1", mineral="tin", value="Yes"), Answer(question="B", value="Yes"))
    older = clean(revision="2.03", answers=answers)

    assert "CMRT-W13" in found(older)
    assert "CMRT-050" not in found(older)


def test_a_product_scope_without_products_where_the_checker_does_not_count_it() -> None:
    assert "CMRT-W27" in found(clean(revision="2.03", scope="B"))
    assert "CMRT-W27" not in found(clean(scope="B"))


def test_a_date_before_such_declarations_existed() -> None:
    assert found(clean(effective_date=date(2002, 5, 1))) == ["CMRT-W29", "CMRT-P37"]


def test_an_answer_in_another_language_is_told_by_its_wording() -> None:
    declaration = clean()
    answers = tuple(replace(answer, raw="はい") if answer.question == "7" else answer for answer in declaration.answers)

    findings = check(replace(declaration, answers=answers), on=ON)

    assert [(each.code, each.values) for each in findings] == [("CMRT-W31", {"found": "はい", "meaning": "Yes"})]


def test_the_number_1_is_the_older_spelling_of_100_percent() -> None:
    declaration = clean()
    answers = tuple(replace(answer, raw="1") if answer.question == "6" else answer for answer in declaration.answers)

    assert found(replace(declaration, answers=answers)) == []


def test_the_answer_that_is_no_option_is_quoted_with_the_options() -> None:
    declaration = answered(answered(clean(), "7", "tin", "Mostly"), "7", "gold", "mostly")

    findings = check(declaration, on=ON)

    assert [(each.code, each.values) for each in findings] == [
        ("CMRT-W15", {"found": "Mostly", "question": "7", "options": "Yes / No"})
    ]


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("solder-2025-09-30.xlsx", []),
        ("CMRT_6.5_solder.xlsx", []),
        ("solder-20250131.xlsx", ["CMRT-W20"]),
        ("solder 2024-13-45.xlsx", []),
    ],
)
def test_a_date_in_the_file_name(filename: str, expected: list[str]) -> None:
    assert codes(check_filename(filename, clean())) == expected


def test_a_row_without_values_of_formulas_is_known_by_its_number() -> None:
    bare = row(5, metal=None, lookup=None, name=None, country=None, cid=None, cid_source=None, city=None, state=None)

    assert found(bare) == []


def test_a_finding_about_many_rows_names_the_first_and_how_many_more() -> None:
    declaration = with_rows(
        *(replace(line, contact="Ana") for line in (smelter(9 + n, "Tin", "EDA") for n in range(8)))
    )

    note = next(each for each in check(declaration, on=ON) if each.code == "CMRT-W21")

    assert (note.where, note.values["rows"]) == ("Smelter List!K9:K16", "9, 10, 11, 12, 13, 14 (+2)")


def test_the_same_finding_in_french() -> None:
    (finding,) = check(company(contact_email="ada,x@solder.example"), on=ON)

    assert in_language(finding, "fr").message == (
        "La cellule dit «\u00a0ada,x@solder.example\u00a0»\u00a0; "
        "il y a une virgule, une espace ou un domaine incomplet."
    )


def test_the_look_up_holds_each_invented_name() -> None:
    known = [line for line in LOOKUP if line.cid]
    lines = [smelter(9 + n, line.metal, line.lookup) for n, line in enumerate(known)]

    assert not {"CMRT-W03", "CMRT-W08", "CMRT-W32"} & set(found(with_rows(*lines)))
