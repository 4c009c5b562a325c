"""What the group is told of itself: figures that name no member, made by one act and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.people.models import Organisation
from eprm.returns.models.returns import Version


class Publication(models.Model):
    """The figures of one year, made from the returns closed by then. A later one replaces it, with a note."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("edition"))
    note = models.TextField(_("note"), blank=True)
    members = models.PositiveIntegerField(_("returns counted"))
    expected = models.PositiveIntegerField(_("returns opened"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("group figures")
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="publication_number_once")]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"


class Figure(models.Model):
    """One figure of a group: a rounded mean share, a sum, or a part of a whole. `hidden` says why it is not told.

    `group` is "all" or a pillar; `key` a step, "total", or a question's key. Of a hidden figure nothing else is kept.
    """

    ALL, TOTAL = "all", "total"

    class Measure(models.TextChoices):
        SHARE = "share", _("mean share")
        SUM = "sum", _("sum")
        RATIO = "ratio", _("part of the whole")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=8, choices=Measure.choices)
    group = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    members = models.PositiveIntegerField(null=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    whole = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    hidden = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "measure", "group", "key"], name="figure_once"),
            models.CheckConstraint(
                condition=models.Q(hidden="") | models.Q(members=None, value=None, whole=None),
                name="figure_hidden_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.group} {self.key}"


class Counted(models.Model):
    """Which sent version a publication counted; for the secretariat alone, to judge what a next one would tell."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="counted")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "version"], name="counted_once")]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.version_id}"
