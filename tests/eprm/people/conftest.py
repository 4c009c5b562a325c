"""People of two organisations, as their own actions make them."""

import pytest
from allauth.account.models import EmailAddress

from eprm.people import actions
from eprm.people.identity import acting_for
from eprm.people.models import Person


def make_person(email, name=""):
    person = Person.objects.create_user(email, "sehr geheim 77", name=name or email.split("@")[0].title())
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


@pytest.fixture
def noor(db):
    return make_person("noor@halden.example")


@pytest.fixture
def jonas(db):
    return make_person("jonas@veldkamp.example")


@pytest.fixture
def halden(noor):
    return actions.register_organisation(name="Halden Instruments B.V.", country="NL", tier="brand", by=noor)


@pytest.fixture
def veldkamp(jonas):
    return actions.register_organisation(name="Veldkamp Mobility N.V.", country="NL", tier="brand", by=jonas)


@pytest.fixture
def as_noor(noor, halden):
    """Acting as Noor, so that the rows of her organisation are seen."""
    with acting_for(noor, path="test"):
        yield noor
