"""What an officer would ask for first."""

from dataclasses import replace
from datetime import date

import pytest

from lode.concerns import ConcernFacts, lacks

ON = date(2026, 11, 26)
WHOLE = ConcernFacts(
    importer="Alpin Wolfram GmbH",
    duty="4",
    text="word " * 30,
    happened_on=date(2026, 9, 1),
    known_by="seen",
    evidence=1,
)


def test_lacks_nothing_where_everything_is_said():
    assert lacks(WHOLE, on=ON) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"importer": "  "}, ("who",)),
        ({"text": "word " * 29}, ("what",)),
        ({"happened_on": None}, ("when",)),
        ({"happened_on": date(2026, 11, 27)}, ("future",)),
        ({"duty": "", "known_by": "", "evidence": 0}, ("duty", "known", "evidence")),
    ],
)
def test_lacks_names_what_is_missing_in_the_order_an_officer_asks(change, expected):
    assert lacks(replace(WHOLE, **change), on=ON) == expected
