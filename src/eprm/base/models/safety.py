"""Which roles must sign in with a second factor, and from when."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@pghistory.track()
class SecondFactorRule(models.Model):
    """From `since` to `until`, whoever holds this role needs a second factor to go on. Ended, never deleted."""

    role = models.CharField(_("role"), max_length=40)
    since = models.DateField(pgettext_lazy("day", "from"))
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("second factor by role")
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(until=None), name="second_factor_rule_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.since}"
