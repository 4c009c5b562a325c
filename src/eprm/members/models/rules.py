"""What the partnership decided about membership, as dated rows. None is edited: a new one holds from its day on."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.members.models.membership import FeeClass
from eprm.people.models import Organisation
from lode.ballot import fraction_of

PILLARS = Organisation.Pillar.choices


def is_share(text: str) -> None:
    """A fraction such as 2/3, from 0 to 1."""
    try:
        share = fraction_of(text)
    except (ValueError, ZeroDivisionError):
        share = None
    if share is None or not 0 <= share <= 1:
        raise ValidationError(_("“%(text)s” is no share. Write a fraction such as 2/3."), params={"text": text})


class DatedRow(models.Model):
    """From `valid_from` this holds, says `source`; `verified` is false until somebody has read it there."""

    valid_from = models.DateField(_("valid from"))
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("confirmed at the source"), default=False)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


@pghistory.track()
class FeeRule(DatedRow):
    """Members of this pillar that meet the condition are in this class (`lode.membership.FeeRule`)."""

    class Condition(models.TextChoices):
        CHOSEN = "chosen", _("who chooses it")
        SME = "sme", _("small and medium-sized enterprises")
        ASSOCIATION = "association", _("not-for-profit associations")
        OTHERWISE = "otherwise", _("everybody else")

    pillar = models.CharField(_("pillar"), max_length=20, choices=PILLARS)
    fee_class = models.CharField(_("fee class"), max_length=20, choices=FeeClass.choices)
    condition = models.CharField(_("for"), max_length=20, choices=Condition.choices)
    amount = models.DecimalField(_("amount a year"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    days = models.DecimalField(_("working days a year"), max_digits=5, decimal_places=1, null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order of the test"), default=1)

    class Meta:
        verbose_name = _("fee class")
        ordering = ["pillar", "order", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["pillar", "fee_class", "condition", "valid_from"], name="fee_rule_once_a_day"
            ),
            models.CheckConstraint(condition=models.Q(amount=None) | models.Q(amount__gte=0), name="fee_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_fee_class_display()}, {self.get_condition_display()}"


@pghistory.track()
class SizeRule(DatedRow):
    """Ceilings of a size of enterprise (`lode.enterprise.Ceilings`); money in EUR."""

    class Size(models.TextChoices):
        MICRO = "micro", _("micro")
        SMALL = "small", _("small")
        MEDIUM = "medium", _("medium-sized")

    size = models.CharField(_("size"), max_length=10, choices=Size.choices)
    staff_below = models.PositiveIntegerField(_("staff below"))
    turnover_up_to = models.DecimalField(_("turnover up to, EUR"), max_digits=16, decimal_places=2)
    balance_sheet_up_to = models.DecimalField(_("balance sheet up to, EUR"), max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = _("ceiling of a size")
        ordering = ["-staff_below", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["size", "valid_from"], name="size_rule_once_a_day")]

    def __str__(self) -> str:
        return self.get_size_display()


@pghistory.track()
class BoardRule(DatedRow):
    """What a decision of the board needs (`lode.ballot.BallotRule`); shares as exact fractions."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary decision")
        WEIGHTY = "weighty", _("weighty decision")

    kind = models.CharField(_("decision"), max_length=10, choices=Kind.choices)
    quorum = models.CharField(_("quorum of all seats"), max_length=9, validators=[is_share])
    pillar_quorum = models.CharField(_("quorum in each pillar"), max_length=9, validators=[is_share])
    majority = models.CharField(_("share of the weight"), max_length=9, validators=[is_share])
    or_equal = models.BooleanField(_("exactly this share is enough"), default=False)
    pillars = models.PositiveSmallIntegerField(_("pillars with a majority"), default=2)
    block = models.CharField(_("share with which a pillar blocks"), max_length=9, blank=True, validators=[is_share])
    open_call = models.PositiveSmallIntegerField(_("call without quorum"), null=True, blank=True)
    days_open = models.PositiveSmallIntegerField(_("working days open"), default=10)

    class Meta:
        verbose_name = _("rule of the board")
        ordering = ["kind", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["kind", "valid_from"], name="board_rule_once_a_day")]

    def __str__(self) -> str:
        return self.get_kind_display()


@pghistory.track()
class DutyRule(DatedRow):
    """What members of these pillars owe, when it is due, when it turns red, and when they are reminded.

    Due each year on a month's day, or so many days after what calls for it (an invoice, a new Memorandum).
    """

    class Key(models.TextChoices):
        RETURN = "return", _("due-diligence return")
        CONTRIBUTION = "contribution", _("contribution")
        DAYS = "days", _("working days")
        CONTACT = "contact", _("contact data")
        MOU = "mou", _("Memorandum of Understanding")

    key = models.CharField(_("duty"), max_length=20, choices=Key.choices)
    title = models.JSONField(_("title"), help_text=_("by language"))
    pillars = ArrayField(models.CharField(max_length=20, choices=PILLARS), verbose_name=_("pillars"))
    month = models.PositiveSmallIntegerField(
        _("due in month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("due on day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    opens_days = models.PositiveSmallIntegerField(_("opens, days before"), default=60)
    after_days = models.PositiveSmallIntegerField(_("or days after what calls for it"), null=True, blank=True)
    red_days = models.PositiveSmallIntegerField(_("red, days after"))
    reminders = ArrayField(
        models.SmallIntegerField(), verbose_name=_("reminders, days from the due day"), blank=True, default=list
    )
    board_days = models.PositiveSmallIntegerField(_("board told, days after"), null=True, blank=True)

    class Meta:
        verbose_name = _("duty of members")
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="duty_rule_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(month__isnull=False, day__isnull=False) | models.Q(after_days__isnull=False),
                name="duty_rule_is_due",
            ),
        ]

    def __str__(self) -> str:
        return self.get_key_display()


@pghistory.track()
class TermsRule(DatedRow):
    """How long grace lasts (`lode.membership.GraceRule`), and when invoices go out and fall due."""

    rights_days = models.PositiveSmallIntegerField(_("grace with rights, days"))
    lapse_days = models.PositiveSmallIntegerField(_("lapses after, days"))
    invoice_days = models.PositiveSmallIntegerField(_("invoices fall due after, days"))
    invoice_month = models.PositiveSmallIntegerField(_("invoices go out in month"), default=1)
    invoice_day = models.PositiveSmallIntegerField(_("on day"), default=15)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta:
        verbose_name = _("terms of grace and invoices")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="terms_rule_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(lapse_days__gte=models.F("rights_days")), name="terms_lapse_after_rights"
            ),
        ]

    def __str__(self) -> str:
        return str(self.valid_from)
