"""Mails and letters to applicants and members, in their own language. The board's decision waits for a look."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from eprm.base.files import bytes_of, keep_file
from eprm.base.outbox import Attachment, post
from eprm.members import lifecycle
from eprm.members.models import Application, Invoice
from eprm.members.paper import letter_pdf
from eprm.members.queries.applications import fee_of
from eprm.members.queries.people import managers_of
from eprm.members.wording import fee_in_words
from eprm.people.models import Organisation, Person
from eprm.ui.words import country

PDF = "application/pdf"


def _address(route: str, *args: object) -> str:
    return settings.PUBLIC_URL + reverse(route, args=args)


def mail_returned(application: Application) -> None:
    """Tell the applicant that the secretariat has asked something."""
    person = application.submitted_by or application.started_by
    with translation.override(application.language):
        told = {"application": application, "person": person}
        told["address"] = _address("members:application_detail", application.pk)
        text = render_to_string("members/mail/returned.txt", told)
        subject = _("Your application: the secretariat has questions")
    post(
        to=person.email,
        subject=subject,
        text=text,
        kind="member_application",
        person_id=person.pk,
        organisation_id=application.organisation_id,
    )


def mail_decision(application: Application) -> None:
    """The board's decision as a mail with the letter as PDF; held until the secretariat has looked at it."""
    person = application.submitted_by or application.started_by
    today = timezone.localdate()
    with translation.override(application.language):
        admitted = application.state == lifecycle.ADMITTED
        fee = fee_of(application, today)
        told = {
            "application": application,
            "person": person,
            "fee": fee_in_words(fee) if fee else "",
            "address": _address("members:application_detail", application.pk),
        }
        name = "admitted" if admitted else "refused"
        text = render_to_string(f"members/mail/{name}.txt", told)
        subject = _("Your application to the partnership: the board’s decision")
        lines = (application.organisation.name, application.organisation.place)
        to = [line for line in (*lines, country(application.organisation.country)) if line]
        letter = letter_pdf(title=subject, text=text, to=to, language=application.language, on=today)
        _post_with(letter, _("letter-%(day)s.pdf") % {"day": today.isoformat()}, application, person, subject, text)


def _post_with(letter: bytes, name: str, application: Application, person: Person, subject: str, text: str) -> None:
    keeper = _secretariat()
    file = keep_file(letter, name=name, organisation_id=keeper, by=person)
    post(
        to=person.email,
        subject=subject,
        text=text,
        kind="member_decision",
        hold=True,
        person_id=person.pk,
        organisation_id=application.organisation_id,
        attachments=[Attachment(file, name, PDF)],
    )


def mail_invoice(invoice: Invoice, *, by: Person) -> None:
    """Send an invoice or credit note to the member's managers."""
    content, name = bytes_of(invoice.sha256), f"{invoice.label}.pdf"
    file = keep_file(content, name=name, organisation_id=_secretariat(), by=by)
    for person in managers_of(invoice.organisation_id):
        with translation.override(invoice.language):
            told = {"invoice": invoice, "person": person, "address": _address("members:invoice_detail", invoice.pk)}
            text = render_to_string("members/mail/invoice.txt", told)
            subject = capfirst(f"{invoice.get_kind_display()} {invoice.label}")
        post(
            to=person.email,
            subject=subject,
            text=text,
            kind="member_invoice",
            person_id=person.pk,
            organisation_id=invoice.organisation_id,
            attachments=[Attachment(file, name, PDF)],
        )


def _secretariat() -> int:
    """The secretariat keeps the letters it sends."""
    return Organisation.objects.values_list("pk", flat=True).get(tier=Organisation.Tier.SECRETARIAT)
