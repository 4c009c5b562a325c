"""A closed group about tin with three pillars in it, and people outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from eprm.groups.actions import groups, joining, threads
from eprm.groups.models import GroupMember
from eprm.people.identity import acting_for
from tests import factories


@dataclass
class Cast:
    """People by name; `acting(name)` acts as one, `member(name)` is their row in the group."""

    people: dict = field(default_factory=dict)
    group: object = None

    def __getattr__(self, name):
        return self.people[name]

    def acting(self, name):
        return acting_for(self.people[name], path="test")

    def organisation(self, name):
        return self.people[name].current_memberships[0].organisation

    def member(self, name):
        return GroupMember.objects.get(group=self.group, person=self.people[name])

    def found(self, access="closed", name="Tin, Great Lakes", **fields):
        with self.acting("femke"):
            return groups.found_group(
                name=name, aims="Receipts and roads.", access=access, by=self.femke,
                organisation=self.organisation("femke"), **fields,
            )  # fmt: skip

    def enrol(self, *names, group=None):
        for name in names:
            with self.acting("femke"):
                invitation = joining.invite(
                    group or self.group, email=self.people[name].email, message="", by=self.femke
                )
            self.confirm(name)
            with self.acting(name):
                joining.accept_invitation(invitation, organisation=self.organisation(name), by=self.people[name])

    def confirm(self, name):
        from allauth.account.models import EmailAddress  # noqa: PLC0415

        person = self.people[name]
        EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True})

    def thread(self, by="noor", title="The road near Masisi", text="Nine payments without a receipt.", **fields):
        with self.acting(by):
            return threads.start_thread(
                fields.pop("group", None) or self.group, title=title, text=text, nonce=uuid4(),
                by=self.people[by], **fields,
            )  # fmt: skip

    def post(self, thread, by="noor", text="We counted again.", **fields):
        with self.acting(by):
            return threads.write_post(thread, text=text, nonce=uuid4(), by=self.people[by], **fields)


@pytest.fixture
def cast(db):
    """Femke of the secretariat facilitates; Noor (chain), Hugo (government), Olivier (civil) belong; Petra does not."""
    of = {
        "femke": factories.organisation("EPRM", tier="secretariat"),
        "noor": factories.organisation("Halden"),
        "jonas": factories.organisation("Veldkamp"),
        "hugo": factories.organisation("Ministry A", tier="government"),
        "olivier": factories.organisation("Mines et Communautés", tier="civil_society", country="CD"),
        "petra": factories.organisation("Sudeten"),
        "idris": None,
    }
    of["idris"] = of["femke"]
    people = {name: factories.member("officer", where, name.title()) for name, where in of.items()}
    cast = Cast(people)
    cast.group = cast.found()
    cast.enrol("noor", "hugo", "olivier")
    return cast
