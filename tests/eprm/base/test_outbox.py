"""Mails: handed in with the deed, sent once, tried again, seen by those they concern."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base import outbox
from eprm.base.files import keep_file
from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.base.outbox import Attachment, post
from tests import factories

WORDS = {"to": "uwe@condensa.example", "subject": "A\nquestion", "text": "Who sells you tin?", "kind": "test.question"}


class Sulking(EmailBackend):
    """A mail server that answers each mail with `problem`."""

    problem: Exception = OSError("Connection refused")

    def send_messages(self, messages):
        raise self.problem


@pytest.fixture
def sulking(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Sulking"
    return lambda problem: monkeypatch.setattr(Sulking, "problem", problem)


def as_the_job_sees():
    with acting_as(None, job=outbox.JOB):
        return list(OutgoingMail.objects.order_by("posted_at"))


def make_due():
    with acting_as(None, job=outbox.JOB):
        OutgoingMail.objects.update(due_at=timezone.now())


@pytest.fixture
def noor(db):
    return factories.member("officer", factories.organisation(), "Noor")


def test_post_sends_once(noor):
    post(**WORDS, headers={"Reply-To": "noor@halden.example"}, html="<p>Who sells you tin?</p>")

    sent = [outbox.send_due(), outbox.send_due()]

    (letter,) = mail.outbox
    (row,) = as_the_job_sees()
    assert sent == [1, 0]
    assert (letter.to, letter.subject, letter.body) == (["uwe@condensa.example"], "A question", "Who sells you tin?")
    assert (letter.extra_headers["Reply-To"], letter.alternatives[0].mimetype) == ("noor@halden.example", "text/html")
    assert (row.state, row.attempts, row.sent_at is not None) == ("sent", 1, True)


def test_post_is_undone_with_the_deed(noor):
    with transaction.atomic():
        post(**WORDS)
        transaction.set_rollback(True)

    assert (outbox.send_due(), as_the_job_sees()) == (0, [])


def test_post_asks_for_one_job_however_many_mails(noor):
    for _number in range(3):
        post(**WORDS)

    assert ProcrastinateJob.objects.filter(task_name=outbox.SEND).count() == 1


@pytest.mark.parametrize("to", ["uwe", "", "uwe@x.example\nBcc: all@x.example"])
def test_post_refuses_what_is_no_address(noor, to):
    with pytest.raises(ValueError, match="is not an e-mail address"):
        post(**WORDS | {"to": to})


def test_post_held_waits(noor):
    post(**WORDS, hold=True)

    assert (outbox.send_due(), [row.state for row in as_the_job_sees()]) == (0, ["held"])


def test_post_carries_stored_files(noor):
    halden = noor.memberships.get().organisation
    with acting_as(noor.pk, [halden.pk]):
        file = keep_file(b"%PDF-1.7", name="letter.pdf", organisation_id=halden.pk, by=noor)
        post(**WORDS, attachments=[Attachment(file, content_type="application/pdf")])

    outbox.send_due()

    assert mail.outbox[0].attachments == [("letter.pdf", b"%PDF-1.7", "application/pdf")]


def test_send_due_tries_again_with_growing_waits_and_gives_up(noor, sulking):
    post(**WORDS)
    waits = []
    for _attempt in range(len(outbox.WAITS) + 1):
        before = timezone.now()
        outbox.send_due()
        (row,) = as_the_job_sees()
        waits.append(round((row.due_at - before) / timedelta(minutes=1)) if row.state == "queued" else row.state)
        make_due()

    assert waits == [1, 5, 30, 120, 360, 1080, "failed"]
    assert row.error == "Connection refused"


def test_send_due_gives_up_at_once_where_the_address_is_refused(noor, sulking):
    sulking(smtplib.SMTPRecipientsRefused({"uwe@condensa.example": (550, b"No such user")}))
    post(**WORDS)

    outbox.send_due()

    (row,) = as_the_job_sees()
    assert (row.state, "No such user" in row.error) == ("failed", True)


def test_send_due_does_not_send_again_what_was_cut_off(noor):
    post(**WORDS)
    with acting_as(None, job=outbox.JOB):
        OutgoingMail.objects.update(state="sending", due_at=timezone.now() - timedelta(hours=1))

    sent = outbox.send_due()

    (row,) = as_the_job_sees()
    assert (sent, row.state, "may have arrived" in row.error) == (0, "failed", True)


def test_send_due_wipes_the_words_of_secret_kinds(noor):
    outbox.name_kind("test.key", "Key", secret=True)
    post(**WORDS | {"kind": "test.key"})

    outbox.send_due()

    (row,) = as_the_job_sees()
    assert (mail.outbox[0].body, row.text) == ("Who sells you tin?", "")


def seen(person_id, organisation_ids=(), **offices):
    with acting_as(person_id, organisation_ids, **offices):
        return sorted(OutgoingMail.objects.values_list("subject", flat=True))


def test_mail_is_seen_by_those_it_concerns(noor):
    halden, other = noor.memberships.get().organisation, factories.organisation("Veldkamp")
    uwe = factories.person("Uwe")
    with acting_as(None):
        post(**WORDS | {"subject": "of Halden"}, organisation_id=halden.pk)
        post(**WORDS | {"subject": "to Uwe"}, person_id=uwe.pk)
        post(**WORDS | {"subject": "held"}, organisation_id=halden.pk, hold=True)
        post(**WORDS | {"subject": "to an outsider"})
    with acting_as(noor.pk, [halden.pk]):
        post(**WORDS | {"subject": "by Noor to Uwe"}, person_id=uwe.pk)
    with acting_as(None, secretariat=True):
        post(**WORDS | {"subject": "by the secretariat"}, organisation_id=halden.pk)

    assert seen(noor.pk, [halden.pk]) == ["by Noor to Uwe", "by the secretariat", "held", "of Halden"]
    assert seen(uwe.pk) == ["by Noor to Uwe", "to Uwe"]
    assert seen(uwe.pk + 100, [other.pk]) == []
    assert seen(None, secretariat=True) == ["by the secretariat", "held", "to an outsider"]
    assert seen(None, board=True) == []


def test_mail_is_changed_by_nobody_but_the_secretariat_and_the_job(noor):
    halden = noor.memberships.get().organisation
    with acting_as(noor.pk, [halden.pk]):
        post(**WORDS, organisation_id=halden.pk, hold=True)

        assert OutgoingMail.objects.update(state="queued") == 0
        assert OutgoingMail.objects.all().delete()[0] == 0
