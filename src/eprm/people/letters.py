"""The mails that people's requests bring about, each in its reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from eprm.base.outbox import post
from eprm.people.models import JoinRequest, Membership, Organisation, Person

REQUEST_MAIL, ANSWER_MAIL = "people.request", "people.answer"


def asked_to_join(request: JoinRequest) -> None:
    """To the managers, or to the secretariat where the organisation has none: somebody asks to join."""
    for reader in _who_answers(request):
        with translation.override(reader.language):
            subject = _("%(person)s asks to work for %(organisation)s") % {
                "person": request.person,
                "organisation": request.organisation,
            }
            _send(reader, subject, "people/mail/asked_to_join.txt", request, REQUEST_MAIL)


def answered(request: JoinRequest) -> None:
    """To whoever asked: what the answer is, and why."""
    reader = request.person
    with translation.override(reader.language):
        subject = _("%(organisation)s has answered your request") % {"organisation": request.organisation}
        _send(reader, subject, "people/mail/answered.txt", request, ANSWER_MAIL)


def _who_answers(request: JoinRequest) -> Iterable[Person]:
    managers = Membership.objects.filter(
        organisation=request.organisation, until=None, role=Membership.Role.MANAGER, person__is_active=True
    )
    if not managers.exists():
        managers = Membership.objects.filter(
            organisation__tier=Organisation.Tier.SECRETARIAT,
            until=None,
            role=Membership.Role.MANAGER,
            person__is_active=True,
        )
    return [membership.person for membership in managers.select_related("person")]


def _address(request: JoinRequest) -> str:
    return str(settings.PUBLIC_URL) + reverse("people:request_detail", args=[request.pk])


def _send(reader: Person, subject: str, template: str, request: JoinRequest, kind: str) -> None:
    told = {"request": request, "address": _address(request)}
    post(
        to=reader.email,
        subject=subject,
        text=render_to_string(template, told),
        kind=kind,
        person_id=reader.pk,
        organisation_id=request.organisation_id,
    )
