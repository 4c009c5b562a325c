"""The Smelter List against a register: numbers, names, places, and what schemes said of a smelter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.lode.rmi.declarations import ON, clean, codes, not_listed, row, with_rows
from tests.workbooks import smelter

from lode.findings import Finding
from lode.rmi.check import check
from lode.rmi.declaration import Declaration
from lode.smelters.register import Name, Register, Release, Smelter, StatusInterval


def known(cid: str, metal: str, name: str, country: str, city: str, last: str = "6.5", *others: str) -> Smelter:
    names = (Name(name=name, kind="standard", first="6.4", last=last),)
    names += tuple(Name(name=other, kind="alias", first="6.4", last=last) for other in others)
    return Smelter(
        cid=cid, metal=metal, name=name, country=country, state=None, city=city, first="6.4", last=last, names=names
    )


REGISTER = Register(
    releases=(
        Release(template="CMRT", revision="6.4", date=date(2024, 4, 26), sha256="a"),
        Release(template="CMRT", revision="6.5", date=date(2025, 4, 25), sha256="b"),
    ),
    smelters=(
        known("CID900202", "Tantalum", "Ulan Tantalum JSC", "KAZAKHSTAN", "Oskemen"),
        known("CID900301", "Tin", "Straits Tin Refining", "MALAYSIA", "Butterworth", "6.5", "Straits Tin"),
        known("CID900303", "Tin", "Estaño del Altiplano", "BOLIVIA (PLURINATIONAL STATE OF)", "Oruro", "6.4", "EDA"),
        known("CID900304", "Tin", "Estano del Altiplano", "BOLIVIA (PLURINATIONAL STATE OF)", "Oruro"),
        known("CID900101", "Gold", "Aurelia Refining", "SWITZERLAND", "Chiasso", "6.5", "Aurelia"),
        known("CID900401", "Tungsten", "Alpin Wolfram GmbH", "AUSTRIA", "Sankt Martin"),
    ),
)
STATUS = StatusInterval(
    cid="CID900301",
    metal="Tin",
    scheme="RMAP",
    status="Conformant",
    since=date(2024, 1, 1),
    until=None,
    source="A list somebody loaded",
    published=date(2025, 10, 1),
)


def against(declaration: Declaration, *statuses: StatusInterval, on: date = ON) -> list[Finding]:
    return check(declaration, on=on, register=REGISTER, statuses=statuses)


def test_a_declaration_that_agrees_with_the_register() -> None:
    assert against(clean(), STATUS) == []


@pytest.mark.parametrize(
    ("declaration", "code", "where"),
    [
        (replace(row(6, cid="CID999999"), lookup=()), "CMRT-P22", "Smelter List!F6"),
        (row(8, cid="CID900301"), "CMRT-P55", "Smelter List!F8, B8"),
        (
            with_rows(smelter(9, "Tin", "Estaño del Altiplano")),
            "CMRT-P56",
            "Smelter List!F9",
        ),
        (row(6, cid="CID900304", name=None, country=None, city=None), "CMRT-P23", "Smelter List!F6, C6"),
        (row(6, country="CHINA"), "CMRT-P24", "Smelter List!F6, E6"),
        (row(6, city="Phuket"), "CMRT-P34", "Smelter List!F6, I6"),
        (
            with_rows(not_listed(9, name="STRAITS TIN REFINING SDN. BHD.", country="MALAYSIA", city="Butterworth")),
            "CMRT-P28",
            "Smelter List!D9",
        ),
    ],
)
def test_a_row_that_disagrees_with_the_register(declaration: Declaration, code: str, where: str) -> None:
    assert [(each.code, each.where) for each in against(declaration)] == [(code, where)]


def test_the_revision_that_last_had_a_removed_smelter_is_named() -> None:
    (finding,) = against(with_rows(smelter(9, "Tin", "Estaño del Altiplano")))

    assert (finding.values["last"], finding.values["newest"]) == ("6.4", "6.5")


def test_what_an_older_look_up_filled_in_is_not_held_against_the_sender() -> None:
    declaration = clean()
    moved = tuple(replace(line, city="Penang") if line.cid == "CID900301" else line for line in declaration.lookup)
    filled = replace(row(6, city="Penang"), lookup=moved)

    assert against(filled) == []
    assert codes(against(replace(filled, smelters=row(6, city="Phuket").smelters))) == ["CMRT-P34"]


def test_an_alias_is_no_contradiction() -> None:
    assert against(row(6, lookup="Straits Tin", name="Straits Tin")) == []


def test_one_plant_under_two_numbers() -> None:
    declaration = with_rows(
        smelter(9, "Tin", "Estaño del Altiplano"), smelter(10, "Tin", "EDA", cid="CID900304", name=None)
    )

    twice = [each for each in against(declaration) if each.code == "CMRT-P35"]

    assert [(each.where, each.values["cids"]) for each in twice] == [("Smelter List!C9:C10", "CID900303, CID900304")]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((STATUS,), []),
        ((replace(STATUS, until=date(2025, 9, 1)),), ["CMRT-P32"]),
        ((replace(STATUS, until=date(2025, 10, 15)),), ["CMRT-P32"]),
        ((replace(STATUS, status="Removed"),), ["CMRT-P32"]),
        ((replace(STATUS, until=date(2025, 9, 1)), replace(STATUS, since=date(2025, 9, 2))), []),
        ((replace(STATUS, until=date(2025, 9, 1)), replace(STATUS, scheme="LBMA")), ["CMRT-P32"]),
        ((replace(STATUS, cid="CID900999", until=date(2025, 9, 1)),), []),
        ((replace(STATUS, since=date(2025, 12, 1), status="Removed"),), []),
        ((replace(STATUS, until=ON),), []),
    ],
)
def test_a_status_that_had_ended(statuses: tuple[StatusInterval, ...], expected: list[str]) -> None:
    assert codes(against(clean(), *statuses)) == expected


def test_the_day_from_which_an_ended_status_is_seen() -> None:
    (finding,) = against(clean(), replace(STATUS, until=date(2025, 10, 15)))

    assert (finding.values["since"], finding.values["day"]) == ("2025-10-15", "2025-11-03")


def test_without_a_register_none_of_this_is_asked() -> None:
    assert check(row(6, country="CHINA"), on=ON) == []
