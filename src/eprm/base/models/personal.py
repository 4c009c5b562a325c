"""What a person asked for about their own data."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PersonalExport(models.Model):
    """A copy of everything about a person, made on their wish, for them alone, gone after its day."""

    class State(models.TextChoices):
        ASKED = "asked", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    expires_at = models.DateTimeField(_("gone after"))
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(_("size"), default=0, help_text=_("bytes"))

    class Meta:
        verbose_name = _("copy of personal data")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.state}"


class Erasure(models.Model):
    """That a person was erased, when, and how much was changed; `person_number` leads to nothing any more."""

    person_number = models.BigIntegerField()
    erased_at = models.DateTimeField(_("erased"), default=timezone.now)
    cells = models.PositiveIntegerField(_("places changed"))
    history_rows = models.PositiveIntegerField(_("history rows changed"))

    class Meta:
        verbose_name = _("erasure")

    def __str__(self) -> str:
        return f"{self.person_number}, {self.erased_at:%Y-%m-%d}"
