"""Mails forwarded or copied to the plan, at an address that is one person's own."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from eprm.base.identity import acting_everywhere
from eprm.base.models import OutgoingMail
from eprm.engagement import queries
from eprm.engagement.actions.forwarded import address_of
from eprm.engagement.models import Entry
from eprm.groups.actions import incoming
from eprm.people.identity import acting_for
from tests.eprm.engagement.rows import make_contact, make_target


@pytest.fixture
def plan(cast):
    """The cast, a partner with a contact, and Femke's own address of the plan."""
    cast.target = make_target(cast.femke)
    make_contact(cast.target, cast.femke)
    with acting_for(cast.femke, path="test"):
        cast.address = address_of(cast.femke)
        cast.email = cast.femke.email
        EmailAddress.objects.create(user=cast.femke, email=cast.email, verified=True)
    return cast


def mail(to: str, sender: str, *, copied: str = "", text: str = "Thank you for the talk.") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, copied or to
    message["Delivered-To"] = to
    message["Subject"], message["Date"] = "Our talk", "Tue, 24 Nov 2026 10:00:00 +0000"
    message["Message-ID"] = f"<{abs(hash((to, sender, text)))}@mail.example>"
    message.set_content(text)
    return message


def entries(cast):
    with acting_for(cast.femke, path="test"):
        return [(each.target, each.subject, str(each.written_by)) for each in Entry.objects.order_by("pk")]


def test_own_mail_copied_to_the_plan_is_filed_by_whom_it_went_to_once(plan):
    copied = mail(plan.address, plan.email, copied="ana@planet.example").as_bytes()

    incoming.receive(copied)
    incoming.receive(copied)

    assert entries(plan) == [(plan.target, "Our talk", "Femke")]


def test_mail_forwarded_as_an_attachment_is_kept_as_it_was(plan):
    theirs = mail("femke@eprm.example", "Ana <ana@planet.example>", text="We would like to come.")
    forward = mail(plan.address, plan.email, text="see below")
    forward.add_attachment(theirs)

    incoming.receive(forward.as_bytes())

    assert entries(plan) == [(plan.target, "Our talk", "Femke")]
    with acting_for(plan.femke, path="test"):
        assert (Entry.objects.get().sender, Entry.objects.get().text) == (
            "Ana <ana@planet.example>",
            "We would like to come.",
        )


def test_mail_from_somebody_else_is_not_kept_and_its_owner_is_told(plan):
    incoming.receive(mail(plan.address, "stranger@elsewhere.example").as_bytes())

    assert entries(plan) == []
    with acting_everywhere("test"):
        told = OutgoingMail.objects.get()
    assert (told.to, "stranger@elsewhere.example" in told.text) == (plan.email, True)


def test_mail_that_fits_nobody_waits_to_be_filed(plan):
    incoming.receive(mail(plan.address, plan.email, copied="new@partner.example").as_bytes())

    with acting_for(plan.femke, path="test"):
        assert [each.subject for each in queries.unfiled_entries()] == ["Our talk"]


def test_address_of_somebody_who_left_the_secretariat_takes_nothing(plan):
    plan.femke.memberships.update(until="2026-01-02")

    incoming.receive(mail(plan.address, plan.email, copied="ana@planet.example").as_bytes())

    plan.femke.memberships.update(until=None)
    assert entries(plan) == []


def test_page_tells_the_address_and_nobody_elses(plan, client):
    client.force_login(plan.femke)

    page = client.get(reverse("engagement:mail_new")).content.decode()

    assert plan.address in page
    with acting_for(plan.idris, path="test"):
        assert address_of(plan.idris) not in page
