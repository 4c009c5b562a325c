"""Webhooks and what they were told, as tables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from eprm.base import hooks
from eprm.base.models import Delivery, Webhook
from eprm.ui import parts
from eprm.ui.tables import Column, Table


def _topics(hook: Webhook) -> str:
    known = dict(hooks.events())
    return ", ".join(str(known.get(topic, topic)) for topic in hook.topics)


def _event(delivery: Delivery) -> str:
    return str(dict(hooks.events()).get(delivery.event, delivery.event))


class WebhookTable(Table):
    label = Column(_("For"), link="webhook_detail")
    url = Column(_("Address"), sort=False)
    topics = Column(_("Events"), sort=False, show=_topics, export=_topics)
    told = Column(_("Told"), align="end")
    last = Column(_("Last"), blank=_("never"))
    made_by = Column(_("Made by"), sort=False)
    ended_at = Column(_("Ended"), blank=_("in force"))

    class Meta:
        caption = _("Webhooks")
        source = _("Made on this page")


class DeliveryTable(Table):
    happened_at = Column(_("Happened"))
    event = Column(_("Event"), show=_event)
    state = Column(_("State"), show=lambda each: parts.status(f"delivery.{each.state}"), export=lambda each: each.state)
    attempts = Column(_("Tries"), align="end")
    answered_at = Column(_("Answered"), blank=_("not yet"))
    status = Column(_("HTTP status"), align="end", blank=_("none"))
    answer = Column(_("Answer"), sort=False, blank=_("empty"))

    class Meta:
        caption = _("What it was told")
        source = _("Deliveries of the last 90 days")
        order_by = "-happened_at"
