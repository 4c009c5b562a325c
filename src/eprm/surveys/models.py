"""Surveys of stakeholders: what is asked of whom, that somebody took part, what was answered, and what came of it.

That somebody took part and what was answered stand in tables that nothing joins. Only where a survey says "by name",
a signature does (docs/decisions/0043-an-anonymous-answer-has-no-way-back.md).
"""

from __future__ import annotations

import uuid
from datetime import date

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models import Group
from eprm.people.models import Organisation
from eprm.surveys import lifecycle
from eprm.ui.languages import second_language
from lode.survey import Kind

PERSON = settings.AUTH_USER_MODEL
LANGUAGES = ("en", "fr", "es")


def _in_own_language(row: models.Model, name: str) -> str:
    """These words in the reader's language, else in the first they are written in."""
    own = getattr(row, f"{name}_{second_language()}", "")
    return own or next((said for each in LANGUAGES if (said := getattr(row, f"{name}_{each}"))), "")


@pghistory.track()
class Survey(models.Model):
    """What is asked, of whom, from when until when. Once released its questions stay; a change is a new edition."""

    class Audience(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("asked", "everybody, also without an account")
        SIGNED_IN = "signed_in", pgettext_lazy("asked", "whoever is signed in")
        MEMBERS = "members", pgettext_lazy("asked", "the members of the partnership")
        PILLARS = "pillars", pgettext_lazy("asked", "organisations of some pillars")
        GROUP = "group", pgettext_lazy("asked", "the members of a group")
        INVITED = "invited", pgettext_lazy("asked", "invited addresses alone, by a private link")

    class Voice(models.TextChoices):
        PERSON = "person", _("one answer for each person")
        ORGANISATION = "organisation", _("one answer for each organisation")

    class Part(models.TextChoices):
        PILLAR = "pillar", _("pillar")
        TIER = "tier", _("place in the chain")
        COUNTRY = "country", _("country")

    audience = models.CharField(_("who is asked"), max_length=10, choices=Audience.choices)
    pillars = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("pillars"))
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name=_("group")
    )
    voice = models.CharField(_("who answers"), max_length=12, choices=Voice.choices, default=Voice.PERSON)
    by_name = models.BooleanField(_("answers are kept with names"), default=False)
    counted_by = models.CharField(_("counted by"), max_length=8, choices=Part.choices, default=Part.PILLAR)
    results_public = models.BooleanField(_("everybody may read the results"), default=True)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    purpose_en = models.TextField(_("what it is for, in English"), blank=True)
    purpose_fr = models.TextField(_("what it is for, in French"), blank=True)
    purpose_es = models.TextField(_("what it is for, in Spanish"), blank=True)
    conclusion_en = models.TextField(_("what we do with it, in English"), blank=True)
    conclusion_fr = models.TextField(_("what we do with it, in French"), blank=True)
    conclusion_es = models.TextField(_("what we do with it, in Spanish"), blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("follows"))
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(pgettext_lazy("survey", "released"), null=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    counted_at = models.DateTimeField(_("counted"), null=True)
    shown_at = models.DateTimeField(_("results shown"), null=True)

    class Meta:
        verbose_name = _("survey")
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_on__gte=models.F("opens_on")), name="survey_closes_later"),
            models.CheckConstraint(
                condition=models.Q(audience="group") ^ models.Q(group=None), name="survey_group_where_for_a_group"
            ),
        ]
        indexes = [models.Index(fields=["closes_on"])]

    def __str__(self) -> str:
        return _in_own_language(self, "title")

    def state_on(self, day: date) -> str:
        return lifecycle.state_on(
            day,
            released=self.released_at is not None,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            counted=self.counted_at is not None,
            shown=self.shown_at is not None,
        )


@pghistory.track()
class Question(models.Model):
    """One question, in the languages it is written in. Of a number it says the unit and the bounds."""

    KINDS = [
        (Kind.SINGLE.value, _("one choice")),
        (Kind.SEVERAL.value, _("several choices")),
        (Kind.RATING.value, _("rating from 1 to 5")),
        (Kind.RANKING.value, _("ranking")),
        (Kind.SHORT_TEXT.value, _("a line of text")),
        (Kind.LONG_TEXT.value, _("a longer text")),
        (Kind.NUMBER.value, _("number with its unit")),
    ]

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    required = models.BooleanField(_("must be answered"), default=False)
    text_en = models.CharField(_("question in English"), max_length=500, blank=True)
    text_fr = models.CharField(_("question in French"), max_length=500, blank=True)
    text_es = models.CharField(_("question in Spanish"), max_length=500, blank=True)
    help_en = models.TextField(_("help in English"), blank=True)
    help_fr = models.TextField(_("help in French"), blank=True)
    help_es = models.TextField(_("help in Spanish"), blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    low = models.DecimalField(_("smallest"), max_digits=20, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("largest"), max_digits=20, decimal_places=4, null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("at most so many choices"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "position"], name="survey_question_place", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return _in_own_language(self, "text")


@pghistory.track()
class Option(models.Model):
    """One of the options of a choice or ranking."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    label_en = models.CharField(max_length=200, blank=True)
    label_fr = models.CharField(max_length=200, blank=True)
    label_es = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return _in_own_language(self, "label")


class Invitation(models.Model):
    """An invited address with its private link; of the link only a digest is kept. No history: addresses go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "email"], condition=~models.Q(email=""), name="survey_invited_once"
            )
        ]

    def __str__(self) -> str:
        return self.email


class Refusal(models.Model):
    """An address that wants no more invitations to surveys: a keyed digest alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.digest[:12]


class Participation(models.Model):
    """That a person, an organisation or an invited address has answered: not what, and not when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="participations")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"], condition=models.Q(organisation=None), name="survey_person_once"
            ),
            models.UniqueConstraint(fields=["survey", "organisation"], name="survey_organisation_once"),
            models.UniqueConstraint(fields=["survey", "invitation"], name="survey_invitation_once"),
        ]

    def __str__(self) -> str:
        return str(self.survey_id)


class Draft(models.Model):
    """What somebody has written and not sent: theirs alone, gone when it is sent. As the form sent it."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="+")
    written = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "person"], name="survey_draft_once"),
            models.UniqueConstraint(fields=["survey", "invitation"], name="survey_invited_draft_once"),
        ]

    def __str__(self) -> str:
        return str(self.survey_id)


class Response(models.Model):
    """One answered sheet, without a person, an organisation or a moment.

    `part` is the only thing known of who wrote it: their pillar, place in the chain or country, as the survey counts.
    `digest` is of the code that its writer alone has, until the survey is counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    part = models.CharField(max_length=20, blank=True)
    with_account = models.BooleanField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "digest"], condition=~models.Q(digest=""), name="survey_code_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.survey_id)


class Answer(models.Model):
    """What a sheet says to one question: a row for each chosen option, else one. `rank` is 1 for the first choice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    option = models.ForeignKey(Option, models.CASCADE, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)
    number = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "option"], nulls_distinct=False, name="survey_answer_once"
            )
        ]
        indexes = [models.Index(fields=["question"])]

    def __str__(self) -> str:
        return self.text[:60]


class Signature(models.Model):
    """Whose sheet it is, in a survey by name alone."""

    response = models.OneToOneField(Response, models.CASCADE, related_name="signature")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.response_id)


class Wish(models.Model):
    """An address that wants to hear when the results are out; gone once it has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "email"], name="survey_wish_once")]

    def __str__(self) -> str:
        return self.email


class Figure(models.Model):
    """One figure of the results, as counted at the close: it does not change with who asks, or when.

    `part` is "" for everybody. `base` answers stand behind it; `count` is left out for parts. Of a ranking `share` is
    the Borda points in per cent and `value` the mean rank. `hidden` says why nothing is told.
    """

    class Measure(models.TextChoices):
        BASE = "base", pgettext_lazy("survey", "answers")
        OPTION = "option", _("chose it")
        RANKED = "ranked", _("ranked first")
        MEAN = "mean", _("mean")
        MIDDLE = "middle", _("median")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="figures")
    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="figures")
    part = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=6, choices=Measure.choices)
    option = models.ForeignKey(Option, models.CASCADE, null=True, related_name="+")
    rating = models.PositiveSmallIntegerField(null=True)
    base = models.PositiveIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)
    share = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=1, null=True)
    hidden = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["survey", "part"])]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.part} {self.measure}"


@pghistory.track()
class Excerpt(models.Model):
    """Words from a text answer that the keeper chose to show, shortened where they would tell who wrote them."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="excerpts")
    question = models.ForeignKey(Question, models.CASCADE, related_name="excerpts")
    text = models.TextField(_("words to show"))

    class Meta:
        verbose_name = _("excerpt")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
