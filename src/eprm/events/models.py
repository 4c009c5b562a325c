"""Meetings, webinars and trainings, who comes, and what is kept of them afterwards."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models import Group
from eprm.people.models import Organisation

PERSON = settings.AUTH_USER_MODEL
COUNTS = ("seats_taken", "waiting_count")


@pghistory.track(exclude=COUNTS)
class Event(models.Model):
    """What takes place, when, and for whom. Cancelled, never deleted.

    Times are moments; `zone` is the clock they are announced by. The counts are kept with each registration under the
    row's lock, because most readers may not see who registered; the database takes no more seats than there are.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        WEBINAR = "webinar", _("webinar")
        TRAINING = "training", _("training")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everybody")
        SIGNED_IN = "signed_in", _("whoever is signed in")
        GROUP = "group", _("the members of a group")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"))
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices)
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="gatherings", verbose_name=_("group")
    )
    organiser = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("organiser"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=64)
    place = models.CharField(_("place"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    seats_taken = models.PositiveIntegerField(default=0)
    waiting_count = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0, help_text="of RFC 5545: one more with each change of the entry")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    cancelled_because = models.TextField(_("why it is cancelled"), blank=True)

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(seats_taken__lte=models.F("capacity")),
                name="event_seats_within_capacity",
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_ends_later"),
            models.CheckConstraint(
                condition=models.Q(audience="group") ^ models.Q(group=None), name="event_group_where_for_a_group"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.seats_taken >= self.capacity


class Room(models.Model):
    """Where an event is joined online; apart from the event, as only those who hold a seat may read it."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="room")
    url = models.URLField(_("link"), max_length=500)

    def __str__(self) -> str:
        return self.url


class Registration(models.Model):
    """One who comes, with an account or without. One row an event and address; its state says how things stand.

    Without history on purpose: names and addresses go a year after the event, and what stays counts nobody by name.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("address not confirmed yet")
        SEAT = "seat", _("has a seat")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("does not come")

    class Gender(models.TextChoices):
        WOMAN = "woman", _("woman")
        MAN = "man", _("man")
        NOT_SAID = "", _("not said")

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    gender = models.CharField(_("woman or man"), max_length=5, choices=Gender.choices, blank=True)
    language = models.CharField(max_length=8, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    asked_at = models.DateTimeField(_("registered"))
    in_line_since = models.DateTimeField(null=True)
    day_reminder_at = models.DateTimeField(null=True)
    hour_reminder_at = models.DateTimeField(null=True)
    attended = models.BooleanField(_("was there"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("event", "registration")
        constraints = [
            models.UniqueConstraint(
                "event", Lower("email"), condition=~models.Q(email=""), name="event_registration_once"
            )
        ]
        indexes = [models.Index(fields=["event", "state", "in_line_since"]), models.Index(fields=["person"])]

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """Slides, a recording, a handout: a link, or a file by what it holds."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="materials")
    title = models.CharField(_("what it is"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(url="") ^ models.Q(sha256=""), name="event_material_link_or_file")
        ]

    def __str__(self) -> str:
        return self.title
