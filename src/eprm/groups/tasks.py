"""Jobs of the groups: mails out, digests, mails in, proposals whose time has come. Each calls one action."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone
from imap_tools import AND, MailBox, MailMessageFlags
from procrastinate.contrib.django import app

from eprm.base.identity import acting_as
from eprm.base.jobs import RETRY
from eprm.groups.actions import decisions, delivery, finding, incoming
from eprm.groups.actions.notices import DELIVER
from eprm.groups.models.notices import Rhythm

logger = logging.getLogger("eprm.groups.mail")
MAILS_AT_ONCE = 50


@app.task(name=DELIVER, retry=RETRY)
def deliver_notice(notice_id: int) -> None:
    with acting_as(None, job="groups"):
        delivery.deliver_notice(notice_id)


@app.task(name="groups.mail_invitation", retry=RETRY)
def mail_invitation(invitation_id: int) -> None:
    with acting_as(None, job="groups"):
        delivery.mail_invitation(invitation_id)


@app.task(name="groups.mail_answer", retry=RETRY)
def mail_answer(member_id: int) -> None:
    with acting_as(None, job="groups"):
        delivery.mail_answer(member_id)


@app.task(name="groups.withdraw_mails", retry=RETRY)
def withdraw_mails(person_id: int, group_id: int) -> None:
    delivery.withdraw_unsent(person_id, group_id)


@app.periodic(cron="0 5 * * *")
@app.task(name="groups.daily_digests", queueing_lock="groups.daily_digests")
def daily_digests(timestamp: int) -> None:
    with acting_as(None, job="groups"):
        delivery.start_digests(Rhythm.DAILY, _moment(timestamp))


@app.periodic(cron="0 5 * * 1")
@app.task(name="groups.weekly_digests", queueing_lock="groups.weekly_digests")
def weekly_digests(timestamp: int) -> None:
    with acting_as(None, job="groups"):
        delivery.start_digests(Rhythm.WEEKLY, _moment(timestamp))


def _moment(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp, tz=timezone.get_current_timezone())


@app.task(name=delivery.SEND_DIGESTS, retry=RETRY)
def send_digests(rhythm: str, until: str, person_ids: list[int]) -> None:
    with acting_as(None, job="groups"):
        delivery.send_digests(rhythm, datetime.fromisoformat(until), person_ids)


@app.periodic(cron="* * * * *")
@app.task(name="groups.close_proposals", queueing_lock="groups.close_proposals")
def close_proposals(timestamp: int) -> None:
    with acting_as(None, job="groups"):
        decisions.close_due(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="groups.read_mail", queueing_lock="groups.read_mail", lock="groups.read_mail")
def read_mail(timestamp: int) -> None:
    """Take in what has come, from the IMAP box or, without one, from the folder."""
    if settings.GROUPS_IMAP:
        read_imap(settings.GROUPS_IMAP)
    elif settings.GROUPS_MAILDIR.is_dir():
        read_folder(settings.GROUPS_MAILDIR)


def read_imap(address: str) -> None:
    """The unseen mails of a box; each is marked as seen only after it was taken in."""
    parts = urlsplit(address)
    folder = parts.path.strip("/") or "INBOX"
    box = MailBox(parts.hostname or "", parts.port or 993, timeout=60)
    with box.login(unquote(parts.username or ""), unquote(parts.password or ""), initial_folder=folder) as mails:
        for mail in mails.fetch(AND(seen=False), mark_seen=False, limit=MAILS_AT_ONCE):
            _take_in(mail.obj.as_bytes(), f"IMAP {mail.uid}")
            mails.flag(mail.uid, MailMessageFlags.SEEN, True)


def read_folder(folder: Path) -> None:
    """The .eml files of a folder; each is moved into `done` after it was taken in."""
    for path in sorted(folder.glob("*.eml"))[:MAILS_AT_ONCE]:
        _take_in(path.read_bytes(), path.name)
        (folder / "done").mkdir(exist_ok=True)
        path.replace(folder / "done" / path.name)


def _take_in(raw: bytes, which: str) -> None:
    try:
        incoming.receive(raw)
    except Exception:
        # One mail that breaks us must not keep the others waiting; its bytes stay in the box or the folder.
        logger.exception("A mail could not be taken in: %s", which)


@app.task(name=finding.READ_FILE, retry=RETRY, lock="search.read_file")
def read_file(file_id: int) -> None:
    """One file at a time, whosever it is: files that keep their reader busy must not take every worker."""
    with acting_as(None, job="groups"):
        finding.read_file(file_id)


@app.periodic(cron="55 1 * * *")
@app.task(name="groups.read_files", queueing_lock="groups.read_files")
def read_files(timestamp: int) -> None:
    with acting_as(None, job="groups"):
        finding.read_files()
