"""What members give: invoices with gapless numbers, payments, earmarks; days pledged and worked.

The sums of an invoice (`paid`, `credited`, `earmarked`) are kept by triggers from rows that are only ever added, and
the table's own constraints hold them: nothing is refunded that was not paid, nor credited beyond the amount.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from eprm.members.models.membership import Member
from eprm.people.models import Organisation

PERSON = settings.AUTH_USER_MODEL
AMOUNT = {"max_digits": 12, "decimal_places": 2, "validators": [MinValueValidator(0)]}


def added_only(name: str) -> pgtrigger.Trigger:
    """Rows are added; nobody changes or deletes one."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def adds_up(name: str, column: str, value: str, invoice: str, when: str = "") -> pgtrigger.Trigger:
    """A new row adds `value` to a sum of its invoice."""
    condition = pgtrigger.Condition(when) if when else None
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        condition=condition,
        func=f"UPDATE members_invoice SET {column} = {column} + {value} WHERE id = {invoice}; RETURN NULL;",  # noqa: S608 our own words
    )


class InvoiceSeries(models.Model):
    """The last number given in a year. Locked while one is given, so that none is left out or given twice."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


@pghistory.track()
class Invoice(models.Model):
    """An invoice, or a credit note against one. What was sent is never changed; only the sums move."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        CREDIT = "credit", _("credit note")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invoices")
    member = models.ForeignKey(Member, models.PROTECT, related_name="invoices")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.INVOICE)
    year = models.PositiveSmallIntegerField(_("year of the number"))
    number = models.PositiveIntegerField(_("number"))
    for_year = models.PositiveSmallIntegerField(_("contribution of"))
    issued_on = models.DateField(_("issued"))
    due_on = models.DateField(_("due"))
    amount = models.DecimalField(_("amount"), **AMOUNT)
    currency = models.CharField(_("currency"), max_length=3)
    what = models.TextField(_("for"))
    billed_to = models.TextField(_("billed to"))
    language = models.CharField(_("language"), max_length=8)
    is_fee = models.BooleanField(_("yearly fee"), default=True)
    credits = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="credit_notes")
    paid = models.DecimalField(_("paid"), default=0, **AMOUNT)
    credited = models.DecimalField(_("credited"), default=0, **AMOUNT)
    earmarked = models.DecimalField(_("earmarked"), default=0, **AMOUNT)
    sha256 = models.CharField(max_length=64, blank=True)
    issued_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("invoice")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="invoice_number_once"),
            models.UniqueConstraint(
                fields=["member", "for_year"],
                condition=Q(kind="invoice", is_fee=True, credited=0),
                name="invoice_fee_once_a_year",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_has_an_amount"),
            models.CheckConstraint(condition=Q(paid__gte=0), name="invoice_refund_was_paid"),
            models.CheckConstraint(condition=Q(credited__lte=F("amount")), name="invoice_credit_within_amount"),
            models.CheckConstraint(
                condition=Q(earmarked__lte=F("amount") - F("credited")), name="invoice_earmarks_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", credits=None) | Q(kind="credit", credits__isnull=False),
                name="invoice_credit_names_invoice",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="keep_invoice", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="freeze_invoice",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *("year", "number", "amount", "currency", "issued_on", "due_on", "what", "billed_to", "kind"),
                    *("organisation", "member", "credits", "for_year", "language"),
                ),
            ),
            adds_up("credit_adds_up", "credited", "NEW.amount", "NEW.credits_id", "NEW.kind = 'credit'"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """EPRM-2026-0007: the number as it stands on paper."""
        return f"EPRM-{self.year}-{self.number:04}"

    @property
    def balance(self):
        """What is still owed; below nothing where more was paid than owed."""
        return self.amount - self.credited - self.paid


class Payment(models.Model):
    """Money that came in for an invoice, or went back. The bank's own reference keeps it from being booked twice."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REFUND = "refund", _("refund")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.PAYMENT)
    on = models.DateField(_("day"))
    amount = models.DecimalField(_("amount"), **AMOUNT)
    currency = models.CharField(_("currency"), max_length=3)
    reference = models.CharField(_("bank reference"), max_length=80, unique=True)
    note = models.TextField(_("note"), blank=True)
    booked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField(_("booked"), auto_now_add=True)

    class Meta:
        verbose_name = _("payment")
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_has_an_amount")]
        triggers = [
            added_only("keep_payment"),
            adds_up(
                "payment_adds_up",
                "paid",
                "(CASE NEW.kind WHEN 'refund' THEN -NEW.amount ELSE NEW.amount END)",
                "NEW.invoice_id",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Earmark(models.Model):
    """A part of an invoice set aside for a purpose. Added, never changed; together at most the invoice."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="earmarks")
    amount = models.DecimalField(_("amount"), **AMOUNT)
    purpose = models.CharField(_("purpose"), max_length=200)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("earmark")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="earmark_has_an_amount")]
        triggers = [added_only("keep_earmark"), adds_up("earmark_adds_up", "earmarked", "NEW.amount", "NEW.invoice_id")]

    def __str__(self) -> str:
        return self.purpose


@pghistory.track()
class Pledge(models.Model):
    """Working days a member of civil society promises for a year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="pledges")
    year = models.PositiveSmallIntegerField(_("year"))
    days = models.DecimalField(_("days"), max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = _("pledge of days")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["member", "year"], name="pledge_once_a_year"),
            models.CheckConstraint(condition=Q(days__gt=0, days__lte=366), name="pledge_days_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.year}"


@pghistory.track()
class WorkedDay(models.Model):
    """Days given on a pledge: when, how many, who, and what was done."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="worked")
    on = models.DateField(_("day"))
    days = models.DecimalField(_("days"), max_digits=4, decimal_places=1)
    who = models.CharField(_("who"), max_length=200)
    what = models.CharField(_("what was done"), max_length=300)
    logged_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("working days given")
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(days__gt=0, days__lte=31), name="worked_days_of_a_month")]

    def __str__(self) -> str:
        return self.what
