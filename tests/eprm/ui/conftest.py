import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """Each test starts in English, whatever language a request before it was answered in."""
    with translation.override("en"):
        yield
