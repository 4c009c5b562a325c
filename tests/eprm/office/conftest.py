"""Femke and Idris of the secretariat, and Noor of Halden."""

import pytest

from eprm.office import factors
from tests import factories
from tests.signing_in import sign_in


@pytest.fixture(autouse=True)
def nothing_known():
    """Rules about second factors are kept for half a minute; not from one test to the next."""
    factors.forget()
    yield
    factors.forget()


@pytest.fixture
def office(db):
    return factories.organisation("EPRM", tier="secretariat")


@pytest.fixture
def femke(office):
    return factories.member("manager", office, "Femke")


@pytest.fixture
def idris(office):
    return factories.member("officer", office, "Idris")


@pytest.fixture
def noor(db):
    return factories.member("manager", factories.organisation(), "Noor")


@pytest.fixture
def page(femke):
    return sign_in(femke)
