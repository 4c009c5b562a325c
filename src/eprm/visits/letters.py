"""What is told by mail: that there is something, and where to read it. Mails pass through other people's machines, so
none says where a delegation goes, when, or what it fears."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from eprm.base.outbox import post
from eprm.people.models import Person
from eprm.visits.models import Delegate, Visit

KIND = "visits.news"


def invite(delegate: Delegate, visit: Visit, by: Person) -> None:
    with translation.override(delegate.person.language):
        _post(
            delegate.person,
            _("An invitation to a field visit"),
            _("%(person)s invites you to a field visit of the partnership. Where and when stands on its page.")
            % {"person": by},
            reverse("visits:visit_detail", args=[visit.pk]),
        )


def tell_cancelled(delegate: Delegate, visit: Visit) -> None:
    with translation.override(delegate.person.language):
        _post(
            delegate.person,
            _("A field visit is cancelled"),
            _("A field visit you were invited to does not take place. Why stands on its page."),
            reverse("visits:visit_detail", args=[visit.pk]),
        )


def tell_new_lead(person: Person, lead: Person, visit: Visit) -> None:
    with translation.override(person.language):
        _post(
            person,
            _("Somebody else leads a field visit"),
            _("%(lead)s leads a field visit of yours now, and reads its safety notes.") % {"lead": lead},
            reverse("visits:visit_detail", args=[visit.pk]),
        )


def tell_follow_up(owner: Person) -> None:
    with translation.override(owner.language):
        _post(
            owner,
            _("Something to do after a field visit"),
            _("A field visit has led to something that you are asked to do."),
            reverse("visits:follow_up_list"),
        )


def _post(person: Person, subject: str, said: str, path: str) -> None:
    hello = _("Good day %(name)s,") % {"name": person.name}
    post(
        to=person.email,
        subject=subject,
        text=f"{hello}\n\n{said}\n\n{settings.PUBLIC_URL}{path}\n",
        kind=KIND,
        person_id=person.pk,
        headers={"Auto-Submitted": "auto-generated"},
    )
