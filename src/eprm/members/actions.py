"""Every write about membership."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from eprm.base import locks
from eprm.members import lifecycle, queries, rules
from eprm.members.models import Member, StateChange
from eprm.people.models import Organisation, Person


def admit(
    organisation: Organisation, *, pillar: str, fee_class: str, reason: str, by: Person, on: date | None = None
) -> Member:
    """The organisation's membership begins on this day. Its pillar is told to the organisation itself too."""
    since = on or timezone.localdate()
    with transaction.atomic():
        locks.hold(f"member {organisation.pk}")
        current = (
            queries.member_on(organisation.pk, since)
            or Member.objects.filter(organisation=organisation, until=None).first()
        )
        rules.can_admit(by, organisation, current).require()
        member = Member.objects.create(organisation=organisation, pillar=pillar, fee_class=fee_class, since=since)
        _record(member, since, reason, by)
        Organisation.objects.filter(pk=organisation.pk).update(pillar=pillar)
    return member


def change_state(member: Member, *, state: str, reason: str, by: Person | None, on: date | None = None) -> Member:
    """The membership stands so from this day on. A state that ends it makes the day its last."""
    day = on or timezone.localdate()
    with transaction.atomic():
        locked = Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)
        rules.can_change_state(by, locked, state, day).require()
        locked.state = state
        if state not in lifecycle.CURRENT:
            locked.until = day
        locked.save(update_fields=["state", "until"])
        _record(locked, day, reason, by)
    return locked


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
