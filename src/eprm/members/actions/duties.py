"""Duties open, are met, and are reminded of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base.outbox import post
from eprm.members import lifecycle, rules
from eprm.members.models import Duty, DutyRule, Member, Pledge, Reminder
from eprm.members.queries import dated
from eprm.members.queries.contributions import days_given
from eprm.members.queries.duties import as_field
from eprm.members.queries.people import board_people, managers_of
from eprm.people.models import Person
from eprm.ui.languages import second_language
from lode import duties as field

Key = DutyRule.Key
Audience = Reminder.Audience


def open_duty(member: Member, rule: DutyRule, *, period: int, due_on: date, on: date) -> Duty:
    """A duty of one period; the one that is open already, where there is one."""
    duty, _made = Duty.objects.get_or_create(
        member=member,
        key=rule.key,
        period=period,
        defaults={
            "organisation_id": member.organisation_id,
            "rule": rule,
            "opened_on": on,
            "due_on": due_on,
            "red_on": due_on + timedelta(days=rule.red_days),
        },
    )
    return duty


def open_called(member: Member, key: str, *, period: int, due_on: date | None, on: date) -> Duty | None:
    """A duty that something called for: an invoice, a new Memorandum. None where no rule asks it of the pillar."""
    for rule in dated.in_force("duties", on):
        if rule.key == key and member.pillar in rule.pillars:
            due = due_on or on + timedelta(days=rule.after_days or 0)
            return open_duty(member, rule, period=period, due_on=due, on=on)
    return None


def open_yearly(members: Iterable[Member], on: date, *, at_once: bool = False) -> int:
    """The yearly duties that open by now; of a new member (`at_once`) the next of each. Safe to run again."""
    opened = 0
    yearly = [rule for rule in dated.in_force("duties", on) if rule.month and rule.day]
    for member in members:
        for rule in yearly:
            due = field.next_yearly(rule.month, rule.day, on)
            if member.pillar in rule.pillars and (at_once or due - timedelta(days=rule.opens_days) <= on):
                open_duty(member, rule, period=due.year, due_on=due, on=on)
                opened += 1
    return opened


def meet_duty(organisation_id: int, key: str, *, period: int, on: date | None = None) -> int:
    """What the organisation owed of this kind for this period is met, from this day; answers how many duties were.

    For the apps above too: a filed return meets "return" of its year. Met once: the first day stays.
    """
    found = Duty.objects.filter(organisation=organisation_id, key=key, period=period, met_on=None)
    return found.update(met_on=on or timezone.localdate())


def meet_standing(on: date) -> None:
    """Days that were all given before the duty to log them opened meet it."""
    for duty in Duty.objects.filter(key=Key.DAYS, met_on=None):
        pledge = Pledge.objects.filter(member=duty.member_id, year=duty.period - 1).first()
        if pledge is not None and days_given(pledge) >= pledge.days:
            meet_duty(duty.organisation_id, Key.DAYS, period=duty.period, on=on)


def reopen_duty(organisation_id: int, key: str, *, period: int) -> None:
    """What was met is owed again: a payment went back."""
    Duty.objects.filter(organisation=organisation_id, key=key, period=period).update(met_on=None)


def confirm_contact(member: Member, *, by: Person, on: date | None = None) -> None:
    """The member says that its contacts and owners are as they stand. Meets what is open of it."""
    rules.can_write_for(by, member.organisation_id).require()
    Duty.objects.filter(member=member, key=Key.CONTACT, met_on=None).update(met_on=on or timezone.localdate())


def send_reminders(on: date) -> int:
    """One letter a duty at most, the latest that is due; to the board too where it escalates. Never twice."""
    found = Duty.objects.filter(met_on=None, member__state__in=lifecycle.CURRENT).select_related(
        "rule", "member__organisation"
    )
    sent = 0
    for duty in found.prefetch_related("reminders"):
        for audience, offsets in _offsets(duty.rule).items():
            known = [reminder.offset for reminder in duty.reminders.all() if reminder.audience == audience]
            offset = field.reminder_due(as_field(duty), on, offsets, known)
            if offset is not None:
                sent += _remind(duty, audience, offset)
    return sent


def _offsets(rule: DutyRule) -> dict[str, list[int]]:
    return {Audience.MEMBER: rule.reminders, Audience.BOARD: [rule.board_days] if rule.board_days else []}


def _remind(duty: Duty, audience: str, offset: int) -> int:
    people = managers_of(duty.organisation_id) if audience == Audience.MEMBER else board_people()
    with transaction.atomic():
        _row, made = Reminder.objects.get_or_create(
            duty=duty, audience=audience, offset=offset, defaults={"organisation_id": duty.organisation_id}
        )
        if not made:
            return 0
        for person in people:
            _mail(duty, audience, offset, person)
    return 1


def _mail(duty: Duty, audience: str, offset: int, person: Person) -> None:
    route = reverse("members:start") if audience == Audience.MEMBER else reverse("members:member_list")
    with translation.override(second_language(person.language)):
        told = {"duty": duty, "late": max(offset, 0), "address": settings.PUBLIC_URL + route, "person": person}
        text = render_to_string(f"members/mail/reminder_{audience}.txt", told)
        subject = _("%(duty)s of %(organisation)s") % {"duty": duty.title, "organisation": duty.member.organisation}
    post(
        to=person.email,
        subject=subject,
        text=text,
        kind="member_reminder",
        person_id=person.pk,
        organisation_id=duty.organisation_id if audience == Audience.MEMBER else None,
    )
