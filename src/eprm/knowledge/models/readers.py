"""What readers give back: suggestions, ratings, and their own five answers."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.knowledge.facets import Scope, Size, Tier
from eprm.knowledge.models.library import Resource


@pghistory.track()
class Suggestion(models.Model):
    """A resource somebody proposes; an editor takes it up as a draft, or declines it with a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an editor")
        TAKEN = "taken", _("taken up")
        DECLINED = "declined", pgettext_lazy("suggestion", "declined")

    title = models.CharField(_("title"), max_length=200)
    address = models.URLField(_("address"), max_length=500)
    why = models.TextField(_("who it helps, and with what"))
    suggested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    suggested_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("suggestion")

    def __str__(self) -> str:
        return self.title


class Rating(models.Model):
    """Whether a resource was of use to somebody. One a person; a later one takes its place."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="ratings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    useful = models.BooleanField()
    rated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "person"], name="rating_once")]

    def __str__(self) -> str:
        return f"{self.resource}: {self.useful}"


class PersonalStart(models.Model):
    """The five answers somebody keeps in their account."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="personal_start")
    tier = models.CharField(max_length=12, choices=Tier.choices, blank=True)
    minerals = ArrayField(models.CharField(max_length=12), default=list)
    size = models.CharField(max_length=6, choices=Size.choices, blank=True)
    country = models.CharField(max_length=2, blank=True)
    in_scope = models.CharField(max_length=6, choices=Scope.choices, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.person)
