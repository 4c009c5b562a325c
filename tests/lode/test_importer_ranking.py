"""Points for each fact, none decided by one fact alone; the years' arithmetic at its edges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.importer_ranking import AT_MOST, KEYS, ImporterFacts, Weight, check_due, rank, whole_years

ON = date(2026, 11, 26)
QUIET = ImporterFacts(
    bound_lines=0,
    highest_ratio=Decimal(0),
    high_risk_origins=(),
    origins_unknown=0,
    documents_missing=(),
    concerns=0,
    infringements=0,
    last_check=ON,
)
WEIGHTS = [Weight(key=key, points=10) for key in KEYS]


def told(facts, weights=WEIGHTS):
    return [(point.key, point.count, point.total) for point in rank(facts, weights, on=ON).points]


def test_rank_of_an_importer_checked_today_with_nothing_against_it_is_zero():
    assert (told(QUIET), rank(QUIET, WEIGHTS, on=ON).score) == ([], 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"bound_lines": 2}, [("bound_line", 2, 20)]),
        ({"highest_ratio": Decimal("1.99")}, []),
        ({"highest_ratio": Decimal("3.2")}, [("volume_multiple", 2, 20)]),
        ({"highest_ratio": Decimal(40000)}, [("volume_multiple", 10, 100)]),
        ({"high_risk_origins": ("Nord-Kivu",)}, [("high_risk_origin", 1, 10)]),
        ({"documents_missing": ("audit", "report")}, [("document_missing", 2, 20)]),
        ({"concerns": 9}, [("concern", 3, 30)]),
        ({"last_check": None}, [("never_checked", 1, 10)]),
        ({"last_check": date(2024, 11, 27)}, [("year_unchecked", 1, 10)]),
        ({"last_check": date(2024, 11, 26)}, [("year_unchecked", 2, 20)]),
    ],
)
def test_rank_gives_points_for_each_fact(change, expected):
    assert told(replace(QUIET, **change)) == expected


def test_rank_names_what_it_counts():
    facts = replace(QUIET, high_risk_origins=("Nord-Kivu", "Sud-Kivu"))

    assert rank(facts, WEIGHTS, on=ON).points[0].values == ("Nord-Kivu", "Sud-Kivu")


def test_rank_of_a_fact_without_weight_adds_nothing():
    assert told(replace(QUIET, concerns=1), [Weight(key="concern", points=0)]) == []


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.decimals(0, 10**9, places=2))
def test_rank_never_passes_what_all_facts_together_may_add(lines, concerns, ratio):
    facts = replace(QUIET, bound_lines=lines, concerns=concerns, highest_ratio=ratio)

    assert 0 <= rank(facts, WEIGHTS, on=ON).score <= sum(10 * most for most in AT_MOST.values())


@pytest.mark.parametrize(
    ("since", "years"), [(ON, 0), (date(2025, 11, 26), 1), (date(2025, 11, 27), 0), (date(2027, 1, 1), 0)]
)
def test_whole_years(since, years):
    assert whole_years(since, ON) == years


@pytest.mark.parametrize(
    ("last", "filed", "due"),
    [
        (None, date(2026, 3, 1), date(2036, 3, 1)),
        (date(2024, 2, 29), date(2026, 3, 1), date(2034, 2, 28)),
    ],
)
def test_check_due_within_ten_years_of_the_last_check_or_the_filing(last, filed, due):
    assert check_due(last, filed, within_years=10) == due
