"""Whom an organisation buys from, what they were asked, and how they stand against the sanctions lists."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.diligence.models.owned import OwnedModel
from eprm.reference.models import HeldAgainstLists


@pghistory.track()
class Supplier(OwnedModel):
    """Somebody the organisation buys from."""

    name = models.CharField(_("name"), max_length=255)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    number = models.CharField(_("your number for it"), max_length=60, blank=True)
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("supplier")
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="supplier_name_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Enquiry(OwnedModel):
    """A supplier was asked for a declaration for a year; open until one is accepted for it."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="enquiries")
    year = models.PositiveSmallIntegerField(_("reporting year"))
    template = models.CharField(_("template"), max_length=4, default="CMRT")
    asked_on = models.DateField(_("asked"))
    due_on = models.DateField(_("due"))
    closed_on = models.DateField(pgettext_lazy("enquiry", "answered"), null=True, blank=True)
    answered_by = models.ForeignKey("Upload", models.PROTECT, null=True, blank=True, related_name="enquiries")

    class Meta:
        verbose_name = _("enquiry")
        constraints = [models.UniqueConstraint(fields=["supplier", "year", "template"], name="enquiry_once_a_year")]

    def __str__(self) -> str:
        return f"{self.supplier} {self.year}"


@pghistory.track()
class SupplierScreening(HeldAgainstLists, OwnedModel):
    """A supplier's name held against the sanctions lists. The newest screening of a supplier is the one that counts."""

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="screenings")
    name = models.CharField(_("name"), max_length=255)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("screening")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.screened_at:%Y-%m-%d}"
