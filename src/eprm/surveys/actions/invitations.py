"""Inviting addresses by private links, one mail each, unless they refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.outbox import post_all
from eprm.people.models import Person
from eprm.surveys import lifecycle, rules
from eprm.surveys.codes import REFUSE, digest_of, new_token, read_signed, signed
from eprm.surveys.models import Invitation, Refusal, Survey
from eprm.surveys.queries import surveys as queries
from eprm.ui import words

JOB = queries.JOB
INVITATION_MAIL = "surveys.invitation"
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of a list of addresses: invited now, invited before, and those that want no more of it."""

    now: int
    before: int
    refused: int


def invite(*, survey: Survey, emails: Sequence[str], language: str, by: Person) -> Invited:
    """Send each new address its own link. The same list handed in twice invites nobody twice."""
    rules.can_keep(by, survey, queries.member_for(by, survey)).require()
    if survey.audience != Survey.Audience.INVITED:
        raise NotAllowed(
            _("“%(survey)s” asks %(whom)s; give people the address of its page.")
            % {"survey": survey, "whom": survey.get_audience_display()}
        )
    if survey.state_on(timezone.localdate()) not in (lifecycle.PLANNED, lifecycle.OPEN):
        raise NotAllowed(
            _("Invitations go out once “%(survey)s” is released, and until it closes.") % {"survey": survey}
        )
    addresses = list(dict.fromkeys(email.strip().lower() for email in emails))[:MOST_AT_ONCE]
    with acting_as(by.pk, job=JOB):
        refused = set(
            Refusal.objects.filter(digest__in=[digest_of(email) for email in addresses]).values_list(
                "digest", flat=True
            )
        )
        known = set(Invitation.objects.filter(survey=survey, email__in=addresses).values_list("email", flat=True))
        new = [email for email in addresses if email not in known and digest_of(email) not in refused]
        tokens = {email: new_token() for email in new}
        rows = [
            Invitation(survey=survey, email=email, language=language, digest=digest_of(token))
            for email, token in tokens.items()
        ]
        made = Invitation.objects.bulk_create(rows)
        post_all(_letter(survey, each, tokens[each.email]) for each in made)
    return Invited(len(new), len(known), len([email for email in addresses if digest_of(email) in refused]))


def _letter(survey: Survey, invitation: Invitation, token: str) -> dict[str, object]:
    url = settings.PUBLIC_URL + reverse("surveys:linked_answer", args=[token])
    no_more = settings.PUBLIC_URL + reverse("surveys:refuse", args=[signed(REFUSE, invitation.email)])
    with translation.override(invitation.language):
        title = getattr(survey, f"title_{invitation.language}", "") or str(survey)
        text = _(
            "Good day,\n\nthe partnership asks for your view: “%(title)s”. It can be answered until %(day)s, without "
            "an account, by this link, which is yours alone:\n%(url)s\n\nNo more invitations to surveys at this "
            "address:\n%(no_more)s\n"
        ) % {"title": title, "day": words.day(survey.closes_on), "url": url, "no_more": no_more}
        return {
            "to": invitation.email,
            "subject": _("Your view: %(title)s") % {"title": title},
            "text": text,
            "kind": INVITATION_MAIL,
            "headers": {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{no_more}>"},
        }


def refuse(*, text: str) -> bool:
    """An address wants no more invitations: only its digest is kept. False for a link we did not make."""
    email = read_signed(REFUSE, text)
    if not isinstance(email, str):
        return False
    with acting_as(None, job=JOB):
        Refusal.objects.get_or_create(digest=digest_of(email.strip().lower()))
    return True
