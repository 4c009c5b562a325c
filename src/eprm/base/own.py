"""What base itself keeps about persons, and for how long."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q

from eprm.base.models import Counter, Delivery, OutgoingMail, PersonalExport

State = OutgoingMail.State


def export_mails(person_id: int) -> list[dict[str, object]]:
    """The mails to a person, as far as their words are kept."""
    rows = OutgoingMail.objects.filter(person_id=person_id).order_by("posted_at")
    return list(rows.values("posted_at", "kind", "to", "subject", "text", "state", "sent_at"))


def erase_mails(person_id: int) -> None:
    """Mails to the person lose their words and address, those on their way are withdrawn; copies are deleted."""
    address = get_user_model().objects.values_list("email", flat=True).get(pk=person_id)
    theirs = OutgoingMail.objects.filter(Q(person_id=person_id) | Q(to__iexact=address))
    theirs.filter(state__in=(State.HELD, State.QUEUED)).update(state=State.WITHDRAWN)
    theirs.update(to=f"erased-{person_id}@erased.invalid", subject="", text="", html="", headers={}, error="")
    PersonalExport.objects.filter(person_id=person_id).delete()


def remove_mails(before: datetime) -> int:
    """Mails that have come to their end before then, with what is attached."""
    ended = OutgoingMail.objects.filter(state__in=(State.SENT, State.FAILED, State.WITHDRAWN), posted_at__lt=before)
    count = ended.count()
    ended.delete()
    return count


def remove_copies(before: datetime) -> int:
    """Copies of personal data asked for before then."""
    return PersonalExport.objects.filter(asked_at__lt=before).delete()[0]


def remove_deliveries(before: datetime) -> int:
    """What was delivered to webhooks, or given up, before then."""
    ended = Delivery.objects.exclude(state=Delivery.State.QUEUED).filter(happened_at__lt=before)
    return ended.delete()[0]


def remove_counters(before: datetime) -> int:
    return Counter.objects.filter(since__lt=before).delete()[0]
