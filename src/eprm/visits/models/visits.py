"""A field visit, its programme, who goes, and what those who go must know to be safe."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models import Group
from eprm.people.models import Organisation
from eprm.visits import lifecycle

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Visit(models.Model):
    """Where a delegation goes, when and why. Cancelled, never deleted.

    Place and days are known to the delegation and the secretariat alone; what members and the public read are rows of
    their own (`Report`, `Story`).
    """

    class State(models.TextChoices):
        PLANNED = lifecycle.PLANNED, pgettext_lazy("visit", "planned")
        UNDER_WAY = lifecycle.UNDER_WAY, _("under way")
        REPORTING = lifecycle.REPORTING, _("report being written")
        CLOSED = lifecycle.CLOSED, pgettext_lazy("visit", "closed")
        CANCELLED = lifecycle.CANCELLED, pgettext_lazy("visit", "cancelled")

    nonce = models.UUIDField(unique=True, help_text="of the form it was sent with: the same form is one visit")
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(pgettext_lazy("visit", "purpose"))
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    minerals = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("minerals"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("working group")
    )
    lead = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("led by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    cancelled_because = models.TextField(_("why it is cancelled"), blank=True)
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("field visit")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="visit_ends_later")
        ]
        indexes = [models.Index(fields=["-starts_on"]), models.Index(fields=["lead"])]

    def __str__(self) -> str:
        return self.title


class ProgrammeItem(models.Model):
    """One line of the programme: on which day, when, what, where."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="programme")
    day = models.DateField(_("day"))
    at = models.TimeField(_("time"), null=True, blank=True)
    what = models.CharField(_("what"), max_length=300)
    place = models.CharField(_("where"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["visit", "day", "at"])]

    def __str__(self) -> str:
        return self.what


@pghistory.track(exclude=["name"])
class Delegate(models.Model):
    """One who goes: somebody with an account, or a guest by name, for whom the lead answers.

    The name of a guest stands outside the history, so that it can be taken away.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("comes")
        DECLINED = "declined", pgettext_lazy("delegate", "does not come")
        WITHDRAWN = "withdrawn", _("invitation withdrawn")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="delegation")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=200)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices, blank=True)
    role = models.CharField(_("role"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("delegate")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person"], condition=models.Q(person__isnull=False), name="visit_delegate_once"
            )
        ]
        indexes = [models.Index(fields=["person", "state"])]

    def __str__(self) -> str:
        return self.name


class SafetyNote(models.Model):
    """What those who go must know to be safe: routes, contacts, threats. For the delegation and its lead alone.

    Without history, never exported, searched or mailed, and deleted some weeks after the visit: a note that says who
    hides where must not outlive its use.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="safety")
    text = models.TextField(_("safety notes"))
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("safety notes")

    def __str__(self) -> str:
        return f"safety notes {self.visit_id}"
