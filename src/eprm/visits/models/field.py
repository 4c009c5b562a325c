"""What the delegation saw: observations by theme, with photos, and positions where the observer agreed to keep one."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.ui.languages import second_language
from eprm.visits.models.visits import Visit

PERSON = settings.AUTH_USER_MODEL
LARGE, SMALL = 1600, 480  # pixels along a picture's longer side


@pghistory.track()
class Theme(models.Model):
    """What an observation is about, as used from a day until another. The secretariat adds and ends them."""

    key = models.SlugField(max_length=40)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_es = models.CharField(_("name in Spanish"), max_length=120)
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("compared with the source"), default=False)
    since = models.DateField(_("used from"))
    until = models.DateField(_("used until"), null=True, blank=True)

    class Meta:
        verbose_name = _("theme")
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="visit_theme_once")]

    def __str__(self) -> str:
        return {"fr": self.name_fr, "es": self.name_es}.get(second_language(), self.name_en)


@pghistory.track()
class Observation(models.Model):
    """One thing a delegate saw or was told, on a day at a place."""

    nonce = models.UUIDField(unique=True, help_text="of the form it was sent with: the same form is one observation")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="observations")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", verbose_name=_("theme"))
    text = models.TextField(_("what was seen or told"))
    seen_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("observed by"))
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("observation")
        indexes = [models.Index(fields=["visit", "seen_on"])]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"


@pghistory.track()
class Photo(models.Model):
    """A photo of an observation, without the camera's own notes. Nobody outside sees it before `faces` is stated.

    The picture itself is `PhotoBytes` and goes for good when the photo is withdrawn; this row stays and says so.
    """

    class Faces(models.TextChoices):
        ASKED = "", _("nobody has said yet")
        NONE = "none", _("no face can be recognised")
        AGREED = "agreed", _("everybody shown has agreed")

    nonce = models.UUIDField(unique=True, help_text="of the form it was sent with: the same form is one photo")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="photos")
    caption = models.CharField(_("what it shows"), max_length=300)
    width = models.PositiveIntegerField(help_text="pixels")
    height = models.PositiveIntegerField(help_text="pixels")
    faces = models.CharField(_("faces"), max_length=6, choices=Faces.choices, blank=True)
    in_story = models.BooleanField(_("in the story"), default=False)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(pgettext_lazy("photo", "withdrawn"), null=True)

    class Meta:
        verbose_name = _("photo")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_story=False) | (~models.Q(faces="") & models.Q(withdrawn_at=None)),
                name="visit_photo_in_story_by_consent",
            )
        ]
        indexes = [models.Index(fields=["visit", "added_at"])]

    def __str__(self) -> str:
        return self.caption

    @property
    def small_width(self) -> int:
        """How wide the small picture is, in pixels."""
        return min(self.width, round(self.width * SMALL / max(self.width, self.height)))

    @property
    def small_height(self) -> int:
        return min(self.height, round(self.height * SMALL / max(self.width, self.height)))


class PhotoBytes(models.Model):
    """The picture as JPEG, large and small. In the database, so that taking it back deletes it in the same moment."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="bytes")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    large = models.BinaryField()
    small = models.BinaryField()

    def __str__(self) -> str:
        return f"photo {self.photo_id}"


class Position(models.Model):
    """Where an observation was made or a photo taken, kept only because the observer said so.

    Apart from what it belongs to, because row-level security knows rows: no public row holds a position.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="positions")
    observation = models.OneToOneField(Observation, models.CASCADE, null=True, related_name="position")
    photo = models.OneToOneField(Photo, models.CASCADE, null=True, related_name="position")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, help_text="degrees north, WGS 84")
    longitude = models.DecimalField(max_digits=8, decimal_places=5, help_text="degrees east, WGS 84")
    kept_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(observation=None) ^ models.Q(photo=None), name="visit_position_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"
