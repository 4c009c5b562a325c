"""Size by Recommendation 2003/361/EC, with the Annex's own ceilings."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.enterprise import Ceilings, Figures, Holding, Reason, Shares, Year, size_of, total

D = Decimal
# Annex, Article 2(1) to (3).
CEILINGS = [
    Ceilings("medium", D(250), D(50_000_000), D(43_000_000)),
    Ceilings("small", D(50), D(10_000_000), D(10_000_000)),
    Ceilings("micro", D(10), D(2_000_000), D(2_000_000)),
]
M = 1_000_000


def year(staff, turnover, balance_sheet, of=2025, holdings=()):
    figures = [None if value is None else D(str(value)) for value in (staff, turnover, balance_sheet)]
    return Year(of, Figures(*figures), tuple(holdings))


def holding(percent, staff, turnover, balance_sheet, name="Parent"):
    return Holding(name, D(percent), Figures(D(staff), D(turnover), D(balance_sheet)))


@pytest.mark.parametrize(
    ("staff", "turnover", "balance_sheet", "size"),
    [
        (9, 2 * M, 90 * M, "micro"),
        (9.9, 90 * M, 2 * M, "micro"),
        (10, 2 * M, 2 * M, "small"),
        (9, 2 * M + 1, 2 * M + 1, "small"),
        (49, 10 * M, 90 * M, "small"),
        (49, 90 * M, 10 * M, "small"),
        (50, 10 * M, 10 * M, "medium"),
        (249, 50 * M, 90 * M, "medium"),
        (249, 90 * M, 43 * M, "medium"),
        (249, 50 * M + 1, 43 * M + 1, "large"),
        (249, 50 * M + 1, 43 * M, "medium"),
        (250, 1, 1, "large"),
    ],
)
def test_size_by_the_ceilings_of_article_2(staff, turnover, balance_sheet, size):
    assert size_of([year(staff, turnover, balance_sheet)], CEILINGS).size == size


@pytest.mark.parametrize(
    ("staff", "turnover", "balance_sheet", "size", "missing"),
    [
        (160, 32 * M, None, "medium", None),
        (160, None, 41 * M, "medium", None),
        (160, 60 * M, None, "unknown", "balance_sheet"),
        (160, None, None, "unknown", "turnover"),
        (None, 1, 1, "unknown", "staff"),
        (300, None, None, "large", None),
    ],
)
def test_size_with_unknown_figures_is_never_guessed(staff, turnover, balance_sheet, size, missing):
    found = size_of([year(staff, turnover, balance_sheet)], CEILINGS)

    told = next((r.values["missing"] for r in found.because if r.code == "missing"), None)
    assert (found.size, told) == (size, missing)


def test_size_without_any_year_is_unknown():
    assert size_of([], CEILINGS).because == (Reason("no_figures"),)


@pytest.mark.parametrize(
    ("percent", "staff"),
    [(24, 100), (25, 150), (50, 200), (51, 300), (100, 300)],
)
def test_partners_are_added_in_proportion_and_linked_enterprises_in_full(percent, staff):
    this = year(100, 1 * M, 1 * M, holdings=[holding(percent, 200, 1 * M, 1 * M)])

    assert total(this, Shares()).staff == staff


def test_size_of_a_small_firm_in_a_large_group_is_large():
    found = size_of([year(20, 3 * M, 2 * M, holdings=[holding(51, 21_000, 900 * M, 800 * M)])], CEILINGS)

    assert (found.size, [reason.code for reason in found.because]) == ("large", ["linked", "staff_over"])


@pytest.mark.parametrize(("percent", "size"), [(24, "micro"), (25, "large")])
def test_size_with_a_quarter_in_public_hands_is_not_an_sme(percent, size):
    assert size_of([year(5, 1 * M, 1 * M)], CEILINGS, public_percent=D(percent)).size == size


@pytest.mark.parametrize(
    ("staff_by_year", "is_sme", "last_code"),
    [
        ([240, 260], True, "two_years_still"),
        ([240, 260, 260], False, "staff_over"),
        ([240, 260, 240], True, "turnover_within"),
        ([260, 240], False, "two_years_not_yet"),
        ([260, 240, 240], True, "turnover_within"),
        ([260, 260], False, "staff_over"),
    ],
)
def test_status_changes_only_after_two_years_running(staff_by_year, is_sme, last_code):
    years = [year(staff, 1 * M, 1 * M, of=2020 + at) for at, staff in enumerate(staff_by_year)]

    found = size_of(years, CEILINGS)

    assert (found.is_sme, found.because[-1].code) == (is_sme, last_code)


def test_years_count_in_their_order_however_they_come():
    years = [year(260, M, M, of=2025), year(240, M, M, of=2024)]

    assert size_of(years, CEILINGS) == size_of(years[::-1], CEILINGS)


def test_reasons_hold_the_figures_and_the_limits():
    assert size_of([year(160, 32 * M, 30 * M)], CEILINGS).because == (
        Reason("staff_within", {"year": 2025, "staff": D(160), "limit": D(250)}),
        Reason("turnover_within", {"amount": D(32 * M), "limit": D(50 * M)}),
    )


amounts = st.integers(0, 100 * M).map(D)
RANK = ["micro", "small", "medium", "large"]


@given(st.integers(0, 400).map(D), amounts, amounts, st.integers(0, 100).map(D))
def test_more_staff_never_makes_an_enterprise_smaller(staff, turnover, balance_sheet, more):
    before = size_of([Year(2025, Figures(staff, turnover, balance_sheet))], CEILINGS).size
    after = size_of([Year(2025, Figures(staff + more, turnover, balance_sheet))], CEILINGS).size

    assert RANK.index(after) >= RANK.index(before)
