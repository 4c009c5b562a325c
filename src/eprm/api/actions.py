"""Every write about webhooks."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.api import rules
from eprm.base import hooks
from eprm.base.errors import NotAllowed
from eprm.base.models import Webhook
from eprm.people.models import Organisation, Person

AT_MOST = 20


def make_webhook(
    organisation: Organisation, *, label: str, url: str, topics: Sequence[str], by: Person
) -> tuple[Webhook, str]:
    """A new webhook and the secret its deliveries are signed with, which is shown this once."""
    rules.can_manage_webhooks(by, organisation).require()
    try:
        hooks.split(url)
    except (hooks.NotPublic, ValueError):
        raise NotAllowed(_("“%(url)s” is not an https address without a user name.") % {"url": url}) from None
    if Webhook.objects.filter(organisation=organisation, ended_at=None).count() >= AT_MOST:
        raise NotAllowed(_("There are %(count)s webhooks in force. End one first.") % {"count": AT_MOST})
    hook = Webhook.objects.create(
        organisation=organisation, label=label.strip(), url=url, topics=sorted(set(topics)), made_by=by
    )
    return hook, hooks.secret_of(hook)


def end_webhook(hook: Webhook, *, by: Person) -> None:
    """Nothing is sent there any more, also not what is on its way."""
    rules.can_end_webhook(by, hook).require()
    Webhook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
