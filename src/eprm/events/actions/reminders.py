"""The day's and the hour's reminder. A row is marked in the transaction that posts its mail, so none goes twice."""

from __future__ import annotations

from datetime import datetime

from eprm.base.identity import acting_as
from eprm.events import letters, queries
from eprm.events.actions.registrations import JOB, room_of
from eprm.events.models import Event

CHUNK = 200


def remind(at: datetime) -> int:
    """Post every reminder that is due; answers how many. Several workers may do so at once."""
    return sum(_remind(kind, at) for kind in (queries.DAY, queries.HOUR))


def _remind(kind: str, at: datetime) -> int:
    posted = 0
    while True:
        with acting_as(None, job=JOB):
            due = queries.due_reminders(kind, at).select_for_update(skip_locked=True, of=("self",))
            rows = list(due.exclude(email="").order_by("pk")[:CHUNK])
            events = Event.objects.in_bulk({row.event_id for row in rows})
            links = {pk: room_of(event) for pk, event in events.items()}
            for row in rows:
                setattr(row, f"{kind}_reminder_at", at)
                row.save(update_fields=[f"{kind}_reminder_at"])
                letters.post_letter(kind, row, events[row.event_id], link=links[row.event_id])
        posted += len(rows)
        if len(rows) < CHUNK:
            return posted
