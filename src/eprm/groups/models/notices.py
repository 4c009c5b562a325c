"""What members are told by mail, how they chose to hear it, and what they answer by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models.decisions import Proposal
from eprm.groups.models.groups import Group
from eprm.groups.models.threads import Post, Thread
from eprm.groups.models.work import Task

PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """What a notice is about; each is chosen for itself."""

    POST = "post", _("contributions")
    MENTION = "mention", _("where somebody names me")
    DECISION = "decision", _("decisions")
    TASK = "task", _("my tasks")
    GROUP = "group", _("who wants to join, what is reported")


class Rhythm(models.TextChoices):
    """When a notice is sent."""

    INSTANT = "instant", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NONE = "none", _("never")


DEFAULTS = {
    Kind.POST: Rhythm.DAILY,
    Kind.MENTION: Rhythm.INSTANT,
    Kind.DECISION: Rhythm.INSTANT,
    Kind.TASK: Rhythm.INSTANT,
    Kind.GROUP: Rhythm.INSTANT,
}


class Notice(models.Model):
    """Something to tell: to one person, to the facilitators, or to the whole group. Its words are made when it is
    sent, from what then stands and for whom then may see it."""

    class Event(models.TextChoices):
        POST = "post", _("contribution")
        PROPOSAL = "proposal", _("proposal")
        OUTCOME = "outcome", _("outcome")
        TASK = "task", _("task")
        ASKED = "asked", _("asked to join")
        REPORT = "report", pgettext_lazy("moderation", "report")

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    event = models.CharField(max_length=10, choices=Event.choices)
    to = models.ForeignKey(PERSON, models.CASCADE, null=True, related_name="+")
    to_facilitators = models.BooleanField(default=False)
    by = models.ForeignKey(PERSON, models.CASCADE, null=True, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="+")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, help_text="when those who wanted it at once got it")

    class Meta:
        indexes = [models.Index(fields=["made_at"]), models.Index(fields=["group", "made_at"])]

    def __str__(self) -> str:
        return f"{self.event} · {self.group}"


class Preference(models.Model):
    """How a person wants to hear one kind of notice of one group, where it differs from the default."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rhythm}"


class DigestMark(models.Model):
    """Up to which moment a person's daily or weekly digest has been sent: a job that runs twice sends it once."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rhythm"], name="digest_mark_once")]

    def __str__(self) -> str:
        return f"{self.rhythm} {self.until}"


class PersonKey(models.Model):
    """What a person's own addresses (reply by mail, feeds) are signed with, beside the site's secret. Replacing it
    ends all of them at once."""

    class Purpose(models.TextChoices):
        MAIL = "mail", _("writing by e-mail")
        FEED = "feed", _("feeds")

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    key = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "purpose"], name="person_key_once")]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.person_id}"


class IncomingMail(models.Model):
    """A mail that came to one of the platform's addresses, once by its Message-Id, and what became of it."""

    class State(models.TextChoices):
        POSTED = "posted", pgettext_lazy("mail", "published")
        HELD = "held", _("held: it came from another address")
        REFUSED = "refused", pgettext_lazy("mail", "refused")
        IGNORED = "ignored", _("left alone: written by a machine")
        DISCARDED = "discarded", _("discarded")

    message_id = models.CharField(max_length=255, unique=True)
    received_at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(PERSON, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")
    from_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.TextField(blank=True)
    answered = models.BooleanField(default=False)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-received_at"]), models.Index(fields=["from_address"])]

    def __str__(self) -> str:
        return self.subject
