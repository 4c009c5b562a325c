"""Held mails: read, put into other words, released, withdrawn; two people at one mail."""

import pytest
from django.core import mail as sent
from django.urls import reverse

from eprm.base import outbox
from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.base.outbox import post
from eprm.office.actions import mails
from eprm.people.identity import acting_for
from tests.signing_in import asked_of_the_database, sign_in

WORDS = {"to": "uwe@condensa.example", "subject": "Welcome", "text": "Dear Uwe", "kind": "members.letter"}


def held(**fields):
    with acting_as(None, secretariat=True):
        return post(**{**WORDS, "hold": True, "html": "<p>Dear Uwe</p>", **fields})


def now(mail):
    with acting_as(None, job=outbox.JOB):
        return OutgoingMail.objects.get(pk=mail.pk)


def test_release_lets_the_mail_go_as_it_was_read(femke):
    mail = held()
    with acting_for(femke, path="test"):
        mails.release_mail(mail, edition=1, by=femke)

    outbox.send_due()

    row = now(mail)
    assert (row.state, row.released_by, sent.outbox[0].subject) == ("sent", femke, "Welcome")


def test_release_is_refused_where_somebody_changed_the_words(femke, idris):
    mail = held()
    with acting_for(idris, path="test"):
        mails.edit_mail(mail, subject="Welcome", text="Dear Mr Uwe", edition=1, by=idris)

    with acting_for(femke, path="test"), pytest.raises(Overtaken, match="Idris has changed this mail"):
        mails.release_mail(mail, edition=1, by=femke)


def test_release_happens_once(femke):
    mail = held()
    with acting_for(femke, path="test"):
        mails.release_mail(mail, edition=1, by=femke)
        with pytest.raises(NotAllowed, match="does not wait for a release: it is on its way"):
            mails.release_mail(mail, edition=1, by=femke)


def test_edit_drops_the_formatted_version_of_the_old_words(femke):
    mail = held()
    with acting_for(femke, path="test"):
        mails.edit_mail(mail, subject="Welcome\nall", text="Dear Mr Uwe", edition=1, by=femke)

    row = now(mail)
    assert (row.subject, row.text, row.html, row.edition) == ("Welcome all", "Dear Mr Uwe", "", 2)


def test_withdraw_keeps_it_from_going(femke):
    mail = held()
    with acting_for(femke, path="test"):
        mails.withdraw_mail(mail, by=femke)

    assert (outbox.send_due(), now(mail).state, now(mail).withdrawn_by) == (0, "withdrawn", femke)


def test_failed_mail_can_be_sent_again(femke):
    mail = held()
    with acting_as(None, job=outbox.JOB):
        OutgoingMail.objects.update(state="failed", error="No such host", attempts=7)
    with acting_for(femke, path="test"):
        mails.release_mail(mail, edition=1, by=femke)

    assert (outbox.send_due(), now(mail).state) == (1, "sent")


def test_deeds_are_for_the_secretariat(noor):
    mail = held(organisation_id=noor.memberships.get().organisation_id)
    with acting_for(noor, path="test"):
        for deed in (mails.withdraw_mail, lambda mail, by: mails.release_mail(mail, edition=1, by=by)):
            with pytest.raises(NotAllowed, match="secretariat's office"):
                deed(mail, by=noor)


def test_mail_list_shows_what_is_the_offices_business(page, noor):
    halden = noor.memberships.get().organisation
    held(subject="Held letter")
    with acting_for(noor, path="test"):
        post(**WORDS | {"subject": "Halden to its supplier"}, organisation_id=halden.pk)

    shown = page.get(reverse("office:mail_list")).content.decode()

    assert "Held letter" in shown
    assert "Halden to its supplier" not in shown
    assert "One mail waits for a look" in shown


def test_mail_list_takes_the_same_queries(page):
    url, counts = reverse("office:mail_list"), []
    for _number in range(3):
        held()
        counts.append(asked_of_the_database(page, url))

    assert counts[0] == counts[2]


def test_mail_detail_changes_the_words(page):
    mail = held()
    url = reverse("office:mail_detail", args=[mail.pk])

    changed = page.post(url, {"subject": "Hello", "text": "Dear Uwe,\nwelcome.", "edition": 1})
    stale = page.post(url, {"subject": "Hi", "text": "x", "edition": 1})
    empty = page.post(url, {"subject": "", "text": "x", "edition": 2})

    assert (changed.status_code, stale.status_code, empty.status_code) == (302, 422, 422)
    assert "has changed this mail since you opened it" in stale.content.decode()
    assert now(mail).subject == "Hello"


def test_mail_release_asks_again_who_it_is(femke):
    mail = held()
    url = reverse("office:mail_release", args=[mail.pk])

    unasked = sign_in(femke, asked_again=False).post(url, {"edition": 1})
    before = now(mail).state
    asked = sign_in(femke).post(url, {"edition": 1})

    assert (unasked.url.split("?")[0], before) == (reverse("account_reauthenticate"), "held")
    assert (asked.url, now(mail).state) == (reverse("office:mail_list"), "queued")


def test_mail_release_goes_on_after_the_password(femke):
    mail = held()
    client = sign_in(femke, asked_again=False)
    asked = client.post(reverse("office:mail_release", args=[mail.pk]), {"edition": 1})

    client.post(asked.url, {"password": "sehr geheim 77"})

    assert now(mail).state == "queued"


def test_mail_release_without_edition_is_refused(page):
    mail = held()

    assert page.post(reverse("office:mail_release", args=[mail.pk]), {"edition": "x"}).status_code == 403


def test_mail_withdraw(page):
    mail = held()

    page.post(reverse("office:mail_withdraw", args=[mail.pk]))

    assert now(mail).state == "withdrawn"


def test_mail_of_others_does_not_exist(page, noor):
    with acting_for(noor, path="test"):
        mail = post(**WORDS, organisation_id=noor.memberships.get().organisation_id)

    assert page.get(reverse("office:mail_detail", args=[mail.pk])).status_code == 404
