"""The secretariat, and people of three pillars."""

from types import SimpleNamespace

import pytest

from tests import factories


@pytest.fixture
def cast(db):
    secretariat = factories.organisation("EPRM", tier="secretariat")
    halden = factories.organisation("Halden", pillar="supply_chain")
    return SimpleNamespace(
        femke=factories.member("manager", secretariat, "Femke"),
        idris=factories.member("officer", secretariat, "Idris"),
        noor=factories.member("officer", halden, "Noor"),
        jonas=factories.member("manager", halden, "Jonas"),
        rita=factories.member("reader", halden, "Rita"),
        olivier=factories.member("officer", factories.organisation("Mines", tier="civil_society"), "Olivier"),
        hugo=factories.member("officer", factories.organisation("Ministry", tier="government"), "Hugo"),
        new=factories.person("New"),
    )
