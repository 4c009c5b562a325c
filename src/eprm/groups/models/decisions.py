"""What a group decides, and the minutes of its meetings."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models.groups import Group
from eprm.groups.models.threads import Thread
from eprm.people.models import Organisation
from lode.voting import Position, Result

PERSON = settings.AUTH_USER_MODEL
POSITIONS = [
    (Position.AGREE.value, _("We agree")),
    (Position.ABSTAIN.value, _("We abstain")),
    (Position.DISAGREE.value, _("We disagree")),
    (Position.BLOCK.value, _("We block it")),
]
RESULTS = [
    (Result.ADOPTED.value, _("adopted")),
    (Result.BLOCKED.value, _("blocked")),
    (Result.NO_QUORUM.value, _("no quorum")),
    (Result.REJECTED.value, _("rejected")),
]


@pghistory.track(exclude=["html"])
class Proposal(models.Model):
    """Something put to the decision of the group's organisations until a moment, by the clock of `zone`."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="proposals")
    title = models.CharField(_("proposal"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField()
    markup = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closes_at = models.DateTimeField(_("closes"))
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    quorum = models.PositiveSmallIntegerField(_("quorum"), help_text=_("% of each pillar's organisations"))
    closed_at = models.DateTimeField(pgettext_lazy("decision", "closed"), null=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    result = models.CharField(_("result"), max_length=10, choices=RESULTS, blank=True)
    against = ArrayField(models.CharField(max_length=20), default=list, verbose_name=_("pillars that stand against it"))
    outcome = models.TextField(_("what follows from it"), blank=True)

    class Meta:
        verbose_name = _("proposal")
        indexes = [models.Index(fields=["group", "-opened_at"])]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Stance(models.Model):
    """An organisation's position on a proposal: one voice each, changed until it closes."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="stances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("given by"))
    position = models.CharField(_("position"), max_length=10, choices=POSITIONS)
    reason = models.TextField(_("reason"), blank=True)
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("position")
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="stance_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.position}"


class PillarTally(models.Model):
    """A pillar's positions as counted when the proposal closed: later comings and goings change nothing."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="tallies")
    pillar = models.CharField(max_length=20, choices=Organisation.Pillar.choices)
    entitled = models.PositiveIntegerField()
    agree = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    block = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "pillar"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.pillar}"


@pghistory.track(exclude=["html"])
class Minutes(models.Model):
    """What was said and agreed at a meeting; its actions are tasks."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    title = models.CharField(_("meeting"), max_length=200)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    text = models.TextField(_("minutes"))
    html = models.TextField()
    markup = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(_("version"), default=1)
    taken_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("minutes")
        indexes = [models.Index(fields=["group", "-held_on"])]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A member who was at the meeting, for the organisation and pillar of that day."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pillar = models.CharField(max_length=20, choices=Organisation.Pillar.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.minutes}"
