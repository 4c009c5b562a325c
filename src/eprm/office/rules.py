"""Who does what in the secretariat's office. Each rule answers with its reason."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from eprm.base.models import OutgoingMail, SecondFactorRule
from eprm.base.retention import Kept
from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling

State = OutgoingMail.State
WRITERS = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})


def is_of_secretariat(person: Person | AnonymousUser) -> bool:
    """For menus: whether the person works for the secretariat."""
    return person.is_authenticated and person.is_secretariat


def can_see(person: Person) -> Ruling:
    """The office's pages are the secretariat's."""
    if not person.is_secretariat:
        return Ruling(_("This is the secretariat's office. Ask the secretariat if you need something from it."))
    return YES


def can_write(person: Person) -> Ruling:
    """Officers and managers of the secretariat act; its readers read."""
    if not (seen := can_see(person)):
        return seen
    roles = {m.role for m in person.current_memberships if m.organisation.tier == Organisation.Tier.SECRETARIAT}
    if not roles & WRITERS:
        return Ruling(_("You may read here, but not change. A manager of the secretariat can make you an officer."))
    return YES


def can_change_mail(person: Person, mail: OutgoingMail) -> Ruling:
    """Edit a mail's words: while it is held."""
    if not (writing := can_write(person)):
        return writing
    if mail.state != State.HELD:
        return Ruling(_("This mail is no longer held: it is %(state)s.") % {"state": mail.get_state_display()})
    return YES


def can_release_mail(person: Person, mail: OutgoingMail) -> Ruling:
    """Let a held mail go; or a failed one again, if its words are still kept."""
    if not (writing := can_write(person)):
        return writing
    if mail.state not in (State.HELD, State.FAILED):
        return Ruling(
            _("This mail does not wait for a release: it is %(state)s.") % {"state": mail.get_state_display()}
        )
    if not mail.text and not mail.html:
        return Ruling(_("The words of this mail are no longer kept, so it cannot be sent again."))
    return YES


def can_withdraw_mail(person: Person, mail: OutgoingMail) -> Ruling:
    """Keep a mail from going, as long as nothing has left."""
    if not (writing := can_write(person)):
        return writing
    if mail.state not in (State.HELD, State.QUEUED, State.FAILED):
        return Ruling(_("This mail can no longer be withdrawn: it is %(state)s.") % {"state": mail.get_state_display()})
    return YES


def can_set_period(person: Person, kept: Kept, days: int) -> Ruling:
    """Set for how long things are kept, but not below what a law or a promise demands."""
    if not (writing := can_write(person)):
        return writing
    if days < kept.least:
        told = {"days": days, "what": kept.label, "least": kept.least, "why": kept.why}
        return Ruling(_("%(days)s days is too short for “%(what)s”: at least %(least)s. %(why)s") % told)
    return YES


def can_manage_factors(person: Person) -> Ruling:
    """Managers of the secretariat say who needs a second factor."""
    if not (seen := can_see(person)):
        return seen
    for membership in person.current_memberships:
        if membership.organisation.tier == Organisation.Tier.SECRETARIAT and membership.role == Membership.Role.MANAGER:
            return YES
    return Ruling(_("The managers of the secretariat decide who needs a second factor. Ask one of them."))


def can_end_factor(person: Person, rule: SecondFactorRule) -> Ruling:
    if not (managing := can_manage_factors(person)):
        return managing
    return Ruling(_("This rule has ended already.")) if rule.until else YES
