"""A member's yearly return: its versions with answers and evidence, what was said about them, and who was reminded.

Every row names its organisation: the database isolates by it. The board sees that a return is there and how it stands;
versions, answers, evidence and comments are the member's own and the secretariat's who reads them, and only the member
writes versions, answers and evidence.
"""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.base.models import StoredFile
from eprm.people.models import Organisation
from eprm.returns import lifecycle
from eprm.returns.models.questionnaire import Edition, Question
from lode.progress import Level

STATES = [(key, state.label) for key, state in lifecycle.STATES.items()]
LEVELS = [
    (Level.NOT_STARTED.value, _("Not started")),
    (Level.PLANNED.value, _("Planned")),
    (Level.IN_PLACE.value, _("In place, not documented")),
    (Level.DOCUMENTED.value, _("In place and documented")),
    (Level.REVIEWED.value, _("Reviewed in the last 12 months")),
    (Level.NOT_APPLICABLE.value, _("Does not apply to us")),
]


@pghistory.track()
class Return(models.Model):
    """One member's return about one year. Pillar, place in the chain and size of the form are those of the opening."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="returns")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=lifecycle.OPEN)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices)
    tier = models.CharField(_("place in the chain"), max_length=20, choices=Organisation.Tier.choices)
    is_short = models.BooleanField(_("short form"), default=False)
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    improve_by = models.DateField(_("improve by"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    counted = models.ForeignKey("Version", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("yearly return")
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="return_once_a_year")]
        indexes = [models.Index(fields=["year", "state"])]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"


@pghistory.track()
class Version(models.Model):
    """What the member said at one time. Once sent it is never changed; `sha256` is over its answers."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    of = models.ForeignKey(Return, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    reason = models.TextField(_("reason"), blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, verbose_name="SHA-256")

    class Meta:
        verbose_name = _("version of a return")
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["of"], condition=models.Q(sent_at=None), name="version_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of} · {self.number}"


@pghistory.track()
class Answer(models.Model):
    """One answer of a version. No row means that nobody has answered: that is not the same as "not started".

    `revision` counts the saves, so that two people who answer at once notice each other. `source` says, where `origin`
    is not a person's own words, what was taken over.
    """

    class Origin(models.TextChoices):
        TYPED = "typed", _("typed")
        LAST_YEAR = "last_year", _("taken over from last year")
        PLATFORM = "platform", _("taken over from your work on the platform")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    level = models.CharField(_("answer"), max_length=16, choices=LEVELS, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    number = models.DecimalField(
        pgettext_lazy("figure", "number"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    whole = models.DecimalField(_("out of"), max_digits=15, decimal_places=2, null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    note = models.TextField(_("note"), blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.TYPED)
    source = models.CharField(_("source"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["version", "question"], name="answer_once_a_version")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.level or self.text or self.number}"


@pghistory.track()
class Evidence(models.Model):
    """What shows that an answer is so: a file, or an address where it can be read."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="evidence")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.URLField(_("address"), max_length=500, blank=True)
    title = models.CharField(_("what it is"), max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) ^ ~models.Q(address=""), name="evidence_file_or_address"
            )
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Comment(models.Model):
    """What the secretariat says about an answer of a sent version, or the member says back."""

    class Category(models.TextChoices):
        ADVICE = "advice", _("advice for next year")
        GOOD_PRACTICE = "good_practice", _("good practice")
        QUESTION = "question", _("question")
        EVIDENCE_MISSING = "evidence_missing", _("evidence missing")
        CONCERN = "concern", _("concern")
        REPLY = "reply", _("the member’s reply")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    category = models.CharField(_("kind"), max_length=16, choices=Category.choices)
    text = models.TextField(_("text"))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a return")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Reminder(models.Model):
    """A member was told, once, that a return is open, due soon, due, or late."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        MONTH = "month", _("30 days left")
        WEEK = "week", _("7 days left")
        DUE = "due", pgettext_lazy("return", "due")
        LATE = "late", _("late")
        IMPROVE = "improve", pgettext_lazy("return", "sent back")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    of = models.ForeignKey(Return, models.CASCADE, related_name="reminders")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    round = models.PositiveSmallIntegerField(default=1, help_text=_("the version it was about"))
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reminder of a return")
        constraints = [models.UniqueConstraint(fields=["of", "kind", "round"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.kind}"
