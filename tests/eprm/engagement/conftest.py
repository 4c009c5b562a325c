"""The secretariat, somebody on the board, and people who agreed to hear from the partnership."""

from datetime import date
from types import SimpleNamespace

import pytest

from eprm.people.identity import acting_for
from eprm.people.models import BoardSeat, Consent, ConsentWording, Organisation
from tests import factories


def agreeing(name, organisation, **facts):
    """A person of the organisation who agreed to campaigns."""
    person = factories.member("officer", organisation, name)
    for key, value in facts.items():
        setattr(person, key, value)
    person.save()
    words = {f"{part}_{language}": "w" for part in ("title", "text") for language in ("en", "fr", "es")}
    with acting_for(person, path="test"):
        wording = ConsentWording.objects.filter(purpose="news", until=None).first()
    if wording is None:
        secretariat = factories.member("manager", Organisation.objects.get(tier="secretariat"), "S")
        with acting_for(secretariat, path="test"):
            wording = ConsentWording.objects.create(purpose="news", version=9, since=date(2026, 1, 1), **words)
    with acting_for(person, path="test"):
        Consent.objects.create(person=person, wording=wording)
    return person


@pytest.fixture
def cast(db):
    secretariat = factories.organisation("EPRM", tier="secretariat")
    ministry = factories.organisation("Ministry A", tier="government", pillar="government")
    hugo = factories.member("manager", ministry, "Hugo")
    BoardSeat.objects.create(person=hugo, organisation=ministry, pillar="government", since=date(2026, 1, 1))
    halden = factories.organisation(pillar="supply_chain")
    return SimpleNamespace(
        femke=factories.member("manager", secretariat, "Femke"),
        idris=factories.member("officer", secretariat, "Idris"),
        hugo=hugo,
        halden=halden,
        noor=agreeing("Noor", halden),
        marieke=agreeing("Marieke", factories.organisation("Clean Metal Watch", country="BE"), language="fr"),
    )
