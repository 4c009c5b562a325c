"""The secretariat, an edition in force, and the return of one member."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person
from eprm.returns.actions import answering
from eprm.returns.models import Edition, Question, Return
from tests import factories
from tests.eprm.returns import nursery


@dataclass
class Scene:
    """Noor manages Halden, Rita reads there; Petra manages Veldkamp; Femke: the secretariat; Hugo: the board."""

    halden: Organisation
    noor: Person
    rita: Person
    petra: Person
    femke: Person
    hugo: Person
    edition: Edition
    this: Return
    theirs: Return

    def question(self, key: str) -> Question:
        return Question.objects.get(edition=self.edition, key=key)


@pytest.fixture
def femke(db) -> Person:
    return factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke")


@pytest.fixture
def scene(femke) -> Scene:
    hugo = factories.member("manager", factories.organisation("Ministry A", tier="government"), "Hugo")
    hugo.board_seats.create(organisation=hugo.memberships.get().organisation, pillar="government", since="2026-01-01")
    with acting_for(femke, path="test"):
        noor = nursery.make_member("Noor Halden")
        petra = nursery.make_member("Petra Veldkamp")
        halden = noor.current_memberships[0].organisation
        edition = nursery.edition(femke)
        returns = {each.organisation_id: each for each in nursery.open_all(femke)}
    return Scene(
        halden=halden,
        noor=noor,
        rita=factories.member("reader", halden, "Rita"),
        petra=petra,
        femke=femke,
        hugo=hugo,
        edition=edition,
        this=returns[halden.pk],
        theirs=returns[petra.organisation_ids()[0]],
    )


@pytest.fixture
def as_noor(scene):
    """Acting as Noor for the whole test."""
    with acting_for(scene.noor, path="test"):
        yield scene


@pytest.fixture
def noor(client, scene):
    client.force_login(scene.noor)
    return client


@pytest.fixture
def femke_in(client, scene):
    client.force_login(scene.femke)
    return client


@pytest.fixture
def drafted(scene):
    with acting_for(scene.noor, path="test"):
        answering.begin_version(scene.this, by=scene.noor)
    return scene
