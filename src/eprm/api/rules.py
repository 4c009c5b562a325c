"""Who may send an organisation's events to other programs. Each rule answers with its reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eprm.base.models import Webhook
from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling, can_see_organisation


def can_manage_webhooks(person: Person, organisation: Organisation) -> Ruling:
    """Managers: a webhook carries the organisation's data out of the house."""
    if not (seen := can_see_organisation(person, organisation)):
        return seen
    if person.role_in(organisation.pk) != Membership.Role.MANAGER:
        return Ruling(
            _("The managers of %(organisation)s decide which programs are told of its affairs. Ask one of them.")
            % {"organisation": organisation}
        )
    return YES


def can_end_webhook(person: Person, hook: Webhook) -> Ruling:
    if not (managing := can_manage_webhooks(person, hook.organisation)):
        return managing
    return Ruling(_("This webhook has ended already.")) if hook.ended_at else YES
