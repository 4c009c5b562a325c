"""What the secretariat does with held mails. Two people at one mail: the second is told what the first did."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import Overtaken
from eprm.base.jobs import queue_once
from eprm.base.models import OutgoingMail
from eprm.base.outbox import SEND
from eprm.office import rules
from eprm.people.models import Person

State = OutgoingMail.State


def edit_mail(mail: OutgoingMail, *, subject: str, text: str, edition: int, by: Person) -> OutgoingMail:
    """Other words for a held mail; `edition` is the one the person read. A formatted version of it is dropped."""
    with transaction.atomic():
        locked = _locked(mail, by)
        rules.can_change_mail(by, locked).require()
        _same_edition(locked, edition)
        if text.replace("\r\n", "\n") != locked.text.replace("\r\n", "\n"):
            locked.html = ""  # it would still say the old words
        locked.subject, locked.text = " ".join(subject.split())[:255], text
        locked.edition, locked.edited_by = edition + 1, by
        locked.save(update_fields=["subject", "text", "html", "edition", "edited_by"])
    return locked


def release_mail(mail: OutgoingMail, *, edition: int, by: Person) -> OutgoingMail:
    """Let it go, as it was read."""
    with transaction.atomic():
        locked = _locked(mail, by)
        rules.can_release_mail(by, locked).require()
        _same_edition(locked, edition)
        now = timezone.now()
        locked.state, locked.attempts, locked.error = State.QUEUED, 0, ""
        locked.released_at, locked.released_by, locked.due_at = now, by, now
        locked.save(update_fields=["state", "attempts", "error", "released_at", "released_by", "due_at"])
        queue_once(SEND)
    return locked


def withdraw_mail(mail: OutgoingMail, *, by: Person) -> OutgoingMail:
    """It does not go. The row stays, and says who kept it back."""
    with transaction.atomic():
        locked = _locked(mail, by)
        rules.can_withdraw_mail(by, locked).require()
        locked.state, locked.withdrawn_at, locked.withdrawn_by = State.WITHDRAWN, timezone.now(), by
        locked.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    return locked


def _locked(mail: OutgoingMail, by: Person) -> OutgoingMail:
    rules.can_write(by).require()  # others cannot lock the row, and so would not be told why
    return OutgoingMail.objects.select_for_update().get(pk=mail.pk)


def _same_edition(mail: OutgoingMail, edition: int) -> None:
    if mail.edition != edition:
        raise Overtaken(
            _("%(person)s has changed this mail since you opened it. Read it again before you go on.")
            % {"person": mail.edited_by or _("Somebody")}
        )
