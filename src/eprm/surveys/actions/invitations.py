"""Inviting addresses by private links, one mail each, unless they refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.outbox import post_all
from eprm.people.models import Person
from eprm.surveys import lifecycle, rules
from eprm.surveys.codes import INVITED, REFUSE, digest_of, new_token, read_signed, signed
from eprm.surveys.models import Invitation, Participation, Refusal, Survey
from eprm.surveys.queries import surveys as queries
from eprm.ui import words
from eprm.ui.languages import second_language

JOB = queries.JOB
INVITATION_MAIL, REMINDER_MAIL = "surveys.invitation", "surveys.reminder"
LAST_DAYS = timedelta(days=3)
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


def remind(*, survey: Survey, by: Person) -> int:
    """Write again to the invited; answers to how many."""
    rules.can_remind(by, survey, queries.member_for(by, survey), timezone.now()).require()
    return _remind(survey)


def remind_due(now: datetime) -> int:
    """Remind of every survey that closes within three days and has been open for as long; answers how many mails."""
    day = timezone.localdate(now)
    with acting_as(None, job=JOB):
        due = Survey.objects.filter(
            audience=Survey.Audience.INVITED, released_at__isnull=False, counted_at=None,
            opens_on__lte=day - LAST_DAYS, closes_on__gte=day, closes_on__lte=day + LAST_DAYS,
        ).exclude(reminded_at__gt=now - rules.BETWEEN_REMINDERS)  # fmt: skip
        surveys = list(due)
    return sum(_remind(survey) for survey in surveys)


def _remind(survey: Survey) -> int:
    """By name it goes to who has not answered. Else to all: whom it left out would tell who has."""
    now = timezone.now()
    with acting_as(None, job=JOB), transaction.atomic():
        held = Survey.objects.select_for_update().get(pk=survey.pk)
        if held.reminded_at is not None and held.reminded_at > now - rules.BETWEEN_REMINDERS:
            return 0
        held.reminded_at = now
        held.save(update_fields=["reminded_at"])
        invited = Invitation.objects.filter(survey=held).exclude(email="")
        if held.by_name:
            answered = Participation.objects.filter(survey=held, invitation__isnull=False)
            invited = invited.exclude(pk__in=answered.values("invitation"))
        digests = {digest_of(each.email): each for each in invited}
        refused = set(Refusal.objects.filter(digest__in=digests).values_list("digest", flat=True))
        told = [each for digest, each in digests.items() if digest not in refused]
        post_all(_reminder(held, each) for each in told)
    return len(told)


def _reminder(survey: Survey, invitation: Invitation) -> dict[str, object]:
    """The letter again, by a link of its own: of the first only a digest is kept."""
    with translation.override(invitation.language):
        if survey.by_name:
            why = _("You have not answered yet.")
        else:
            why = _("If you have answered, thank you: who has is told to nobody, so this goes to all who were invited.")
        letter = _letter(survey, invitation, signed(INVITED, str(invitation.pk)))
        return letter | {
            "subject": _("Until %(day)s: %(title)s")
            % {"day": words.day(survey.closes_on), "title": _title(survey, invitation.language)},
            "text": f"{letter['text']}\n{why}\n",
            "kind": REMINDER_MAIL,
        }


def _title(survey: Survey, language: str) -> str:
    return getattr(survey, f"title_{second_language(language)}", "") or str(survey)


def _letter(survey: Survey, invitation: Invitation, token: str) -> dict[str, object]:
    url = settings.PUBLIC_URL + reverse("surveys:linked_answer", args=[token])
    no_more = settings.PUBLIC_URL + reverse("surveys:refuse", args=[signed(REFUSE, invitation.email)])
    with translation.override(invitation.language):
        title = _title(survey, invitation.language)
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
