"""The secretariat, and people of the three pillars; a visit they go on."""

from types import SimpleNamespace

import pytest

from tests import factories
from tests.eprm.visits.rows import Trip


@pytest.fixture
def cast(db):
    """Femke leads, Idris is of the secretariat too; Noor goes, Olivier is invited, Hugo and Petra know nothing."""
    secretariat = factories.organisation("EPRM", tier="secretariat")
    return SimpleNamespace(
        femke=factories.member("manager", secretariat, "Femke"),
        idris=factories.member("officer", secretariat, "Idris"),
        noor=factories.member("officer", factories.organisation("Halden", pillar="supply_chain"), "Noor"),
        olivier=factories.member("officer", factories.organisation("Maendeleo", tier="civil_society"), "Olivier"),
        hugo=factories.member("officer", factories.organisation("Ministry", tier="government"), "Hugo"),
        petra=factories.member("manager", factories.organisation("Sudeten"), "Petra"),
    )


@pytest.fixture
def trip(cast):
    """A visit under way, that Femke leads, Noor goes on and Olivier is invited to."""
    return Trip(cast)
