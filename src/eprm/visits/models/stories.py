"""What others read of a visit: members the report, everybody the story. Rows of their own, of what may go out."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.visits.models.people import LocalActor
from eprm.visits.models.visits import Visit

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Report(models.Model):
    """The report of a visit. The partnership's members read it, and the findings, once it is shared."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="report")
    title = models.CharField(_("title"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    text = models.TextField(pgettext_lazy("visit", "report"))
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    shared_at = models.DateTimeField(_("shared with members"), null=True)

    class Meta:
        verbose_name = _("report of a visit")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Story(models.Model):
    """What everybody may read, from its day on: words, country and region, the month, the minerals.

    `withheld_because` keeps it back, also after its day, where people could be endangered.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="story")
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=300)
    text = models.TextField(_("story"))
    language = models.CharField(_("language"), max_length=8)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)
    month = models.DateField(_("month of the visit"), help_text="its first day")
    minerals = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("minerals"))
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    publish_on = models.DateField(_("appears on"))
    approved_at = models.DateTimeField(pgettext_lazy("story", "released"), null=True)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("released by"))
    withheld_because = models.TextField(_("why it is withheld"), blank=True)

    class Meta:
        verbose_name = _("story of a visit")
        indexes = [models.Index(fields=["-publish_on"])]

    def __str__(self) -> str:
        return self.title


class Voice(models.Model):
    """Whom the story says was heard: a kind and a number, and a name only while they agree to be named."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="voices")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    actor = models.OneToOneField(LocalActor, models.CASCADE, related_name="voice")
    kind = models.CharField(max_length=14, choices=LocalActor.Kind.choices)
    name = models.CharField(max_length=200, blank=True)
    people_count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


@pghistory.track()
class Delay(models.Model):
    """After how many days a story may appear at the earliest, for visits that end from `since` on."""

    since = models.DateField(_("holds from"), unique=True)
    days = models.PositiveSmallIntegerField(_("days after the visit"))
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("compared with the source"), default=False)

    class Meta:
        verbose_name = _("delay before a story appears")

    def __str__(self) -> str:
        return str(self.days)
