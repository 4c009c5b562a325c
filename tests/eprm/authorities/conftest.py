"""Halden files with the Dutch authority; a German one, another importer and the secretariat look on."""

from types import SimpleNamespace

import pytest

from tests import factories
from tests.eprm.authorities.rows import make_authority, make_rules, make_secretariat


@pytest.fixture
def cast(db):
    make_rules()
    femke = make_secretariat()
    nl, de = make_authority(femke), make_authority(femke, "Authority DE", "DE")
    halden = factories.organisation()
    return SimpleNamespace(
        femke=femke,
        nl=nl,
        de=de,
        halden=halden,
        noor=factories.member("officer", halden, "Noor"),
        rita=factories.member("reader", halden, "Rita"),
        ruben=factories.member("officer", nl.organisation, "Ruben"),
        silke=factories.member("officer", de.organisation, "Silke"),
        petra=factories.member("manager", factories.organisation("Sudeten"), "Petra"),
    )
