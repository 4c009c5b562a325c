"""Who may do what about membership, each with the reason why not."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eprm.members import lifecycle
from eprm.members.models import Member
from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling
from eprm.ui.words import day

WRITERS = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})

NOT_SECRETARIAT = Ruling(gettext_lazy("The secretariat keeps the partnership’s memberships. Write to it."))


def can_keep_members(person: Person) -> Ruling:
    """Admit, change and end memberships: an officer or manager of the secretariat."""
    keeps = any(
        m.organisation.tier == Organisation.Tier.SECRETARIAT and m.role in WRITERS for m in person.current_memberships
    )
    return YES if keeps else NOT_SECRETARIAT


def can_admit(person: Person, organisation: Organisation, current: Member | None) -> Ruling:
    """Begin a membership: where none runs."""
    if not (keeping := can_keep_members(person)):
        return keeping
    if current is not None:
        return Ruling(
            _("%(organisation)s has been a member since %(day)s. Nothing was changed.")
            % {"organisation": organisation, "day": day(current.since)}
        )
    return YES


def can_change_state(person: Person | None, member: Member, state: str, on: date) -> Ruling:
    """Move a membership to another state. The platform's own jobs act without a person."""
    if person is not None and not (keeping := can_keep_members(person)):
        return keeping
    if not lifecycle.leads_to(member.state, state):
        return Ruling(
            _("%(member)s is “%(before)s”, and from there nothing leads to “%(after)s”.")
            % {
                "member": member,
                "before": lifecycle.STATES[member.state].label,
                "after": lifecycle.STATES[state].label,
            }
        )
    if on < member.since:
        return Ruling(
            _("%(member)s became a member on %(since)s. Choose a day from then on, not %(on)s.")
            % {"member": member, "since": day(member.since), "on": day(on)}
        )
    return YES
