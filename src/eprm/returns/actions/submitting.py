"""Sending a return: from then on its version stays as it is."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from eprm.base.errors import NotAllowed
from eprm.members.actions import meet_duty
from eprm.people.models import Person
from eprm.returns import lifecycle, rules
from eprm.returns.models import Return, Version
from eprm.returns.queries.answers import answers_of, evidence_of, sheet_of
from eprm.returns.queries.returns import draft_of


@transaction.atomic
def submit_return(this: Return, *, by: Person, at: datetime | None = None) -> Version:
    """Send the open version to the secretariat. NotAllowed while a question that must be answered is not.

    `at` is for a return of an earlier year that is taken over into the platform.
    """
    Return.objects.select_for_update().get(pk=this.pk)
    locked = Return.objects.select_related("organisation", "edition").get(pk=this.pk)
    rules.require_submittable(by, locked)
    version = rules.require_draft(draft_of(locked))
    require_complete(locked, version)
    version.sha256 = digest_of(version)
    version.sent_at = at or timezone.now()
    version.sent_by = by
    version.save(update_fields=["sha256", "sent_at", "sent_by"])
    locked.state = lifecycle.SUBMITTED
    locked.submitted_at = version.sent_at
    locked.save(update_fields=["state", "submitted_at"])
    meet_duty(locked.organisation_id, "return", period=locked.due_on.year, on=version.sent_at.date())
    return version


def require_complete(this: Return, version: Version) -> None:
    missing = sheet_of(this, version, timezone.localdate()).missing
    if missing:
        raise NotAllowed(
            ngettext(
                "%(n)d question has no answer yet. “Not started” is an answer too.",
                "%(n)d questions have no answer yet. “Not started” is an answer too.",
                missing,
            )
            % {"n": missing}
        )


def digest_of(version: Version) -> str:
    """SHA-256 over what the version says, in one order: proves later that nothing was altered."""
    answers = [
        [
            a.question.key,
            a.level,
            _day(a.reviewed_on),
            "" if a.number is None else f"{a.number:.2f}",
            "" if a.whole is None else f"{a.whole:.2f}",
            a.text,
            a.note,
        ]
        for a in answers_of(version)
    ]
    evidence = [[e.question_id, e.title, e.address, e.file.sha256 if e.file else ""] for e in evidence_of(version)]
    told = json.dumps([version.of_id, version.number, sorted(answers), sorted(evidence)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
