"""Telling members that a return is open, due soon, due, or late; each of these once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import translation

from eprm.base.outbox import post
from eprm.returns import lifecycle
from eprm.returns.letters import letter_about
from eprm.returns.models import Reminder, Return
from eprm.returns.queries.returns import open_returns, people_to_remind
from eprm.ui.languages import second_language

MONTH, WEEK = timedelta(days=30), timedelta(days=7)


@transaction.atomic
def remind_members(*, on: date) -> int:
    """Send what is due on this day to whoever has not had it. Gives how many returns were reminded of."""
    return sum(remind(this, kind) for this in open_returns() if (kind := kind_due(this, on)) is not None)


def kind_due(this: Return, on: date) -> str | None:
    """The reminder of the day, the gravest one; None where there is time."""
    if this.state != lifecycle.OPEN:
        return None
    if on >= this.edition.late_on:
        return Reminder.Kind.LATE
    if on >= this.due_on:
        return Reminder.Kind.DUE
    if on >= this.due_on - WEEK:
        return Reminder.Kind.WEEK
    return Reminder.Kind.MONTH if on >= this.due_on - MONTH else None


def remind(this: Return, kind: str, *, round: int = 1) -> bool:
    """Write to everybody who may answer, unless this was done before."""
    _reminder, is_new = Reminder.objects.get_or_create(
        of=this, kind=kind, round=round, defaults={"organisation_id": this.organisation_id}
    )
    if not is_new:
        return False
    for person in people_to_remind(this.organisation):
        with translation.override(second_language(person.language)):
            letter = letter_about(this, kind)
        post(
            to=person.email,
            subject=letter.subject,
            text=letter.text,
            kind="returns",
            person_id=person.pk,
            organisation_id=this.organisation_id,
        )
    return True
