"""Who may see and keep the engagement plan, and send campaigns; each with the reason why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eprm.people.models import Person
from eprm.people.rules import YES, Ruling


def can_engage(person: Person) -> Ruling:
    """Keep the plan, log contacts, send campaigns: the secretariat."""
    if person.is_authenticated and person.is_secretariat:
        return YES
    return Ruling(_("The secretariat keeps the engagement plan. Tell it whom the partnership should talk to."))


def can_see_plan(person: Person) -> Ruling:
    """Read the plan: the secretariat and the board."""
    if person.is_authenticated and (person.is_secretariat or person.board_seat is not None):
        return YES
    return Ruling(
        _("The engagement plan is read by the secretariat and the board. It names people and unfinished talks.")
    )
