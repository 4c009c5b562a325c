"""A company's year in rows: accepted declarations, their smelters, answers, findings and risks."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.base.models import StoredFile
from eprm.diligence.company.actions import take_sums
from eprm.diligence.models import (
    Batch,
    Declaration,
    DeclaredAnswer,
    Enquiry,
    FindingRow,
    RiskRow,
    SmelterRow,
    Supplier,
    Upload,
)
from eprm.people.models import Membership, Organisation, Person
from eprm.reference.models import ReferenceList, Release, SmelterStatus

TODAY = date(2026, 11, 22)


def make_organisation(name="Halden Instruments B.V.", tier="brand"):
    return Organisation.objects.create(name=name, country="NL", place="Delft", tier=tier, staff=160)


def make_person(organisation, email="noor@halden.example", role="officer"):
    person = Person.objects.create_user(email, "a-long-enough-password", name="Noor Visser")
    if organisation:
        Membership.objects.create(person=person, organisation=organisation, role=role, since=date(2026, 1, 1))
    return person


def sign_in(client, person):
    client.force_login(person)
    return client


def make_supplier(organisation, name):
    with acting_as(None, [organisation.pk]):
        return Supplier.objects.create(organisation=organisation, name=name, country="DE")


def make_upload(organisation, by, supplier=None, *, state="accepted", name="cmrt.xlsx", **fields):
    """A file in some state; its bytes are its name and number, and are not in the storage."""
    with acting_as(by.pk, [organisation.pk]):
        number = Upload.objects.count()
        digest = sha256(f"{organisation.pk} {name} {number}".encode()).hexdigest()
        file = StoredFile.objects.create(organisation=organisation, sha256=digest, name=name, size=1000, stored_by=by)
        batch = Batch.objects.create(organisation=organisation, received_by=by)
        return Upload.objects.create(
            organisation=organisation,
            batch=batch,
            file=file,
            sha256=digest,
            supplier=supplier,
            state=state,
            received_by=by,
            accepted_by=by if state == "accepted" else None,
            accepted_at=timezone.now() if state == "accepted" else None,
            judged_by="Indicative CAHRA list 2025-06; CMRT 6.5",
            **fields,
        )


def make_declaration(upload, *, year=2026, template="CMRT", smelters=(), answers=(), findings=(), risks=()):
    """What the upload says. A smelter is (metal, cid, name, country, outcome) or a dict of a line's fields."""
    own = {"organisation": upload.organisation, "upload": upload}
    with acting_as(upload.received_by_id, [upload.organisation_id]):
        Declaration.objects.create(
            **own,
            template=template,
            revision="6.5",
            language="en",
            company_name=str(upload.supplier or "Somebody"),
            effective_date=date(year, 6, 30),
            scope="A",
        )
        SmelterRow.objects.bulk_create(SmelterRow(**own, row=5 + at, **_line(s)) for at, s in enumerate(smelters))
        DeclaredAnswer.objects.bulk_create(
            DeclaredAnswer(**own, question=question, mineral=mineral, value=value, cell="Declaration!D26")
            for question, mineral, value in answers
        )
        FindingRow.objects.bulk_create(
            FindingRow(**own, position=at, code=code, level=level, where="Declaration!D8", values=values)
            for at, (code, level, values) in enumerate(findings)
        )
        RiskRow.objects.bulk_create(
            RiskRow(
                **own, position=at, code=code, level=level, where="Smelter List!B5", country_iso2=iso2, values=values
            )
            for at, (code, level, iso2, values) in enumerate(risks)
        )
    return upload


def _line(smelter):
    if isinstance(smelter, dict):
        return smelter
    metal, cid, name, country, outcome = smelter
    return {
        "metal": metal,
        "cid": cid,
        "name": name,
        "normalised": name.lower(),
        "smelter_name": name if cid else "",
        "country_iso2": country,
        "outcome": outcome,
    }


def make_enquiry(supplier, *, year=2026, due=date(2026, 10, 20), closed=None):
    with acting_as(None, [supplier.organisation_id]):
        return Enquiry.objects.create(
            organisation=supplier.organisation,
            supplier=supplier,
            year=year,
            asked_on=due - timedelta(days=30),
            due_on=due,
            closed_on=closed,
        )


def make_statuses(*rows, published=date(2026, 11, 1)):
    """A shared list of smelter statuses: (cid, metal, status, since, until)."""
    with acting_as(None, [], secretariat=True):
        status_list, _ = ReferenceList.objects.get_or_create(
            key="rmap-test",
            defaults={"kind": "status", "title": "Status list (test)", "publisher": "Test", "licence": "test"},
        )
        release = Release.objects.create(
            list=status_list, edition=f"{published:%B %Y}", published_on=published, sha256=published.isoformat()
        )
        SmelterStatus.objects.bulk_create(
            SmelterStatus(
                release=release,
                cid=cid,
                metal=metal,
                scheme="RMAP",
                status=status,
                since=since,
                until=until,
                source="t",
            )
            for cid, metal, status, since, until in rows
        )
    return release


def take(organisation):
    """The sums of its years, as the job takes them; how many years."""
    with acting_as(None, [organisation.pk]):
        return take_sums(organisation_id=organisation.pk)


def at(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)
