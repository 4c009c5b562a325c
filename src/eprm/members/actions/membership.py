"""Memberships begin, change state and end; each change on a day and for a reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base import locks
from eprm.members import lifecycle, rules
from eprm.members.models import Member, Notice, StateChange
from eprm.members.queries import dated, duties
from eprm.members.queries.membership import member_on
from eprm.people.models import Organisation, Person
from lode.membership import GraceRule, grace_from


def admit(
    organisation: Organisation, *, pillar: str, fee_class: str, reason: str, by: Person, on: date | None = None
) -> Member:
    """The organisation's membership begins on this day. Its pillar is told to the organisation itself too."""
    since = on or timezone.localdate()
    with transaction.atomic():
        locks.hold(f"member {organisation.pk}")
        running = Member.objects.filter(organisation=organisation, until=None).first()
        rules.can_admit(by, organisation, member_on(organisation.pk, since) or running).require()
        member = Member.objects.create(organisation=organisation, pillar=pillar, fee_class=fee_class, since=since)
        _record(member, since, reason, by)
        Organisation.objects.filter(pk=organisation.pk).update(pillar=pillar)
    return member


def change_state(member: Member, *, state: str, reason: str, by: Person | None, on: date | None = None) -> Member:
    """The membership stands so from this day on. A state that ends it makes the day its last."""
    day = on or timezone.localdate()
    rules.can_change_state(by, member, state, day).require()
    with transaction.atomic():
        locked = _locked(member)
        rules.can_change_state(by, locked, state, day).require()
        locked.state = state
        if state not in lifecycle.CURRENT:
            locked.until = day
        locked.save(update_fields=["state", "until"])
        _record(locked, day, reason, by)
    return locked


def lapse(member: Member, *, reason: str, by: Person, on: date | None = None) -> Member:
    """End a membership because something stayed owed, after its grace is over."""
    day = on or timezone.localdate()
    rules.can_lapse(by, member, lapses_on(member, day), day).require()
    return change_state(member, state=lifecycle.LAPSED, reason=reason, by=by, on=day)


def lapses_on(member: Member, on: date) -> date | None:
    """From when a member in grace can lapse, by the terms of the day its grace began."""
    found = duties.in_grace().filter(pk=member.pk).first()
    terms = dated.terms_on(found.grace_on) if found else None
    if found is None or terms is None:
        return None
    return grace_from(found.grace_on, GraceRule(terms.rights_days, terms.lapse_days)).lapses_on


def change_fee_class(member: Member, *, fee_class: str, reason: str, by: Person, on: date | None = None) -> Member:
    """From this day on the member is in another class; invoices already sent stay as they are."""
    rules.can_keep_members(by).require()
    day = on or timezone.localdate()
    with transaction.atomic():
        locked = _locked(member)
        locked.fee_class = fee_class
        locked.save(update_fields=["fee_class"])
        _record(locked, day, reason, by)
    return locked


def give_notice(member: Member, *, reason: str, by: Person, on: date | None = None) -> Notice:
    """The member's letter that it leaves: its membership ends with the year."""
    day = on or timezone.localdate()
    with transaction.atomic():
        locks.hold(f"member {member.organisation_id}")
        rules.can_give_notice(by, member, Notice.objects.filter(member=member).exists()).require()
        return Notice.objects.create(
            member=member,
            organisation_id=member.organisation_id,
            last_day=date(day.year, 12, 31),
            reason=reason.strip(),
            given_by=by,
        )


def end_given_notice(on: date) -> int:
    """End the memberships whose notice has run out. For the daily job; safe to run again."""
    found = Notice.objects.filter(last_day__lt=on, member__state__in=lifecycle.CURRENT).select_related("member")
    for notice in found:
        change_state(
            notice.member, state=lifecycle.EXITED, reason=_("Left by its letter."), by=None, on=notice.last_day
        )
    return len(found)


def move_grace(on: date) -> int:
    """Members with a red duty go into grace, those without come back. For the daily job; safe to run again."""
    late = {duty.member_id: duty for duty in duties.late_duties(on)}
    for duty in late.values():
        reason = _("%(duty)s was due on %(day)s.") % {"duty": duty.title, "day": duty.due_on.isoformat()}
        change_state(duty.member, state=lifecycle.GRACE, reason=reason, by=None, on=on)
    red = set(duties.with_light(duties.in_grace(), "red", on).values_list("pk", flat=True))
    restored = [member for member in duties.in_grace() if member.pk not in red]
    for member in restored:
        change_state(member, state=lifecycle.ACTIVE, reason=_("Nothing is overdue any more."), by=None, on=on)
    return len(late) + len(restored)


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)


def _record(member: Member, on: date, reason: str, by: Person | None) -> None:
    StateChange.objects.create(
        member=member,
        organisation_id=member.organisation_id,
        state=member.state,
        fee_class=member.fee_class,
        on=on,
        reason=reason.strip(),
        made_by=by,
    )
