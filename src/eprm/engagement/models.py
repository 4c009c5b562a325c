"""The partnership's engagement plan: whom it wants to work with, what was said, what comes next; and its campaigns.

The secretariat's own; the board reads the plan. Addresses of people who are no users are kept with where they are from.
"""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.models import Organisation

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Target(models.Model):
    """An organisation the partnership wants to reach: the goal, who looks after it, the stage and the next step.

    What was there before a change stands in the history. The stages: `lifecycle.py`.
    """

    class Kind(models.TextChoices):
        HUMANITARIAN = "humanitarian", _("humanitarian organisation")
        ENVIRONMENT = "environment", _("environmental organisation")
        HUMAN_RIGHTS = "human_rights", _("human-rights organisation")
        ALLIANCE = "alliance", _("alliance or partnership")
        SCHEME = "scheme", _("assurance scheme")
        AUTHORITY = "authority", _("government or authority")
        DONOR = "donor", _("donor")
        COMPANY = "company", _("company")
        RESEARCH = "research", _("research or training")
        OTHER = "other", _("other")

    class Priority(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")

    name = models.CharField(_("name"), max_length=255)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on the platform as")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.SECOND)
    country = models.CharField(_("country"), max_length=2, blank=True)
    website = models.URLField(_("website"), blank=True)
    goal = models.TextField(_("what we want together"))
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("looked after by"))
    stage = models.CharField(_("stage"), max_length=10, default="found")
    stage_since = models.DateField(_("in this stage since"))
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_on = models.DateField(_("by"), null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("partner to reach")
        constraints = [models.UniqueConstraint("name", name="engagement_target_once")]
        indexes = [models.Index(fields=["stage", "next_on"])]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Contact(models.Model):
    """Somebody to write to there. `source` says where the address comes from, as the person may ask."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    task = models.CharField(_("responsible for"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    source = models.CharField(_("where the address is from"), max_length=300)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Entry(models.Model):
    """A contact that took place: a meeting, a call, a mail. A mail that was handed in comes with its Message-ID."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        CALL = "call", _("call")
        MAIL = "mail", _("mail")
        EVENT = "event", _("event")
        NOTE = "note", _("note")

    target = models.ForeignKey(Target, models.PROTECT, related_name="entries", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    happened_on = models.DateField(_("day"))
    subject = models.CharField(_("in one line"), max_length=300)
    text = models.TextField(_("what was said"), blank=True)
    sender = models.CharField(_("from"), max_length=300, blank=True)
    message_id = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("contact that took place")
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"], condition=~models.Q(message_id=""), name="engagement_mail_once"
            )
        ]
        indexes = [models.Index(fields=["target", "-happened_on"])]

    def __str__(self) -> str:
        return self.subject


@pghistory.track()
class Segment(models.Model):
    """Whom a campaign is for: people who agreed to hear from us, narrowed; and contacts of the plan, if wanted.

    An empty list narrows nothing.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    pillars = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    tiers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    target_kinds = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    with_people = models.BooleanField(_("people with an account who agreed"), default=True)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Campaign(models.Model):
    """A mail to a segment, in the languages it is written in. Sent once."""

    title = models.CharField(_("what it is called here"), max_length=200)
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="campaigns", verbose_name=_("segment"))
    state = models.CharField(_("state"), max_length=8, default="draft")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(pgettext_lazy("campaign", "sent"), null=True)
    sent_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    planned = models.PositiveIntegerField(_("addresses"), default=0)

    class Meta:
        verbose_name = _("campaign")

    def __str__(self) -> str:
        return self.title


class CampaignText(models.Model):
    """A campaign's words in one language."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "language"], name="campaign_language_once")]

    def __str__(self) -> str:
        return self.subject


class Sending(models.Model):
    """A campaign's mail to one address, so that nobody gets it twice. The mail itself lies in the outbox."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="sendings")
    email = models.EmailField()
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=8)
    posted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "email"], name="campaign_address_once")]

    def __str__(self) -> str:
        return self.email


class Refusal(models.Model):
    """Somebody wants no more of our campaigns. Of the address only a keyed digest is kept; anybody may put one in.

    A person who agrees again later hears from us again: the later word counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64)
    refused_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["digest"])]

    def __str__(self) -> str:
        return self.digest[:12]
