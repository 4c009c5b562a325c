from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.translation import ngettext_lazy

from eprm.ui import words

THIN, HARD = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "places", "said"),
    [
        (91400, "kg", None, f"91{THIN}400{HARD}kg"),
        (0, "", None, "0"),
        (None, "kg", None, ""),
        (Decimal("431.50"), "kg", None, f"431.50{HARD}kg"),
        (Decimal("1E+3"), "", None, f"1{THIN}000"),
        (1234.5, "t", 0, f"1{THIN}235{HARD}t"),
        (-3, "", None, "−3"),
        (1_000_000, "", None, f"1{THIN}000{THIN}000"),
    ],
)
def test_number_sets_thousands_apart_and_the_unit_beside(value, unit, places, said):
    assert words.number(value, unit, places) == said


def test_counted_unit_agrees_with_its_number():
    people = words.Counted(ngettext_lazy("person", "people", "n"))

    said = [words.number(value, people) for value in (0, 1, 2, Decimal("1.5"))]

    assert (said, str(people)) == (["0\xa0people", "1\xa0person", "2\xa0people", "1.5\xa0people"], "people")


def test_number_in_french_has_a_decimal_comma():
    with translation.override("fr"):
        assert words.number(Decimal("1820.5"), "kg") == f"1{THIN}820,5{HARD}kg"


@pytest.mark.parametrize(
    ("fraction", "said"), [(0.258, f"25.8{HARD}%"), (1, f"100{HARD}%"), (0, f"0{HARD}%"), (None, "")]
)
def test_percent_of_a_fraction(fraction, said):
    assert words.percent(fraction) == said


@pytest.mark.parametrize(("language", "said"), [("en", "18 Nov 2026"), ("fr", "18 nov. 2026"), ("es", "18 nov 2026")])
def test_day_in_each_language(language, said):
    with translation.override(language):
        assert words.day(date(2026, 11, 18)) == said.replace(" ", HARD)


def test_the_first_day_of_a_month_is_an_ordinal_in_french():
    with translation.override("fr"):
        assert words.day(date(2026, 1, 1)) == "1er janv. 2026".replace(" ", HARD)


def test_moment_names_the_clock():
    at = datetime(2026, 11, 18, 16, 42, tzinfo=UTC)

    assert words.moment(at) == "18 Nov 2026, 16:42 UTC".replace(" ", HARD).replace(f",{HARD}", ", ")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, f"0{HARD}B"), (999, f"999{HARD}B"), (412_345, f"412{HARD}kB"), (30_000_000, f"30.0{HARD}MB"), (None, "")],
)
def test_size_of_a_file(count, said):
    assert words.size(count) == said


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("en", "CD", "DR Congo"),
        ("fr", "DE", "Allemagne"),
        ("es", "RW", "Ruanda"),
        ("en", "ZZZ", "ZZZ"),
        ("en", None, ""),
    ],
)
def test_country_in_each_language(language, code, name):
    with translation.override(language):
        assert words.country(code) == name


def test_a_zone_without_a_name_is_told_by_its_distance_from_utc():
    at = datetime(2026, 12, 22, 14, 0, tzinfo=UTC)

    told = [words.clock_name(at.astimezone(ZoneInfo(zone))) for zone in ("America/Bogota", "Europe/Amsterdam", "UTC")]

    assert told == ["UTC−05", "CET", "UTC"]
