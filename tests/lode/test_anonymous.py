"""Groups by hand, and every sum and difference of told groups by brute force."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.anonymous import Hidden, Sum, may_replace, mean, pooled, rounded, told_parts

LEAST = 5


def test_parts_large_enough_are_told():
    assert told_parts({"chain": 9, "civil": 6, "government": 5}, LEAST) == {
        "chain": None,
        "civil": None,
        "government": None,
    }


def test_a_small_part_hides_one_more_so_that_subtracting_tells_nothing():
    # 20 in all: without civil society's 9, chain's 8 leave 3 governments to be had by subtraction
    assert told_parts({"chain": 8, "civil": 9, "government": 3}, LEAST) == {
        "chain": Hidden.WOULD_TELL,
        "civil": None,
        "government": Hidden.TOO_FEW,
    }


def test_two_small_parts_that_hide_each_other_leave_the_large_one_told():
    assert told_parts({"chain": 8, "civil": 3, "government": 2}, LEAST) == {
        "chain": None,
        "civil": Hidden.TOO_FEW,
        "government": Hidden.TOO_FEW,
    }


def test_nobody_is_told_of_a_group_of_four():
    assert told_parts({"chain": 4}, LEAST) == {"chain": Hidden.TOO_FEW}
    assert mean([Fraction(1, 2)] * 4, LEAST) is None


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1), st.integers(1, 9))
def test_no_sum_or_difference_of_told_groups_is_small(sizes, least):
    verdict = told_parts(sizes, least)
    told = [name for name in sizes if verdict[name] is None]
    whole = sum(sizes.values())

    for some in chain.from_iterable(combinations(told, n) for n in range(len(told) + 1)):
        together = sum(sizes[name] for name in some)
        assert together == 0 or together >= least
        if whole >= least:
            assert whole - together == 0 or whole - together >= least


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1))
def test_nothing_is_hidden_without_need(sizes):
    verdict = told_parts(sizes, LEAST)

    assert all(verdict[name] is None for name in sizes) or min(sizes.values()) < LEAST


@pytest.mark.parametrize(
    ("share", "expected"), [((0, 1), 0), ((1, 40), 5), ((24, 1000), 0), ((62, 100), 60), ((1, 1), 100)]
)
def test_rounded_to_five_points(share, expected):
    assert rounded(Fraction(*share)) == expected


@given(st.fractions(0, 1))
def test_rounding_is_at_most_half_a_step_off(share):
    assert abs(rounded(share) - share * 100) <= Fraction(5, 2)


def test_mean_by_hand():
    # (40 + 50 + 60 + 70 + 93) / 5 = 62.6
    shares = [Fraction(n, 100) for n in (40, 50, 60, 70, 93)]

    assert mean(shares, LEAST) == 65


@given(st.lists(st.integers(0, 100), min_size=5, max_size=12), st.integers(0, 100))
def test_one_more_member_moves_a_rounded_mean_too_little_to_be_told(shares, newcomer):
    """From both tellings an onlooker learns the newcomer's share only to some 25 points either way, or worse."""
    before = mean([Fraction(n, 100) for n in shares], LEAST)
    after = mean([Fraction(n, 100) for n in [*shares, newcomer]], LEAST)

    guess = after * (len(shares) + 1) - before * len(shares)
    uncertainty = Fraction(5, 2) * (2 * len(shares) + 1)
    assert abs(guess - newcomer) <= uncertainty
    assert uncertainty >= 27


def test_pooled_sum_of_enough_members():
    assert pooled([Fraction(n) for n in (10, 12, 9, 11, 8)], LEAST) == Sum(5, Fraction(50), None)


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ((1, 2, 3, 4), Hidden.TOO_FEW),
        # 70 of 100 come from one
        ((70, 10, 10, 5, 5), Hidden.DOMINATED),
        # 50 + 40 of 100 come from two
        ((50, 40, 4, 3, 3), Hidden.DOMINATED),
    ],
)
def test_pooled_sum_that_would_tell_of_one(values, hidden):
    found = pooled([Fraction(value) for value in values], LEAST)

    assert (found.value, found.hidden) == (None, hidden)


def test_pooled_sum_of_nothing_is_nothing():
    assert pooled([Fraction(0)] * 5, LEAST) == Sum(5, Fraction(0), None)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abcdef", "abcdef", True),
        ("abcdef", "abcdefg", False),
        ("abcdef", "abcdefghijk", True),
        ("abcdef", "abcde", False),
        # one corrected: the old one gone, the new one come
        ("abcdef", "abcdeF", False),
        ("", "abcde", True),
        ("", "abcd", False),
    ],
)
def test_may_replace(before, after, expected):
    assert may_replace(before, after, LEAST) is expected
