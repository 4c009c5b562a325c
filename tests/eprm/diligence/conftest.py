"""Two organisations with their people; each test acts as the officer of the first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from eprm.base.identity import acting_as
from eprm.people.models import Organisation, Person
from tests import factories


@dataclass
class Cast:
    """`officer`, `manager` and `reader` work for `organisation`; `stranger` for another one."""

    organisation: Organisation
    officer: Person
    manager: Person
    reader: Person
    stranger: Person


@pytest.fixture
def cast(db) -> Cast:
    halden = factories.organisation()
    return Cast(
        organisation=halden,
        officer=factories.member("officer", halden, "Noor"),
        manager=factories.member("manager", halden, "Jonas"),
        reader=factories.member("reader", halden, "Rita"),
        stranger=factories.member("manager", factories.organisation("Veldkamp Mobility"), "Petra"),
    )


@pytest.fixture
def acting(cast):
    """As the officer of `cast.organisation`, for the whole test."""
    with acting_as(cast.officer.pk, [cast.organisation.pk]):
        yield cast
