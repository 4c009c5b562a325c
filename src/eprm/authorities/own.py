"""What the network and the desks know about a person: the copy they may take, and its erasure."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from eprm.authorities.models import Concern, Contact, Filing, Message, Reply, Topic
from eprm.base.identity import acting_as, acting_everywhere
from eprm.people.models import Person
from eprm.people.queries import confirmed_emails

Rows = list[dict[str, object]]
JOB = "authorities.own"


def export_authorities(person_id: int) -> Rows:
    """Files, letters, questions and concerns of the person, and what the network keeps under their addresses."""
    concern = ("organisation__name", "importer_name", "text", "place", "happened_on", "received_at", "answer")
    told = [
        *_each(
            "file for an authority",
            Filing.objects.filter(filed_by=person_id),
            "authority__name",
            "year",
            "statement",
            "filed_at",
        ),
        *_each("letter about a file", Message.objects.filter(written_by=person_id), "text", "written_at"),
        *_each("question or note", Topic.objects.filter(written_by=person_id), "title", "text", "written_at"),
        *_each("answer to a question", Reply.objects.filter(written_by=person_id), "text", "written_at"),
        *_each("concern", Concern.objects.filter(submitted_by=person_id), *concern),
    ]
    with acting_as(person_id, secretariat=True, job=JOB):
        contact = ("authority__organisation__name", "name", "task", "email", "phone", "confirmed_on", "until")
        return [*told, *_each("contact of an authority", _contacts_of(person_id), *contact)]


def erase_authorities(person_id: int) -> None:
    """A concern stays with its authority without its author; a contact is written to no more."""
    with acting_everywhere(JOB):
        Concern.objects.filter(submitted_by=person_id).update(submitted_by=None)
        _contacts_of(person_id).update(until=timezone.localdate(), task="", phone="")


def _each(what: str, rows: QuerySet, *fields: str) -> Rows:
    return [{"what": what} | row for row in rows.values(*fields)]


def _contacts_of(person_id: int) -> QuerySet[Contact]:
    """Under addresses that the person has shown to be theirs: anybody may claim another's."""
    mine = confirmed_emails(Person.objects.get(pk=person_id))
    return Contact.objects.annotate(address=Lower("email")).filter(address__in=mine)
