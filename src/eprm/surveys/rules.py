"""Who makes, keeps, answers and reads a survey; each with the reason why not."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.groups.models import GroupMember
from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling
from eprm.surveys import lifecycle
from eprm.surveys.models import Survey
from eprm.ui import words

Reader = Person | AnonymousUser
BETWEEN_REMINDERS = timedelta(days=7)
WRITERS = (Membership.Role.OFFICER, Membership.Role.MANAGER)


def can_make(person: Reader, member: GroupMember | None = None) -> Ruling:
    """Ask a group: its facilitators, whose row is `member`. Ask anybody else: the secretariat."""
    if member is not None and member.is_facilitator and member.group.ended_at is None:
        return YES
    if person.is_authenticated and person.is_secretariat and member is None:
        return YES
    return Ruling(
        _("The secretariat makes surveys; facilitators do so for their group. Write to it what you want to ask.")
    )


def can_keep(person: Reader, survey: Survey, member: GroupMember | None) -> Ruling:
    """Change, release, count it and show its results: the secretariat; of a group's survey its facilitators."""
    if not person.is_authenticated:
        return Ruling(_("Whoever asks keeps this survey. Sign in if that is you."))
    if survey.group_id is not None:
        if member is not None and member.is_facilitator:
            return YES
        return Ruling(_("The facilitators of %(group)s keep this survey.") % {"group": survey.group})
    return YES if person.is_secretariat else Ruling(_("The secretariat keeps this survey. Write to it."))


def can_change(person: Reader, survey: Survey, member: GroupMember | None) -> Ruling:
    """Change words and questions: only before it is released."""
    if not (keeping := can_keep(person, survey, member)):
        return keeping
    if survey.released_at is not None:
        return Ruling(
            _("“%(survey)s” was released on %(day)s, so its questions stay as they are: everybody answers the same. "
              "Make a new edition to ask differently.")
            % {"survey": survey, "day": words.day(survey.released_at)}
        )  # fmt: skip
    return YES


def can_answer(survey: Survey, day: date) -> Ruling:
    """Whether it is answered on this day, by somebody who is asked."""
    state = survey.state_on(day)
    if state == lifecycle.OPEN:
        return YES
    if state == lifecycle.DRAFT:
        return Ruling(_("“%(survey)s” is a draft; nobody is asked yet.") % {"survey": survey})
    if state == lifecycle.PLANNED:
        return Ruling(
            _("“%(survey)s” opens on %(day)s. Come back then.") % {"survey": survey, "day": words.day(survey.opens_on)}
        )
    return Ruling(
        _("“%(survey)s” closed on %(day)s; answers are no longer taken. Its results will stand on its page.")
        % {"survey": survey, "day": words.day(survey.counted_at or survey.closes_on)}
    )


def can_answer_for(person: Person, organisation: Organisation | None) -> Ruling:
    """Answer in the name of an organisation: its officers and managers."""
    if organisation is None:
        return Ruling(
            _("Organisations answer this survey, one answer each, and you work for none here. Register yours first.")
        )
    if person.role_in(organisation.pk) not in WRITERS:
        return Ruling(
            _(
                "%(organisation)s answers this survey once, by an officer or a manager. You read for it; ask one of "
                "them."
            )
            % {"organisation": organisation}
        )
    return YES


def can_remind(person: Reader, survey: Survey, member: GroupMember | None, at: datetime) -> Ruling:
    """Write again to the invited, while it is open, and once a week at most."""
    if not (keeping := can_keep(person, survey, member)):
        return keeping
    if survey.audience != Survey.Audience.INVITED:
        return Ruling(_("“%(survey)s” has invited no addresses.") % {"survey": survey})
    if not (open_ := can_answer(survey, timezone.localdate(at))):
        return open_
    if survey.reminded_at is not None and survey.reminded_at > at - BETWEEN_REMINDERS:
        return Ruling(
            _("The invited were reminded on %(day)s; once a week is enough.") % {"day": words.day(survey.reminded_at)}
        )
    return YES


def can_count(person: Reader, survey: Survey, member: GroupMember | None, day: date) -> Ruling:
    """Close it for good and count."""
    if not (keeping := can_keep(person, survey, member)):
        return keeping
    state = survey.state_on(day)
    if state in (lifecycle.DRAFT, lifecycle.PLANNED):
        return Ruling(_("“%(survey)s” has not been open yet; there is nothing to count.") % {"survey": survey})
    if survey.counted_at is not None:
        return Ruling(_("“%(survey)s” is counted already.") % {"survey": survey})
    return YES


def can_show(person: Reader, survey: Survey, member: GroupMember | None) -> Ruling:
    """Choose excerpts, write what follows from it, show the results: once it is counted."""
    if not (keeping := can_keep(person, survey, member)):
        return keeping
    if survey.counted_at is None:
        return Ruling(_("“%(survey)s” is not counted yet. Close it first.") % {"survey": survey})
    return YES


def can_see_results(person: Reader, survey: Survey, keeping: Ruling) -> Ruling:
    """The results: whoever may see the survey once they are shown; the keeper once they are counted."""
    if survey.shown_at is not None or (keeping and survey.counted_at is not None):
        return YES
    return Ruling(
        _("The results of “%(survey)s” are not shown yet. Who left an address hears when they are.")
        % {"survey": survey}
    )


def can_see_names(person: Reader, survey: Survey, keeping: Ruling) -> Ruling:
    """Who answered what: the keeper of a survey by name, and nobody of an anonymous one."""
    if not survey.by_name:
        return Ruling(
            _("“%(survey)s” is anonymous: who answered what is written nowhere, so nobody can show it.")
            % {"survey": survey}
        )
    return keeping
