"""Risks in a declaration, each with its reason."""

from dataclasses import replace
from datetime import date

from tests.lode.rmi.declarations import ON, clean, not_listed, row, with_rows

from lode.area_list import ListedArea
from lode.findings import in_language
from lode.risk import JudgedRow, Lists, Risk, risks
from lode.rmi.check import check
from lode.rmi.check.book import Book
from lode.rmi.check.origin import covered_countries
from lode.sanctions_list import ListedParty
from lode.screening import Screen, ScreenedList
from lode.smelters.register import Smelter, StatusInterval

IN_FORCE = date(2020, 12, 17)


def area(iso2, region, name, until=None):
    return ListedArea(
        iso2=iso2,
        region=region,
        name=name,
        category="region" if region else "country",
        valid_from=IN_FORCE,
        valid_to=until,
        source="test",
        verified=True,
    )


CAHRA = (area("CD", "CD-NK", "North Kivu"), area("CD", "CD-IT", "Ituri"), area("ML", "", "Mali", date(2022, 1, 1)))


def smelter(each):
    return Smelter(
        cid=each.row.cid or "CID990900",
        metal=each.row.metal,
        name=each.row.name,
        country=each.row.country,
        state=None,
        city=None,
        first="6.5",
        last="6.5",
        names=(),
    )


def told(declaration, *, matched=True, dropped="", **lists):
    """The risks but for what answers contradict, which the declaration's own findings tell."""
    return [risk for risk in every_risk(declaration, matched, dropped, **lists) if risk.finding.code != "RISK-12"]


def every_risk(declaration, matched=True, dropped="", **lists):
    book = Book(declaration)
    rows = [JudgedRow(row=each) for each in book.rows]
    if matched:
        rows = [replace(each, smelter=smelter(each), dropped=dropped) for each in rows]
    return risks(book, rows, check(declaration, on=ON), lists=Lists(**lists), on=ON)


def codes(found: list[Risk]):
    return [(risk.finding.code, risk.iso2, risk.region) for risk in found]


def test_clean_declaration_has_no_risk():
    assert told(clean(), cahra=CAHRA, covered=covered_countries()) == []


def test_origin_in_a_listed_region_tells_place_list_and_day():
    (risk,) = told(row(6, mine_countries="North Kivu"), cahra=CAHRA)

    assert (risk.finding.code, risk.iso2, risk.region) == ("RISK-01", "CD", "CD-NK")
    assert risk.finding.where == "Smelter List!O6"
    assert risk.finding.values["areas"] == "North Kivu"
    assert risk.finding.values["since"] == "2020-12-17"
    assert "look closer, not to stop buying" in risk.finding.fix


def test_country_without_region_is_met_by_each_of_its_regions_and_is_covered_too():
    found = told(row(6, mine_countries="DRC"), cahra=CAHRA, covered=covered_countries())

    assert [each for each in codes(found) if each[0] in ("RISK-01", "RISK-02")] == [
        ("RISK-01", "CD", ""),
        ("RISK-02", "CD", ""),
    ]
    assert found[0].finding.values["areas"] == "North Kivu, Ituri"


def test_area_no_longer_listed_on_the_effective_date_is_no_risk():
    assert told(row(6, mine_countries="Mali"), cahra=CAHRA) == []


def test_same_fact_of_two_rows_is_one_risk_without_rows_in_its_values():
    lines = tuple(
        replace(line, mine_countries="North Kivu") if line.row in (6, 7) else line for line in clean().smelters
    )

    (risk,) = told(clean(smelters=lines), cahra=CAHRA)

    assert risk.finding.where == "Smelter List!O6:O7"
    assert risk.finding.values["metals"] == "Tin, Gold"


def interval(status, since, until, cid):
    return StatusInterval(
        cid=cid,
        metal="Tin",
        scheme="RMAP",
        status=status,
        since=since,
        until=until,
        source="list of June",
        published=date(2025, 6, 1),
    )


def tin_cid():
    return next(each.cid for each in Book(clean()).rows if each.mineral == "tin")


def test_ended_assurance_is_told_and_a_running_one_is_not():
    ended = interval("conformant", date(2023, 1, 1), date(2025, 5, 1), tin_cid())
    running = interval("active", date(2025, 5, 2), None, tin_cid())

    assert [each.finding.code for each in told(clean(), statuses=(ended,))] == ["RISK-03"]
    assert told(clean(), statuses=(ended, running)) == []


def test_status_that_vouches_for_nothing_is_told_with_its_source():
    (risk,) = told(clean(), statuses=(interval("suspended", date(2025, 5, 2), None, tin_cid()),))

    assert risk.finding.code == "RISK-04"
    assert "is “suspended” with RMAP since 2025-05-02. Source: list of June." in risk.finding.message


def test_smelter_that_left_the_register_is_told_once_a_smelter():
    assert {each.finding.code for each in told(clean(), dropped="CMRT 6.5")} == {"RISK-05"}


def test_sanctioned_names_of_smelter_and_company_are_told_apart():
    parties = (
        ListedParty(reference="X1", kind="entity", names=("Fundición Ejemplo",)),
        ListedParty(reference="X2", kind="entity", names=(clean().company.name,)),
    )
    screen = Screen([ScreenedList(title="Test list", edition="of May", published_on=None, parties=parties)])

    found = told(with_rows(not_listed(9)), screen=screen)

    assert [(each.finding.code, each.finding.values["reference"]) for each in found] == [
        ("RISK-08", "X2"),
        ("RISK-06", "X1"),
    ]
    assert "Equal names are not yet the same party." in found[0].finding.message


def test_rows_behind_which_nobody_knows_a_smelter_are_counted():
    line = replace(not_listed(9), lookup="Smelter not yet identified", name=None, country=None, city=None)

    found = told(with_rows(line), matched=False)

    assert [(each.finding.code, each.finding.values["count"]) for each in found if each.finding.code < "RISK-12"] == [
        ("RISK-10", "1"),
        ("RISK-11", "4"),
    ]


def test_answer_that_the_rows_contradict_is_a_risk():
    found = every_risk(row(6, mine_countries="DRC"))

    assert "RISK-12" in [each.finding.code for each in found]


def test_risk_speaks_three_languages():
    (risk,) = told(row(6, mine_countries="North Kivu"), cahra=CAHRA)

    assert in_language(risk.finding, "fr").title.startswith("Origine dans une zone à haut risque")
    assert in_language(risk.finding, "es").title.startswith("Origen en una zona de alto riesgo")
