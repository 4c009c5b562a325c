from decimal import Decimal

import pytest

from eprm.ui.bounds import Bounds, Limit

HARD = "\u00a0"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.31, 0.74, f"between 31{HARD}% and 74{HARD}%"),
        (0, 1, "nothing known yet"),
        (0.62, 0.62, f"exactly 62{HARD}%"),
        (Decimal("0.319"), Decimal("0.741"), f"between 31{HARD}% and 75{HARD}%"),
        (1, 1, f"exactly 100{HARD}%"),
        (0, 0, f"exactly 0{HARD}%"),
    ],
)
def test_said_rounds_outwards(low, high, said):
    assert Bounds(low, high).said == said


@pytest.mark.parametrize(("low", "high"), [(0.7, 0.3), (-0.1, 0.5), (0.5, 1.1)])
def test_bounds_that_are_no_share_are_refused(low, high):
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        Bounds(low, high)


def test_limits_stay_inside_the_bar():
    assert Bounds(0, 1).limits == [Limit(f"0{HARD}%", 0, "start"), Limit(f"100{HARD}%", 100, "end")]


def test_limits_close_together_run_apart():
    assert Bounds(0.88, 0.93).limits == [Limit(f"88{HARD}%", 88, "end"), Limit(f"93{HARD}%", 93, "start")]


def test_limits_close_to_an_edge_keep_their_distance():
    assert Bounds(0.96, 0.99).limits == [Limit(f"96{HARD}%", 83, "end"), Limit(f"99{HARD}%", 99, "end")]


def test_an_exact_share_has_one_limit():
    assert Bounds(0.62, 0.62).limits == [Limit(f"62{HARD}%", 62, "middle")]


def test_described_names_the_mineral():
    assert Bounds(0.31, 0.74, "tin").described == (f"Share of responsible tin: at least 31{HARD}%, at most 74{HARD}%")
