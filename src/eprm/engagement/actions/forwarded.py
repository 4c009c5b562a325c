"""Mails that somebody of the secretariat forwards or copies to the plan, at an address of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from eprm.base.outbox import post
from eprm.engagement import rules
from eprm.engagement.actions.plan import log_mail
from eprm.engagement.mails import NoMail, mails_within
from eprm.groups import addresses
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.people.queries import confirmed_emails
from eprm.ui.languages import second_language

LETTER = "p"
ANSWER = "engagement.answer"


def address_of(person: Person) -> str:
    """Where the person forwards mails to, or copies their own to, so that they stand in the plan."""
    return addresses.for_oneself(person, LETTER)


def take_in(to: Sequence[str], raw: bytes) -> bool:
    """Keep what came to an address of the plan, once; True where one of the addresses is the plan's.

    Only what its owner sends from an address of theirs is kept; anything else is answered to the owner, never to
    whoever sent it.
    """
    owner = next(filter(None, (addresses.owner_of(address, LETTER) for address in to)), None)
    if owner is None:
        return False
    person = Person.objects.filter(pk=owner, is_active=True).first()
    if person is not None:
        with acting_for(person, path="mail"), translation.override(second_language(person.language)):
            if rules.can_engage(person):
                _keep(person, raw)
    return True


def _keep(person: Person, raw: bytes) -> None:
    try:
        sender, mails = mails_within(raw)
    except NoMail:
        return
    if sender not in confirmed_emails(person):
        text = _(
            "A mail from %(sender)s came to your address of the engagement plan. It was not kept: only what you send"
            " yourself is. If it belongs into the plan, forward it."
        )
        subject = _("Not kept in the engagement plan")
        post(to=person.email, subject=subject, text=text % {"sender": sender}, kind=ANSWER, person_id=person.pk)
        return
    for mail in mails:
        log_mail(mail=mail, by=person)
