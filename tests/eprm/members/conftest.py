"""The secretariat, a company and a board seat, as their own actions make them."""

import pytest

from eprm.people import actions as people_actions
from eprm.people.identity import acting_for
from tests.eprm.people.conftest import make_person


@pytest.fixture
def noor(db):
    person = make_person("noor@halden.example")
    people_actions.register_organisation(name="Halden Instruments B.V.", country="NL", tier="brand", by=person)
    return person


@pytest.fixture
def jonas(db):
    person = make_person("jonas@veldkamp.example")
    people_actions.register_organisation(name="Veldkamp Mobility N.V.", country="NL", tier="brand", by=person)
    return person


@pytest.fixture
def femke(db):
    person = make_person("femke@eprm.example")
    people_actions.found_secretariat(name="EPRM Secretariat", country="NL", place="", by=person)
    return person


@pytest.fixture
def halden(noor):
    return noor.current_memberships[0].organisation


@pytest.fixture
def as_femke(femke):
    with acting_for(femke, path="test"):
        yield femke


@pytest.fixture
def as_noor(noor):
    with acting_for(noor, path="test"):
        yield noor
