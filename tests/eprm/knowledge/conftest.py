"""Readers of the hub."""

import pytest

from tests import factories
from tests.eprm.knowledge import shelf


@pytest.fixture
def noor(db):
    return factories.member("officer", name="Noor")


@pytest.fixture
def lotte(db):
    return shelf.editor(factories.member("officer", factories.organisation("EPRM", tier="secretariat"), "Lotte"))
