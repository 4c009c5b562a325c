"""Every read about webhooks."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from eprm.base.models import Delivery, Webhook
from eprm.people.models import Person


def webhooks_visible_to(person: Person) -> QuerySet[Webhook]:
    """The webhooks, also ended ones, of the person's organisations, with how much each was told and when last."""
    found = Webhook.objects.filter(organisation__in=person.organisation_ids()).select_related("organisation", "made_by")
    found = found.annotate(told=Count("deliveries"), last=Max("deliveries__happened_at"))
    return found.order_by("-ended_at", "-made_at")


def deliveries_of(hook: Webhook) -> QuerySet[Delivery]:
    """What this webhook was told, newest first."""
    return Delivery.objects.filter(webhook=hook).order_by("-happened_at")
