"""How long what is kept, and what was removed when."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@pghistory.track()
class Period(models.Model):
    """From `since` on, things of this name are kept for so many days. A later row replaces it; none is deleted."""

    name = models.CharField(_("what"), max_length=80)
    days = models.PositiveIntegerField(_("kept for"), help_text=_("days"))
    since = models.DateField(pgettext_lazy("day", "from"))
    reason = models.TextField(_("reason"))
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("period of keeping")
        constraints = [models.UniqueConstraint(fields=["name", "since"], name="period_once_a_day")]

    def __str__(self) -> str:
        return f"{self.name}: {self.days}"


class Removal(models.Model):
    """One run over things of one name: how many older than `before` were removed, or what went wrong."""

    name = models.CharField(_("what"), max_length=80)
    at = models.DateTimeField(_("when"), default=timezone.now)
    before = models.DateTimeField(_("older than"))
    days = models.PositiveIntegerField(_("kept for"), help_text=_("days"))
    count = models.PositiveIntegerField(pgettext_lazy("rows", "removed"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("removal")
        indexes = [models.Index(fields=["-at"], name="removal_newest")]

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d}: {self.count}"
