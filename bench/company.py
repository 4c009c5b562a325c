"""An organisation on the bench's site, with a compliance officer and the smelter register of an invented workbook."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from bench.books import declaration
from eprm.people.actions import open_account, register_organisation
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person
from eprm.reference.actions.loading import receive_list
from eprm.reference.models import ReferenceList
from lode.rmi.generate import generate


def found(name: str) -> tuple[Person, Organisation]:
    """A person and the organisation they manage."""
    person = open_account(email=f"{name}@bench.example", name="B. Ench", password=make_password(None))
    with acting_for(person, path="bench"):
        organisation = register_organisation(name=name, country="NL", tier="brand", by=person)
    return Person.objects.get(pk=person.pk), organisation


def load_register(person: Person, organisation: Organisation) -> None:
    """The register that the bench's declarations name their smelters from."""
    workbook = generate(declaration(0), revision="6.5")
    with acting_for(person, path="bench"):
        receive_list(
            ReferenceList.objects.get(key="smelter-register"),
            file=("register.xlsx", workbook),
            organisation=organisation,
            by=person,
            published_on=date(2026, 4, 25),
        )
