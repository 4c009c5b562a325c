"""What the delegation concludes from what it saw, and what follows."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models import Task
from eprm.people.models import Organisation
from eprm.visits.models.field import Observation
from eprm.visits.models.visits import Visit

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class VisitFinding(models.Model):
    """A conclusion from observations: good practice, something to improve, or a concern with its severity."""

    class Kind(models.TextChoices):
        GOOD = "good", _("good practice")
        IMPROVE = "improve", _("to be improved")
        CONCERN = "concern", pgettext_lazy("finding", "concern")

    class Severity(models.TextChoices):
        NONE = "", pgettext_lazy("severity", "none")
        LOW = "low", pgettext_lazy("severity", "low")
        MEDIUM = "medium", pgettext_lazy("severity", "medium")
        HIGH = "high", pgettext_lazy("severity", "high")

    nonce = models.UUIDField(unique=True, help_text="of the form it was sent with: the same form is one finding")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity.choices, blank=True)
    title = models.CharField(_("finding"), max_length=200)
    text = models.TextField(_("what it rests on"), blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("written by"))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("visit", "finding")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="concern") ^ models.Q(severity=""), name="visit_severity_of_concerns"
            )
        ]
        indexes = [models.Index(fields=["visit", "made_at"])]

    def __str__(self) -> str:
        return self.title


class FindingSource(models.Model):
    """An observation a finding rests on."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    finding = models.ForeignKey(VisitFinding, models.CASCADE, related_name="sources")
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="findings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "observation"], name="visit_source_once")]

    def __str__(self) -> str:
        return str(self.observation_id)


@pghistory.track()
class FollowUp(models.Model):
    """What somebody does about a finding by a day. Read by the delegation and by whoever has to do it.

    Where the visit belongs to a group whose member does it, it is that group's task as well: `task` is done or open
    for both at once, which the database keeps (migration 0002). `origin` says what visit it comes from in words,
    because who has to do it may not see the visit.
    """

    nonce = models.UUIDField(unique=True, help_text="of the form it was sent with: the same form is one follow-up")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="follow_ups")
    finding = models.ForeignKey(VisitFinding, models.CASCADE, related_name="follow_ups")
    title = models.CharField(_("what is to be done"), max_length=200)
    origin = models.CharField(_("comes from"), max_length=200)
    owner = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("organisation")
    )
    due_on = models.DateField(_("due"))
    task = models.OneToOneField(Task, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("follow-up")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False) | models.Q(organisation__isnull=False),
                name="visit_follow_up_is_somebodys",
            )
        ]
        indexes = [models.Index(fields=["visit", "due_on"]), models.Index(fields=["owner", "done_at"])]

    def __str__(self) -> str:
        return self.title
