"""What events know about a person: the copy they may take, its erasure, and how long others' names are kept."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.events import letters
from eprm.events.actions.registrations import JOB, lock, room_of, settle
from eprm.events.models import Registration

State = Registration.State
NAMELESS = {"name": "", "email": "", "organisation": "", "person": None}


def export_events(person_id: int) -> list[dict[str, object]]:
    """The person's registrations."""
    found = Registration.objects.filter(person=person_id).order_by("asked_at")
    fields = "event__title name email organisation pillar country gender state asked_at attended".split()
    return [{name: str(value) for name, value in row.items()} for row in found.values(*fields)]


def erase_events(person_id: int) -> None:
    """Give back what lies ahead, and take name and address from what is past; the count stays."""
    with acting_as(None, job=JOB):
        mine = Registration.objects.filter(person=person_id)
        ahead = mine.filter(event__starts_at__gt=timezone.now()).values_list("event_id", flat=True)
        for event_id in sorted(set(ahead)):
            event = lock(event_id)
            mine.filter(event=event).update(state=State.CANCELLED, **NAMELESS)
            for moved in settle(event):
                letters.post_letter(letters.MOVED_UP, moved, event, link=room_of(event))
        Registration.objects.filter(person=person_id).update(**NAMELESS)


def remove_names(before: datetime) -> int:
    """Names and addresses of who registered for events that ended before then; pillars and numbers stay."""
    with acting_as(None, job=JOB):
        return Registration.objects.filter(event__ends_at__lt=before).exclude(email="").update(**NAMELESS)


def remove_unconfirmed(before: datetime) -> int:
    """Addresses typed in before then that nobody confirmed."""
    with acting_as(None, job=JOB):
        return Registration.objects.filter(state=State.ASKED, asked_at__lt=before).delete()[0]
