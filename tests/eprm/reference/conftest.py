"""The lists the platform knows, with an officer of a company and one of the secretariat."""

import pytest

from eprm.people import actions
from eprm.people.identity import acting_for
from eprm.reference.actions.releases import ship_lists
from eprm.reference.models import ReferenceList
from lode.rmi.declaration import Declaration, LookupLine
from lode.rmi.generate import generate
from tests.eprm.people.conftest import make_person


@pytest.fixture
def lists(db):
    ship_lists()
    return {list_.key: list_ for list_ in ReferenceList.objects.all()}


@pytest.fixture
def noor(lists):
    person = make_person("noor@halden.example")
    actions.register_organisation(name="Halden Instruments B.V.", country="NL", tier="brand", by=person)
    return person


@pytest.fixture
def jonas(lists):
    person = make_person("jonas@veldkamp.example")
    actions.register_organisation(name="Veldkamp Mobility N.V.", country="NL", tier="brand", by=person)
    return person


@pytest.fixture
def femke(lists):
    person = make_person("femke@eprm.example")
    actions.found_secretariat(name="EPRM Secretariat", country="NL", place="", by=person)
    return person


@pytest.fixture
def halden(noor):
    return noor.current_memberships[0].organisation


@pytest.fixture
def secretariat(femke):
    return femke.current_memberships[0].organisation


@pytest.fixture
def as_noor(noor):
    with acting_for(noor, path="test"):
        yield noor


@pytest.fixture
def as_femke(femke):
    with acting_for(femke, path="test"):
        yield femke


def line(metal, lookup, cid, standard=None, country="MALAYSIA"):
    return LookupLine(metal=metal, lookup=lookup, standard=standard or lookup, country=country, cid=cid, source="demo")


def workbook(revision, lines):
    return generate(Declaration(template="CMRT", revision=revision, lookup=tuple(lines)))
