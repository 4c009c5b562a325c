"""Reading a sent return: comments per question, sending it back for improvement, closing it; the member's reply."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from eprm.people.models import Person
from eprm.returns import lifecycle, rules
from eprm.returns.actions.reminders import remind
from eprm.returns.models import Comment, Question, Reminder, Return
from eprm.returns.queries.returns import asking_count, sent_version

# Working days are counted as calendar weeks: 20 working days.
TIME_TO_IMPROVE = timedelta(weeks=4)


@transaction.atomic
def comment_on(this: Return, question: Question, *, category: str, text: str, by: Person) -> Comment:
    """Say something about one answer of the newest sent version."""
    locked = _locked(this)
    rules.can_comment(by, locked).require()
    version = sent_version(locked)
    return Comment.objects.create(
        organisation_id=locked.organisation_id,
        version=version,
        question=question,
        category=category,
        text=text,
        made_by=by,
    )


@transaction.atomic
def settle_comment(comment: Comment, *, by: Person) -> Comment:
    """The comment asks nothing any more."""
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    rules.can_settle(by, locked).require()
    locked.settled_at = timezone.now()
    locked.save(update_fields=["settled_at"])
    return locked


@transaction.atomic
def reply(this: Return, question: Question, *, text: str, by: Person) -> Comment:
    """The member says something back, beside the answer."""
    rules.can_reply(by, this).require()
    return Comment.objects.create(
        organisation_id=this.organisation_id,
        version=sent_version(this),
        question=question,
        category=Comment.Category.REPLY,
        text=text,
        made_by=by,
    )


@transaction.atomic
def send_back(this: Return, *, on: date, by: Person) -> Return:
    """Ask the member for improvement; only what was asked about opens again. The member is written to."""
    locked = _locked(this)
    rules.can_send_back(by, locked, asking_count(locked)).require()
    locked.state = lifecycle.SENT_BACK
    locked.sent_back_at = timezone.now()
    locked.improve_by = on + TIME_TO_IMPROVE
    locked.save(update_fields=["state", "sent_back_at", "improve_by"])
    version = sent_version(locked)
    remind(locked, Reminder.Kind.IMPROVE, round=version.number if version else 1)
    return locked


@transaction.atomic
def close_return(this: Return, *, by: Person, at: datetime | None = None) -> Return:
    """Close it: the newest sent version is the one that counts from now on. `at` as in `submit_return`."""
    locked = _locked(this)
    rules.require_closable(by, locked, asking_count(locked))
    locked.state = lifecycle.CLOSED
    locked.closed_at = at or timezone.now()
    locked.closed_by = by
    locked.counted = sent_version(locked)
    locked.save(update_fields=["state", "closed_at", "closed_by", "counted"])
    return locked


def _locked(this: Return) -> Return:
    Return.objects.select_for_update().get(pk=this.pk)
    return Return.objects.select_related("organisation", "edition").get(pk=this.pk)
