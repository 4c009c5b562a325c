"""What the schemes said of a smelter on a day."""

from dataclasses import dataclass
from datetime import date

import pytest

from eprm.diligence.standing import UNKNOWN, Standing, standing_on

ON = date(2026, 11, 22)


@dataclass
class Said:
    status: str
    since: date
    until: date | None = None
    scheme: str = "RMAP"
    source: str = "list"


EARLY, LATE, ENDED = date(2024, 1, 1), date(2026, 12, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("intervals", "key"),
    [
        ([], "unknown"),
        ([Said("conformant", EARLY)], "conformant"),
        ([Said("Conformant ", EARLY)], "conformant"),
        ([Said("conformant", EARLY, ON)], "conformant"),
        ([Said("conformant", EARLY, ENDED)], "lapsed"),
        ([Said("active", EARLY, ENDED)], "lapsed"),
        ([Said("conformant", LATE)], "unknown"),
        ([Said("active", EARLY)], "active"),
        ([Said("suspended", EARLY)], "not_conformant"),
        ([Said("suspended", EARLY, ENDED)], "unknown"),
        ([Said("suspended", EARLY), Said("conformant", EARLY, scheme="LBMA")], "conformant"),
        ([Said("conformant", EARLY, ENDED), Said("active", ENDED)], "active"),
        ([Said("conformant", EARLY, ENDED), Said("removed", ENDED)], "not_conformant"),
    ],
)
def test_standing_on_a_day(intervals, key):
    assert standing_on(intervals, ON).key == key


def test_standing_rests_on_the_interval_it_names():
    standing = standing_on([Said("conformant", EARLY, LATE)], ON)

    assert standing == Standing("conformant", "RMAP", EARLY, LATE, "list")


def test_standing_of_nothing_rests_on_nothing():
    assert standing_on([], ON) == UNKNOWN
