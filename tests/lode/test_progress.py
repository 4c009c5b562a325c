"""Shares counted by hand: three questions of weights 3, 2 and 1, on the scale 0, 10, 50, 80, 100."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lode.progress import (
    LADDER,
    Change,
    Gap,
    Level,
    Scale,
    StepShare,
    Weighed,
    level_change,
    level_on,
    number_change,
    percent,
    step_share,
    total_share,
    whole_change,
)

SCALE = Scale(
    points=dict(zip(LADDER, (0, 10, 50, 80, 100), strict=True)),
    least_answered=50,
    most_not_applicable=40,
    step_weights={"1": 25, "2": 25, "3": 25, "4": 10, "5": 15},
)


def asked(*levels, weights=(3, 2, 1), step="1"):
    return [Weighed(step, weight, level) for weight, level in zip(weights, levels, strict=True)]


def share(step, value, gap=None):
    return StepShare(step=step, share=value, gap=gap, asked=1, answered=1, not_applicable=0)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        # (3 x 80 + 2 x 50 + 1 x 0) / 600
        ((Level.DOCUMENTED, Level.IN_PLACE, Level.NOT_STARTED), Fraction(340, 600)),
        ((Level.REVIEWED, Level.REVIEWED, Level.REVIEWED), Fraction(1)),
        ((Level.NOT_STARTED, Level.NOT_STARTED, Level.NOT_STARTED), Fraction(0)),
        # the last does not apply: (3 x 80 + 2 x 10) / 500
        ((Level.DOCUMENTED, Level.PLANNED, Level.NOT_APPLICABLE), Fraction(260, 500)),
        # nobody answered the last: the share is of the first two, not of all three
        ((Level.DOCUMENTED, Level.PLANNED, None), Fraction(260, 500)),
    ],
)
def test_step_share_by_hand(levels, expected):
    assert step_share("1", asked(*levels), SCALE).share == expected


def test_step_share_counts_what_is_unanswered_apart():
    found = step_share("1", asked(Level.DOCUMENTED, None, Level.NOT_APPLICABLE), SCALE)

    assert found == StepShare(step="1", share=Fraction(8, 10), gap=None, asked=3, answered=1, not_applicable=1)
    assert found.unanswered == 1


@pytest.mark.parametrize(
    ("levels", "gap"),
    [
        ((None, None, None), Gap.TOO_FEW_ANSWERS),
        # weight 2 of 6 is answered, a third: under half
        ((None, Level.REVIEWED, None), Gap.TOO_FEW_ANSWERS),
        # weight 3 of 6 does not apply, a half: over 40 %
        ((Level.NOT_APPLICABLE, Level.REVIEWED, Level.REVIEWED), Gap.NOT_APPLICABLE),
        ((Level.NOT_APPLICABLE, Level.NOT_APPLICABLE, Level.NOT_APPLICABLE), Gap.NOT_APPLICABLE),
    ],
)
def test_step_without_a_share_says_why(levels, gap):
    found = step_share("1", asked(*levels), SCALE)

    assert (found.share, found.gap) == (None, gap)


def test_step_of_which_nothing_is_asked_has_no_share():
    assert step_share("4", asked(Level.REVIEWED, Level.REVIEWED, Level.REVIEWED), SCALE).gap is Gap.NOTHING_ASKED


def test_question_without_weight_is_no_part_of_the_share():
    found = step_share("1", asked(Level.REVIEWED, Level.NOT_STARTED, weights=(2, 0)), SCALE)

    assert (found.share, found.asked) == (Fraction(1), 1)


def test_total_weighs_the_steps():
    steps = [share("1", Fraction(80, 100)), share("2", Fraction(60, 100)), share("3", Fraction(40, 100))]
    steps += [share("4", Fraction(100, 100)), share("5", Fraction(20, 100))]

    # (25 x 80 + 25 x 60 + 25 x 40 + 10 x 100 + 15 x 20) / 100 = 58
    assert total_share(steps, SCALE) == Fraction(58, 100)


def test_total_leaves_out_a_step_that_does_not_apply():
    steps = [share("1", Fraction(80, 100)), share("4", None, Gap.NOT_APPLICABLE), share("5", Fraction(20, 100))]

    # (25 x 80 + 15 x 20) / 40 = 57.5
    assert total_share(steps, SCALE) == Fraction(575, 1000)


def test_total_waits_for_a_step_with_too_few_answers():
    assert total_share([share("1", Fraction(1)), share("2", None, Gap.TOO_FEW_ANSWERS)], SCALE) is None


def test_total_without_any_share_is_none():
    assert total_share([share("1", None, Gap.NOTHING_ASKED)], SCALE) is None


@pytest.mark.parametrize(("value", "whole"), [((1, 200), 1), ((575, 1000), 58), ((2, 3), 67), ((0, 1), 0)])
def test_percent_rounds_half_up(value, whole):
    assert percent(Fraction(*value)) == whole


@pytest.mark.parametrize(
    ("reviewed_on", "expected"),
    [
        (date(2026, 3, 31), Level.REVIEWED),
        (date(2025, 3, 31), Level.REVIEWED),
        (date(2025, 3, 30), Level.DOCUMENTED),
        (date(2026, 4, 1), Level.DOCUMENTED),
        (None, Level.DOCUMENTED),
    ],
)
def test_review_counts_for_twelve_months(reviewed_on, expected):
    assert level_on(Level.REVIEWED, reviewed_on, date(2026, 3, 31)) is expected


def test_review_is_judged_on_the_last_day_of_february_too():
    assert level_on(Level.REVIEWED, date(2027, 2, 28), date(2028, 2, 29)) is Level.REVIEWED


@pytest.mark.parametrize(
    ("last", "this", "expected"),
    [
        (Level.DOCUMENTED, Level.IN_PLACE, Change.FELL),
        (Level.NOT_STARTED, Level.IN_PLACE, Change.LEAPT),
        (Level.IN_PLACE, Level.DOCUMENTED, None),
        (Level.IN_PLACE, Level.IN_PLACE, None),
        (None, Level.REVIEWED, None),
        (Level.REVIEWED, Level.NOT_APPLICABLE, None),
    ],
)
def test_level_change(last, this, expected):
    assert level_change(last, this) is expected


@pytest.mark.parametrize(
    ("last", "this", "expected"),
    [(20, 27, Change.MOVED), (20, 26, None), (10, 15, None), (100, 120, None), (3, 0, Change.VANISHED), (0, 9, None)],
)
def test_number_change(last, this, expected):
    assert number_change(Fraction(last), Fraction(this)) is expected


@pytest.mark.parametrize(("last", "this", "expected"), [(10, 13, Change.SCOPE), (10, 12, None), (0, 8, None)])
def test_whole_change(last, this, expected):
    assert whole_change(Fraction(last), Fraction(this)) is expected


levels = st.none() | st.sampled_from(list(Level))
questions = st.lists(st.builds(Weighed, st.just("1"), st.integers(0, 3), levels), max_size=12)


@given(questions)
def test_share_lies_between_the_lowest_and_the_highest_answer(told):
    found = step_share("1", told, SCALE)

    points = [SCALE.points[q.level] for q in told if q.weight and q.level in LADDER]
    assert found.share is None or min(points) <= found.share * 100 <= max(points)
    assert found.asked == found.answered + found.not_applicable + found.unanswered


@given(questions)
def test_an_unanswered_question_never_lowers_a_share(told):
    before = step_share("1", told, SCALE).share
    after = step_share("1", [*told, Weighed("1", 1, None)], SCALE).share

    assert None in (before, after) or before == after
