"""Whom the delegation heard, and what people have agreed to."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.visits.models.field import Photo
from eprm.visits.models.visits import Visit

PERSON = settings.AUTH_USER_MODEL


@pghistory.track(exclude=["name", "words"])
class LocalActor(models.Model):
    """Somebody of the place whom the delegation heard; unnamed to others unless they agreed to be named.

    `named` is true only while a `Consent` for it is in force. Name and words stand outside the history, so that they
    can be taken away.
    """

    class Kind(models.TextChoices):
        MINERS = "miners", _("miners")
        COOPERATIVE = "cooperative", _("a cooperative")
        WOMEN = "women", _("a women’s group")
        COMMUNITY = "community", _("people who live there")
        TRADER = "trader", _("traders")
        COMPANY = "company", _("a company of the place")
        CIVIL_SOCIETY = "civil_society", pgettext_lazy("local actor", "civil society")
        AUTHORITY = "authority", _("an authority")
        SECURITY = "security", _("security forces")
        OTHER = "other", _("others")

    nonce = models.UUIDField(unique=True, help_text="of the form it was sent with: the same form is one row")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="actors")
    kind = models.CharField(_("who"), max_length=14, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    people_count = models.PositiveIntegerField(_("how many"))
    women_count = models.PositiveIntegerField(_("of them women"), null=True, blank=True)
    heard_on = models.DateField(_("day"))
    words = models.TextField(_("what they said"), blank=True)
    named = models.BooleanField(_("may be named"), default=False)
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("written down by"))
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("local actor")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(women_count=None) | models.Q(women_count__lte=models.F("people_count")),
                name="visit_actor_women_within",
            ),
            models.CheckConstraint(condition=models.Q(named=False) | ~models.Q(name=""), name="visit_actor_named"),
        ]
        indexes = [models.Index(fields=["visit", "heard_on"])]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


class Consent(models.Model):
    """What somebody said they agree to, who noted it and when; revoked rather than changed.

    For a photo it is whose faces it shows, for a local actor that they may be named. `words` say how it was given.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="consents")
    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="consents")
    actor = models.ForeignKey(LocalActor, models.CASCADE, null=True, related_name="consents")
    said = models.CharField(pgettext_lazy("consent", "what was said"), max_length=6, choices=Photo.Faces.choices)
    words = models.CharField(_("how it was given"), max_length=500, blank=True)
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField(_("noted"))
    revoked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("consent")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo=None) ^ models.Q(actor=None), name="visit_consent_to_one_thing"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_said_display())
