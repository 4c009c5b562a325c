"""An organisation's own programs, told of what happens to it."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class Webhook(models.Model):
    """An address to which chosen events of an organisation are sent. Ended, never deleted.

    Its secret is not kept: it follows from the site's own key and `salt` (`eprm.base.hooks.secret_of`).
    """

    organisation = models.ForeignKey(settings.ORGANISATION_MODEL, models.PROTECT, related_name="webhooks")
    label = models.CharField(_("what it is for"), max_length=120)
    url = models.URLField(_("address"), max_length=500)
    topics = ArrayField(models.CharField(max_length=80), verbose_name=_("events"))
    salt = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("webhook")

    def __str__(self) -> str:
        return self.label


class Delivery(models.Model):
    """One event on its way to one address, and what the address answered."""

    class State(models.TextChoices):
        QUEUED = "queued", _("on its way")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given_up", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(settings.ORGANISATION_MODEL, models.PROTECT, related_name="+")
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(_("event"), max_length=80)
    payload = models.JSONField()
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    happened_at = models.DateTimeField(_("happened"), default=timezone.now)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    answered_at = models.DateTimeField(_("answered"), null=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="delivery_due"),
            models.Index(fields=["organisation", "-happened_at"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"
