"""What every test of the site needs: the cloned database, and people of two organisations."""

import time

import pytest
from django.utils import translation

from eprm.office import factors


@pytest.fixture(autouse=True)
def known_second_factor_rules(monkeypatch):
    """Read at most every half minute, so that a page's count of queries would hang on the clock."""
    monkeypatch.setattr(factors, "_known", (time.monotonic(), ()))


@pytest.fixture(autouse=True)
def english():
    """A page read in French in one test leaves its language to the next."""
    with translation.override("en"):
        yield
