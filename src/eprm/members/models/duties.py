"""What a member owes by a day, and the reminders it got."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.members.models.editions import said
from eprm.members.models.membership import Member
from eprm.members.models.rules import DutyRule
from eprm.people.models import Organisation


@pghistory.track()
class Duty(models.Model):
    """One duty of a member for one period: a year, or the number of what called for it. Its days give its light."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="duties")
    rule = models.ForeignKey(DutyRule, models.PROTECT, related_name="+")
    key = models.CharField(_("duty"), max_length=20, choices=DutyRule.Key.choices)
    period = models.PositiveIntegerField(_("period"))
    opened_on = models.DateField(_("open since"))
    due_on = models.DateField(_("due"))
    red_on = models.DateField(_("red from"))
    met_on = models.DateField(_("met"), null=True)

    class Meta:
        verbose_name = _("duty of a member")
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["member", "key", "period"], name="duty_once_a_period")]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(met_on=None), name="duty_open")]

    def __str__(self) -> str:
        return f"{self.get_key_display()} {self.period}"

    @property
    def title(self) -> str:
        """What it is called, by the edition of the rule it was opened under."""
        return said(self.rule.title)


class Reminder(models.Model):
    """A reminder that went out: never twice for the same duty, offset and audience."""

    class Audience(models.TextChoices):
        MEMBER = "member", _("member")
        BOARD = "board", _("board")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="reminders")
    audience = models.CharField(_("to"), max_length=8, choices=Audience.choices)
    offset = models.SmallIntegerField(_("days from the due day"))
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        constraints = [models.UniqueConstraint(fields=["duty", "audience", "offset"], name="member_reminder_once")]

    def __str__(self) -> str:
        return f"{self.duty} {self.offset}"
