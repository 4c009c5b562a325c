"""What a field visit lacks, and whom its words name."""

from datetime import date

import pytest

from lode.visits import Unnamed, VisitFacts, check_visit, first_day, names_in

ALL = {"supply_chain": 2, "government": 1, "civil_society": 1}


def codes(**facts):
    return [found.code for found in check_visit(VisitFacts(**{"pillars": ALL, **facts}))]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"pillars": {"supply_chain": 4, "government": 0}}, ["VISIT-02", "VISIT-03"]),
        ({"pillars": {}}, ["VISIT-01", "VISIT-02", "VISIT-03"]),
        ({"has_begun": True}, ["VISIT-04"]),
        ({"has_begun": True, "actors_heard": 1}, []),
        ({"concerns_alone": 2, "photos_unstated": 3}, ["VISIT-05", "VISIT-06"]),
        ({"named": ("Rehema Bahati",)}, ["VISIT-07"]),
    ],
)
def test_check_visit_says_everything_at_once(facts, expected):
    assert codes(**facts) == expected


def test_check_visit_says_how_many():
    found = check_visit(VisitFacts(pillars=ALL, concerns_alone=2))

    assert found[0].message == "Concerns without a follow-up: 2."


REHEMA = Unnamed("Rehema Bahati", one_person=True)
MINERS = Unnamed("Coopérative Minière de Mongbwalu", one_person=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A woman told us of the shaft.", ()),
        ("rehema bahati told us", ("Rehema Bahati",)),
        ("Réhéma  Bahati, who sorts ore", ("Rehema Bahati",)),
        ("“Bahati” says", ("Rehema Bahati",)),
        ("bahati is a word for luck", ()),
        ("Bahatisha is another name", ()),
        ("The cooperative minière of Ituri", ()),
        ("the COOPERATIVE MINIERE DE MONGBWALU weighs", ("Coopérative Minière de Mongbwalu",)),
    ],
)
def test_names_in_finds_who_has_not_agreed(text, expected):
    assert names_in(text, [REHEMA, MINERS]) == expected


def test_names_in_takes_no_empty_name_for_a_name():
    assert names_in("anything", [Unnamed("", one_person=True), Unnamed(" – ", one_person=False)]) == ()


def test_first_day_counts_from_the_day_the_delegation_has_left():
    assert first_day(date(2026, 3, 31), 90) == date(2026, 6, 29)
