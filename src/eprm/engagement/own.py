"""What the plan and its campaigns know about a person: the copy they may take, its erasure, and what ends by itself."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.engagement.models import Contact, Entry, Sending
from eprm.people.models import Person
from eprm.people.queries import confirmed_emails

Rows = list[dict[str, object]]
JOB = "engagement.own"


def export_engagement(person_id: int) -> Rows:
    """The campaigns sent to the person, what the plan keeps under their confirmed addresses, and what they wrote.

    The plan is the secretariat's: only rows about this person leave it.
    """
    with acting_as(person_id, secretariat=True, job=JOB):
        sent = _sent_to(person_id).values("campaign__title", "email", "language", "posted_at")
        kept = _contacts_of(person_id).values("name", "task", "email", "phone", "language", "source", "since", "until")
        written = Entry.objects.filter(written_by=person_id).values("kind", "happened_on", "subject", "text")
        return [
            *({"what": "campaign sent to you"} | row for row in sent),
            *({"what": "contact of the partnership"} | row for row in kept),
            *({"what": "contact that took place, in your words"} | row for row in written),
        ]


def erase_engagement(person_id: int) -> None:
    """Who is no longer there is written to no more; telephone and task go. Notes of what took place stay."""
    with acting_as(None, secretariat=True, job=JOB):
        _sent_to(person_id).update(person=None)
        _contacts_of(person_id).update(until=timezone.localdate(), task="", phone="", source="")


def remove_sendings(before: datetime) -> int:
    """To which addresses a campaign that was sent before then went; how many it were stays with the campaign."""
    return Sending.objects.filter(campaign__sent_at__lt=before, campaign__state="sent").delete()[0]


def _sent_to(person_id: int) -> QuerySet[Sending]:
    addressed = Q(address__in=_addresses_of(person_id))
    return Sending.objects.annotate(address=Lower("email")).filter(addressed | Q(person=person_id))


def _contacts_of(person_id: int) -> QuerySet[Contact]:
    return Contact.objects.annotate(address=Lower("email")).filter(address__in=_addresses_of(person_id))


def _addresses_of(person_id: int) -> set[str]:
    """The addresses that the person has shown to be theirs: anybody may claim another's."""
    return confirmed_emails(Person.objects.get(pk=person_id))
