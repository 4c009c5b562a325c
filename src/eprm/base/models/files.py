"""Received and made files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file as an organisation sent it. The bytes lie in the storage under their SHA-256 and are never changed."""

    organisation = models.ForeignKey(settings.ORGANISATION_MODEL, models.PROTECT, verbose_name=_("organisation"))
    sha256 = models.CharField(max_length=64, verbose_name="SHA-256")
    name = models.CharField(max_length=255, verbose_name=_("name"))
    size = models.PositiveBigIntegerField(help_text=_("bytes"))
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "sha256"])]

    def __str__(self) -> str:
        return self.name
