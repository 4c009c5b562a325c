"""Rate limits in the database."""

import pytest

from eprm.base import limits
from eprm.base.limits import Limit, take, wait_for
from eprm.base.models import Counter

LETTERS = Limit("letters", most=2, seconds=3600)


def test_take_says_when_it_goes_on(db):
    taken = [take(LETTERS, "noor") for _letter in range(3)]

    assert taken[:2] == [None, None]
    assert 0 < taken[2] <= 3600


def test_take_counts_each_by_itself_and_many_at_once(db):
    assert (take(LETTERS, "noor", 2), take(LETTERS, "uwe"), wait_for(LETTERS, "uwe")) == (None, None, None)
    assert wait_for(LETTERS, "noor") is not None


def test_take_begins_anew_with_the_next_stretch(db, monkeypatch):
    take(LETTERS, "noor", 2)
    Counter.objects.update(since="2020-01-01T00:00:00Z")

    assert take(LETTERS, "noor") is None


@pytest.mark.parametrize("most", [1, 3])
def test_wait_for_counts_nothing(db, most):
    limit = limits.Limit("calls", most=most, seconds=60)
    for _call in range(5):
        wait_for(limit, 1)

    assert Counter.objects.count() == 0
