"""What a careful reader would ask about: each question alone, and what it is not asked of."""

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
from tests.workbooks import smelter

from lode.area_list import ListedArea
from lode.rmi.check import check
from lode.rmi.declaration import Declaration, SmelterLine


def at(declaration: Declaration, on: date = ON) -> list[tuple[str, str]]:
    """The code and place of each finding."""
    return [(finding.code, finding.where) for finding in check(declaration, on=on)]


def tin(**values: str | None) -> Declaration:
    """The clean declaration with other answers about tin: `tin(q3="Yes")`."""
    declaration = clean()
    for question, value in values.items():
        comment = "ours" if value == "Yes" else None
        declaration = answered(declaration, question[1:], "tin", value, comment)
    return declaration


@pytest.mark.parametrize(
    ("declaration", "code", "where"),
    [
        (row(6, mine_countries="Rwanda"), "CMRT-P03", "Declaration!D39, Smelter List!O6"),
        (row(6, mines="North Kivu"), "CMRT-P03", "Declaration!D39, Smelter List!N6"),
        (
            replace(clean(), smelters=(*clean().smelters, smelter(9, "Tin", "Kigali Tin Smelting"))),
            "CMRT-P03",
            "Declaration!D39, Smelter List!E9",
        ),
        (tin(q3="Yes"), "CMRT-P04", "Declaration!D39, D45"),
        (tin(q3="Unknown"), "CMRT-P05", "Declaration!D39, D63"),
        (tin(q4="Unknown"), "CMRT-P05", "Declaration!D45, D63"),
        (tin(q7="No"), "CMRT-P06", "Declaration!D39, D57, D63"),
        (answered(row(6, recycled="No"), "5", "tin", "Yes"), "CMRT-P07", "Declaration!D51, Smelter List!P6"),
        (answered(row(6, mines="San Rafael"), "5", "tin", "Yes"), "CMRT-P07", "Declaration!D51, Smelter List!P6"),
        (answered(clean(), "5", "gold", "No"), "CMRT-P08", "Declaration!D52, Smelter List!P7"),
        (tin(q8="No"), "CMRT-P12", "Declaration!D69"),
        (answered(clean(), "D", None, "No"), "CMRT-P14", "Declaration!D81"),
        (answered(clean(), "B", None, "Yes", "see our website"), "CMRT-P15", "Declaration!D77"),
        (answered(clean(), "B", None, "Yes", "http://company/policy"), "CMRT-P15", "Declaration!D77"),
        (answered(clean(), "E", None, "No"), "CMRT-P16", "Declaration!D83, D56:D59"),
        (company(authorizer_name="Ada Example"), "CMRT-P18", "Declaration!D15, D18"),
        (company(contact_email="solder@gmail.com"), "CMRT-P19", "Declaration!D16"),
        (company(contact_email="ada@example.com"), "CMRT-P51", "Declaration!D16"),
        (company(contact_phone="1234"), "CMRT-P20", "Declaration!D17"),
        (company(authorizer_phone="n/a"), "CMRT-P20", "Declaration!D21"),
        (company(contact_name="TBD"), "CMRT-P26", "Declaration!D15"),
        (company(name="xxxx"), "CMRT-P26", "Declaration!D8"),
        (row(6, cid="MY-0301"), "CMRT-P21", "Smelter List!F6"),
        (row(6, cid="1MYS003"), "CMRT-P54", "Smelter List!F6, B6"),
        (with_rows(not_listed(9, name="Ejemplo Trading S.A.")), "CMRT-P25", "Smelter List!D9"),
        (with_rows(not_listed(9, name="unknown")), "CMRT-P26", "Smelter List!D9"),
        (row(6, mine_countries="BELGIUM"), "CMRT-P30", "Smelter List!O6"),
        (row(6, mines="Straits Tin Refining Sdn. Bhd."), "CMRT-P52", "Smelter List!N6"),
        (row(6, mine_countries="Please see our list"), "CMRT-P53", "Smelter List!O6"),
        (row(6, mine_countries="Shanghai"), "CMRT-P53", "Smelter List!O6"),
        (row(6, mine_countries="LR, HR"), "CMRT-P53", "Smelter List!O6"),
        (row(6, comment="Mine names are confidential"), "CMRT-P49", "Smelter List!Q6"),
        (clean(effective_date=date(2024, 10, 1), revision="6.4"), "CMRT-P37", "Declaration!D22"),
        (clean(revision="6.31", revision_date=None), "CMRT-P36", "Declaration!J3"),
    ],
)
def test_a_question_a_careful_reader_asks(declaration: Declaration, code: str, where: str) -> None:
    assert at(declaration) == [(code, where)]


@pytest.mark.parametrize(
    "declaration",
    [
        row(6, mine_countries="Bolivia"),
        row(6, mine_countries="Guinea"),
        answered(answered(row(6, mine_countries="Rwanda"), "3", "tin", "Yes", "row 6"), "4", "tin", "Yes", "row 6"),
        row(7, mine_countries="SWITZERLAND"),
        row(6, mine_countries="Peru, Japan"),
        row(6, mines="Mina San Rafael"),
        company(authorizer_phone=None),
        answered(clean(), "C", None, "Yes"),
        answered(answered(clean(), "A", None, "Yes"), "H", None, "Yes, with the EU"),
        answered(clean(), "B", None, "Yes", "Policy: solder.example/en/minerals (PDF)"),
        row(6, cid="2MYS003"),
        with_rows(not_listed(9, name="Fundición Metálica del Sur")),
        clean(revision="6.6", revision_date=date(2026, 4, 24)),
        tin(q3="Yes", q4="Yes"),
    ],
)
def test_what_is_not_asked_about(declaration: Declaration) -> None:
    assert found(declaration) == []


def test_how_many_suppliers_answered_is_held_against_knowing_every_smelter() -> None:
    declaration = every_metal(clean(), "6", "Greater than 75%")
    declaration = every_metal(declaration, "3", "Yes", "ours")
    declaration = every_metal(declaration, "4", "Yes", "ours")

    assert at(declaration) == [("CMRT-P10", "Declaration!D62:D65, D56:D59")]


def test_few_answers_are_asked_about_where_nobody_claims_to_know_all() -> None:
    declaration = tin(q6="50% or less", q7="No", q3="Unknown", q4="Unknown")

    findings = check(declaration, on=ON)

    assert [(each.code, each.where, each.values) for each in findings] == [
        ("CMRT-P09", "Declaration!D57", {"response": "6", "metals": "Tin", "found": "50% or less"})
    ]


def test_no_before_all_is_known_quotes_the_answers_that_show_it() -> None:
    findings = check(tin(q6="Greater than 90%", q7="No"), on=ON)

    assert [(each.code, each.values["answers"]) for each in findings] == [("CMRT-P06", "6 “Greater than 90%”, 7 “No”")]


def test_a_smelter_nobody_knows_contradicts_knowing_all() -> None:
    line = SmelterLine(row=9, metal="Tin", lookup="Smelter not yet identified", country="Unknown")

    assert at(with_rows(line)) == [("CMRT-P11", "Declaration!D63, Smelter List!B9")]


def test_older_templates_ask_for_a_declared_metals_smelters_through_a_reader_only() -> None:
    declaration = clean(revision="3.01", effective_date=date(2014, 6, 30), revision_date=date(2014, 5, 30))
    without = replace(declaration, smelters=declaration.smelters[:1])

    assert {"CMRT-P01", "CMRT-P13"} & set(found(without)) == {"CMRT-P13"}
    assert {"CMRT-P01", "CMRT-P13"} & set(found(replace(without, revision="2.03"))) == {"CMRT-P01"}


def test_a_metal_answered_no_with_smelters_in_templates_that_do_not_paint_it_red() -> None:
    older = answered(clean(revision="6.31"), "1", "tin", "No")

    assert "CMRT-P02" in found(older)
    assert "CMRT-W10" not in found(older)


def test_a_list_of_mostly_unlisted_names() -> None:
    declaration = with_rows(not_listed(9), not_listed(10, name="Fundición Otra"), smelter(11, "Tin", "EDA"))

    findings = check(declaration, on=ON)

    assert [(each.code, each.where, each.values["share"]) for each in findings] == [
        ("CMRT-P29", "Smelter List!C9:C10", "29")
    ]


AREA = ListedArea(
    iso2="PE",
    region="",
    name="Madre de Dios",
    category="region",
    valid_from=date(2025, 1, 1),
    valid_to=date(2025, 10, 15),
    source="A list somebody loaded",
    verified=True,
)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Bolivia; Peru", date(2025, 9, 30), ["CMRT-P31"]),
        ("Peru", date(2025, 10, 20), []),
        ("Bolivia", date(2025, 9, 30), []),
        (None, date(2025, 9, 30), []),
    ],
)
def test_a_mine_where_high_risk_areas_are_listed_on_that_day(text: str | None, day: date, expected: list[str]) -> None:
    declaration = replace(row(6, mine_countries=text), effective_date=day)

    assert codes(check(declaration, on=ON, cahra=[AREA])) == expected


def test_the_listed_areas_are_named() -> None:
    (finding,) = check(row(6, mine_countries="Peru"), on=ON, cahra=[AREA])

    assert (finding.where, finding.values["areas"], finding.values["day"]) == (
        "Declaration!D45, Smelter List!O6",
        "Madre de Dios",
        "2025-09-30",
    )


def test_without_a_list_the_shipped_one_is_used() -> None:
    assert found(row(6, mine_countries="Myanmar")) == ["CMRT-P31"]
    assert check(row(6, mine_countries="Myanmar"), on=ON, cahra=()) == []


def test_the_gaps_of_a_programme_are_one_finding() -> None:
    declaration = answered(answered(answered(clean(), "A", None, "No"), "C", None, "No"), "G", None, "No")

    assert at(declaration) == [("CMRT-P14", "Declaration!D75, D79, D87")]


def test_a_company_that_uses_none_of_the_metals_is_not_asked_about_its_programme() -> None:
    declaration = answered(every_metal(clean(smelters=()), "1", "No"), "A", None, "No")

    assert found(declaration) == []


def test_a_yes_about_the_origin_without_a_comment_is_a_note() -> None:
    declaration = answered(answered(clean(), "3", "tin", "Yes"), "4", "tin", "Yes")

    findings = check(declaration, on=ON)

    assert [(each.code, each.level, each.values) for each in findings] == [("CMRT-P48", "note", {"metals": "Tin"})]


@pytest.mark.parametrize(
    ("day", "revision", "expected"),
    [
        (date(2024, 5, 30), "6.4", []),
        (date(2024, 5, 30), "6.31", ["CMRT-P36"]),
        (date(2024, 4, 30), "6.31", []),
        (date(2023, 6, 1), "6.22", ["CMRT-P36"]),
        (date(2022, 5, 12), "6.2", []),
        (date(2025, 9, 30), "6.4", ["CMRT-P36"]),
        (date(2025, 5, 2), "6.31", ["CMRT-P36"]),
    ],
)
def test_a_revision_is_out_of_date_when_a_newer_one_had_been_out(day: date, revision: str, expected: list[str]) -> None:
    declaration = clean(effective_date=day, revision=revision)

    assert found(declaration, on=day) == expected


def test_the_cobalt_template_is_out_of_date_since_its_successor() -> None:
    declaration = emrt(template="CRT", revision="2.2", minerals=("cobalt",), effective_date=date(2024, 6, 1))

    finding = next(each for each in check(declaration, on=date(2024, 6, 2)) if each.code == "CMRT-P36")

    assert (finding.values["newest"], finding.values["newest_released"]) == ("EMRT 1.3", "2024-04-26")


def test_errors_stand_first_then_warnings_then_questions_then_notes() -> None:
    declaration = company(name=None, authorizer_name="same", contact_email="ada@gmail.com")
    declaration = replace(declaration, scope_description="All our pastes")

    assert codes(check(declaration, on=ON)) == ["CMRT-001", "CMRT-W17", "CMRT-P19", "CMRT-W12"]
