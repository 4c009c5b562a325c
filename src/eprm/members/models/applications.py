"""An organisation's application for membership: its answers, evidence and figures, and what was found of them."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.members import lifecycle
from eprm.members.models.editions import FormEdition, Question
from eprm.members.models.membership import FeeClass
from eprm.members.models.rules import PILLARS
from eprm.people.models import Organisation

PERSON = settings.AUTH_USER_MODEL
APPLICATION_STATES = [(key, state.label) for key, state in lifecycle.APPLICATION_STATES.items()]
MONEY = {"max_digits": 16, "decimal_places": 2, "null": True, "blank": True}


@pghistory.track()
class Application(models.Model):
    """One application, in one pillar, on the edition of the forms in force when it began."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    edition = models.ForeignKey(FormEdition, models.PROTECT, related_name="applications")
    pillar = models.CharField(_("pillar"), max_length=20, choices=PILLARS)
    state = models.CharField(_("state"), max_length=12, choices=APPLICATION_STATES, default=lifecycle.DRAFT)
    language = models.CharField(_("language"), max_length=8, default="en")
    chosen_class = models.CharField(_("fee class asked for"), max_length=20, choices=FeeClass.choices, blank=True)
    is_association = models.BooleanField(_("not-for-profit association"), default=False)
    public_percent = models.DecimalField(_("held by public bodies, %"), max_digits=5, decimal_places=2, default=0)
    fee_class = models.CharField(_("fee class found"), max_length=20, choices=FeeClass.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    started_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("begun"), auto_now_add=True)
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(pgettext_lazy("application", "sent"), null=True)
    checked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(_("found complete"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("application")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(state__in=lifecycle.OPEN), name="application_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["state", "-submitted_at"])]

    def __str__(self) -> str:
        return str(self.organisation)


@pghistory.track()
class Answer(models.Model):
    """What was answered, as text; the keys of several choices stand one a line."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    value = models.TextField(_("answer"), blank=True)
    saved_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="answer_once")]

    def __str__(self) -> str:
        return self.value


class Evidence(models.Model):
    """A file handed in with an answer."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("evidence")
        constraints = [models.UniqueConstraint(fields=["application", "question", "sha256"], name="evidence_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Figures(models.Model):
    """What the applicant says of one accounting year (`lode.enterprise.Figures`); money in EUR."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="figures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    staff = models.DecimalField(_("staff, annual work units"), max_digits=10, decimal_places=2, null=True, blank=True)
    turnover = models.DecimalField(_("turnover, EUR"), **MONEY)
    balance_sheet = models.DecimalField(_("balance sheet total, EUR"), **MONEY)

    class Meta:
        verbose_name = _("figures of a year")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["application", "year"], name="figures_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(staff=None) | models.Q(staff__gte=0), name="figures_staff_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


@pghistory.track()
class Holding(models.Model):
    """An enterprise that holds the applicant, or is held by it, with its figures (`lode.enterprise.Holding`)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="holdings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=255)
    percent = models.DecimalField(_("holding, %"), max_digits=5, decimal_places=2)
    staff = models.DecimalField(_("staff, annual work units"), max_digits=10, decimal_places=2, null=True, blank=True)
    turnover = models.DecimalField(_("turnover, EUR"), **MONEY)
    balance_sheet = models.DecimalField(_("balance sheet total, EUR"), **MONEY)

    class Meta:
        verbose_name = _("holding")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__gte=0, percent__lte=100), name="holding_is_a_share")
        ]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """What the secretariat asks for, at a question or about the whole (no question)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="comments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("comment"))
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        verbose_name = _("comment of the secretariat")
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.text


class Screening(models.Model):
    """The names held against sanctions lists, which editions, and what a person decided. Added, never changed."""

    class Outcome(models.TextChoices):
        CLEAR = "clear", _("nobody is listed")
        SETTLED = "settled", _("a similar name was looked at and is somebody else")
        LISTED = "listed", _("somebody is listed")

    application = models.ForeignKey(Application, models.PROTECT, related_name="screenings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    names = models.TextField(_("names"))
    lists = models.TextField(_("lists and their editions"))
    found = models.JSONField(
        _("listed parties with a name like it"), default=list, help_text=_("what the platform's own lists gave")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("screening")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()
