"""One factory per model of the site: a whole row in one call, with what the test is about given by name.

Rows of an organisation are isolated: make and read them inside `acting_as(person.pk, [organisation.pk])`.
"""

from __future__ import annotations

from datetime import date
from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone

from eprm.diligence.models import Batch, Decision, Enquiry, FindingRow, SmelterRow, Supplier, Upload
from eprm.members.models import Member
from eprm.people.models import Membership, Organisation, Person
from eprm.reference.models import ReferenceList, Release, SanctionedName, SanctionedParty
from lode.smelters.names import normalise

_number = count(1)


def person(name: str = "Noor", **fields: object) -> Person:
    values = {"email": f"{name.lower()}{next(_number)}@people.example", "name": name, "password": "!", **fields}
    return Person.objects.create(**values)


def organisation(name: str = "Halden Instruments", **fields: object) -> Organisation:
    values = {"name": name, "normalised": normalise(name), "country": "NL", "tier": "brand", **fields}
    return Organisation.objects.create(**values)


def member(role: str = "officer", of: Organisation | None = None, name: str = "Noor") -> Person:
    """A person with this role in the organisation (a new one by default)."""
    who = person(name)
    Membership.objects.create(person=who, organisation=of or organisation(), role=role, since=date(2026, 1, 1))
    return who


def sent(content: bytes, name: str = "cmrt.xlsx") -> ContentFile:
    """A file as a browser sends it."""
    return ContentFile(content, name=name)


def supplier(of: Organisation, name: str = "Solder & Sons Ltd.", **fields: object) -> Supplier:
    return Supplier.objects.create(**{"organisation": of, "name": name, **fields})


def enquiry(of: Supplier, year: int = 2025, **fields: object) -> Enquiry:
    values = {"asked_on": date(2026, 1, 10), "due_on": date(2026, 3, 1), **fields}
    return Enquiry.objects.create(organisation=of.organisation, supplier=of, year=year, **values)


def upload(of: Organisation, by: Person, **fields: object) -> Upload:
    """An upload without file rows, whose bytes are its own number."""
    from eprm.base.files import keep_file  # noqa: PLC0415 - needs the settings' storage

    content = f"bytes {next(_number)}".encode()
    file = keep_file(content, name="cmrt.xlsx", organisation_id=of.pk, by=by)
    batch = Batch.objects.create(organisation=of, received_by=by)
    values = {"state": "checked", "checked_at": timezone.now(), **fields}
    return Upload.objects.create(organisation=of, batch=batch, file=file, sha256=file.sha256, received_by=by, **values)


def smelter_row(of: Upload, row: int = 5, **fields: object) -> SmelterRow:
    values = {"metal": "tin", "name": "Straits", "normalised": "straits", "country_iso2": "MY", **fields}
    return SmelterRow.objects.create(organisation_id=of.organisation_id, upload=of, row=row, **values)


def finding_row(of: Upload, code: str = "SEND-01", level: str = "error", **fields: object) -> FindingRow:
    values = {"position": next(_number), "where": "file", "values": {"file": "a.zip"}, **fields}
    return FindingRow.objects.create(organisation_id=of.organisation_id, upload=of, code=code, level=level, **values)


def decision(of: Organisation, by: Person, **fields: object) -> Decision:
    values = {"metal": "tin", "name": "Straits", "normalised": "straits", "country": "MY", "judgement": "unsure"}
    return Decision.objects.create(organisation=of, decided_by=by, **{**values, **fields})


def partner(of: Organisation, since: date = date(2026, 1, 1), **fields: object) -> Member:
    """An organisation's running membership of the partnership. Make it inside `acting_as(..., secretariat=True)`."""
    values = {"pillar": "supply_chain", "fee_class": "normal", "since": since, **fields}
    return Member.objects.create(organisation=of, **values)


def sanctions_list(edition: str, *names: str) -> Release:
    """An edition of the sanctions list with one party a name."""
    release = Release.objects.create(
        list=ReferenceList.objects.get(key="sanctions-un"),
        edition=edition,
        published_on=date.fromisoformat(edition),
        sha256=edition,
        rows=len(names),
    )
    for number, name in enumerate(names, 1):
        party = SanctionedParty.objects.create(
            release=release, reference=f"TESTe.{number:03}", kind="entity", programme="DRC", countries="Cyprus"
        )
        SanctionedName.objects.create(release=release, party=party, name=name, primary=True)
    return release
