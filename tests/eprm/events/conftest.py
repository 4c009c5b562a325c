"""The secretariat, three people of three organisations."""

from types import SimpleNamespace

import pytest

from tests import factories


@pytest.fixture
def cast(db):
    secretariat = factories.organisation("EPRM", tier="secretariat")
    return SimpleNamespace(
        femke=factories.member("manager", secretariat, "Femke"),
        idris=factories.member("officer", secretariat, "Idris"),
        noor=factories.member("officer", factories.organisation("Halden", pillar="supply_chain"), "Noor"),
        olivier=factories.member("officer", factories.organisation("Mines", tier="civil_society"), "Olivier"),
        hugo=factories.member("officer", factories.organisation("Ministry", tier="government"), "Hugo"),
    )
