"""The outbox: every mail is a row first, written in the transaction of the deed that asks for it.

A mail that a person should look at first is held until the secretariat releases it; the others go by job. A row is
marked before the mail server is asked and again after its answer, so no mail goes twice: where the machine stops in
between, the row says that it may have arrived, and a person decides.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.functional import Promise

from eprm.base.files import bytes_of
from eprm.base.identity import Acting, acting, acting_as
from eprm.base.jobs import queue_once
from eprm.base.models import MailAttachment, OutgoingMail, StoredFile

logger = logging.getLogger("eprm.outbox")
JOB, SEND = "outbox", "base.send_mails"
State = OutgoingMail.State
# After the last of these a mail has failed: in all a little over a day.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1080))
# No attempt lasts longer (EMAIL_TIMEOUT bounds each step of it): one still "being sent" then was cut off.
CUT_OFF_AFTER = timedelta(minutes=15)
CUT_OFF = "The machine stopped while sending: it may have arrived. Send it again only if the reader has not got it."


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file to go with a mail; `name` and `content_type` are what its reader gets."""

    file: StoredFile
    name: str = ""
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of mail is called. The words of a `secret` kind hold a key, so they are wiped once it is sent."""

    label: str | Promise
    secret: bool = False


_kinds: dict[str, Kind] = {}


def name_kind(key: str, label: str | Promise, *, secret: bool = False) -> None:
    """Say in an app's `apps.py` what its mails of this kind are called in lists."""
    _kinds[key] = Kind(label, secret)


def kind_of(key: str) -> Kind:
    return _kinds.get(key) or Kind(key)


def kinds() -> list[tuple[str, str]]:
    """The named kinds, for a filter."""
    return sorted(((key, str(kind.label)) for key, kind in _kinds.items()), key=lambda pair: pair[1])


def post(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    kind: str,
    hold: bool = False,
    person_id: int | None = None,
    organisation_id: int | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> OutgoingMail:
    """Hand in a mail; it goes if, and when, the running transaction commits, or once the secretariat releases it.

    `person_id` and `organisation_id` say whom it concerns: they see it. Raises ValueError for what is no address.
    """
    mail = _row(
        acting(),
        to=to,
        subject=subject,
        text=text,
        html=html,
        kind=kind,
        hold=hold,
        person_id=person_id,
        organisation_id=organisation_id,
        headers=headers,
    )
    mail.save(force_insert=True)
    MailAttachment.objects.bulk_create(
        MailAttachment(
            mail=mail,
            file=each.file,
            sha256=each.file.sha256,
            name=each.name or each.file.name,
            content_type=each.content_type,
        )
        for each in attachments
    )
    if not hold:
        queue_once(SEND)
    return mail


def post_all(mails: Iterable[Mapping[str, Any]]) -> int:
    """Hand in many mails in few statements, each as `post` takes it, without attachments; answers how many."""
    by = acting()
    rows = [_row(by, **mail) for mail in mails]
    OutgoingMail.objects.bulk_create(rows)
    if any(row.state == State.QUEUED for row in rows):
        queue_once(SEND)
    return len(rows)


def _row(
    by: Acting,
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    html: str = "",
    hold: bool = False,
    person_id: int | None = None,
    organisation_id: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> OutgoingMail:
    to = to.strip()
    if "@" not in to or len(to.splitlines()) != 1:
        raise ValueError(f"“{to}” is not an e-mail address.")
    return OutgoingMail(
        kind=kind,
        to=to,
        subject=" ".join(subject.split())[:255],
        text=text,
        html=html,
        headers={name: " ".join(value.split()) for name, value in (headers or {}).items()},
        state=State.HELD if hold else State.QUEUED,
        held=hold,
        by_secretariat=by.secretariat,
        person_id=person_id,
        organisation_id=organisation_id,
        posted_by_id=by.person_id,
    )


def send_due() -> int:
    """Send every mail that is due, one after the other; answers how many went. Several workers may do so at once."""
    _fail_cut_off()
    server, sent = get_connection(), 0
    try:
        while (mail := _claim()) is not None:
            sent += _deliver(mail, server)
    finally:
        server.close()
    return sent


def _fail_cut_off() -> None:
    with acting_as(None, job=JOB):
        since = timezone.now() - CUT_OFF_AFTER
        OutgoingMail.objects.filter(state=State.SENDING, due_at__lt=since).update(state=State.FAILED, error=CUT_OFF)


def _claim() -> OutgoingMail | None:
    """The next due mail, marked as being sent before anything leaves the machine."""
    now = timezone.now()
    with acting_as(None, job=JOB):
        due = OutgoingMail.objects.select_for_update(skip_locked=True).filter(state=State.QUEUED, due_at__lte=now)
        mail = due.order_by("due_at").first()
        if mail is not None:
            mail.state, mail.attempts, mail.due_at = State.SENDING, mail.attempts + 1, now
            mail.save(update_fields=["state", "attempts", "due_at"])
            mail.carried = list(mail.attachments.all())
    return mail


def _deliver(mail: OutgoingMail, server: BaseEmailBackend) -> bool:
    try:
        _message_of(mail, server).send()
    except Exception as problem:
        logger.warning("Mail %s to be tried again or given up: %s", mail.pk, problem)
        _finish(mail, **_after(mail, problem))
        server.close()
        return False
    wiped = {"text": "", "html": ""} if kind_of(mail.kind).secret else {}
    _finish(mail, state=State.SENT, sent_at=timezone.now(), error="", **wiped)
    return True


def _message_of(mail: OutgoingMail, server: BaseEmailBackend) -> EmailMultiAlternatives:
    # The same number at each try, so that a mail server that saw the first one can tell.
    number = f"<{mail.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"
    message = EmailMultiAlternatives(
        mail.subject, mail.text, None, [mail.to], connection=server, headers={"Message-ID": number, **mail.headers}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for each in mail.carried:
        message.attach(each.name, bytes_of(each.sha256), each.content_type)
    return message


def _after(mail: OutgoingMail, problem: Exception) -> dict[str, object]:
    """What becomes of a mail that did not go: a refusal for good fails at once, all else is tried again later."""
    said = " ".join(str(problem).split())[:2000] or type(problem).__name__
    if _is_for_good(problem) or mail.attempts > len(WAITS):
        return {"state": State.FAILED, "error": said}
    return {"state": State.QUEUED, "due_at": timezone.now() + WAITS[mail.attempts - 1], "error": said}


def _is_for_good(problem: Exception) -> bool:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= 500


def _finish(mail: OutgoingMail, **fields: object) -> None:
    with acting_as(None, job=JOB):
        OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING).update(**fields)
