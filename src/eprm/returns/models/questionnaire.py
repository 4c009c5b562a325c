"""The questionnaire: one edition or more a year, and its questions. An edition in force is never changed."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.people.models import Organisation
from eprm.ui.languages import second_language
from lode import oecd

PER_CENT = [MaxValueValidator(100)]


def per_cent(label: object, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, default=default, validators=PER_CENT)


@pghistory.track()
class Edition(models.Model):
    """The questions about one year, the dates members go by, and the rules that make a share of the answers.

    A return keeps the edition it was opened under. `points_*` are per cent of a question's weight for each answer;
    "not started" is 0 and "reviewed" 100.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        REPLACED = "replaced", _("replaced by a later edition")

    year = models.PositiveSmallIntegerField(
        _("year reported on"), validators=[MinValueValidator(2016), MaxValueValidator(2100)]
    )
    number = models.PositiveSmallIntegerField(_("number within the year"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    source = models.TextField(_("source"), help_text=_("What the questions rest on, and who decided them."))
    opens_on = models.DateField(_("opens"))
    due_on = models.DateField(_("due"))
    late_on = models.DateField(_("late from"), help_text=_("From this day on the light is red and the board is told."))
    close_by = models.DateField(_("read and closed by"))
    points_planned = per_cent(_("points for “planned”"), 10)
    points_in_place = per_cent(_("points for “in place, not documented”"), 50)
    points_documented = per_cent(_("points for “documented”"), 80)
    least_answered = per_cent(_("least weight answered for a share of a step"), 50)
    most_not_applicable = per_cent(_("most weight that may not apply"), 40)
    weight_1 = models.PositiveSmallIntegerField(_("weight of step 1"), default=25)
    weight_2 = models.PositiveSmallIntegerField(_("weight of step 2"), default=25)
    weight_3 = models.PositiveSmallIntegerField(_("weight of step 3"), default=25)
    weight_4 = models.PositiveSmallIntegerField(_("weight of step 4"), default=10)
    weight_5 = models.PositiveSmallIntegerField(_("weight of step 5"), default=15)
    least_group = models.PositiveSmallIntegerField(
        _("smallest group whose figures are shown"),
        default=5,
        validators=[MinValueValidator(5)],
        help_text=_("Members. Never fewer than five."),
    )
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    in_force_at = models.DateTimeField(null=True, blank=True)
    in_force_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("edition of the questionnaire")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["year"], condition=models.Q(state="in_force"), name="edition_in_force_once_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(opens_on__lt=models.F("due_on"), due_on__lt=models.F("late_on")),
                name="edition_dates_in_order",
            ),
            models.CheckConstraint(condition=models.Q(least_group__gte=5), name="edition_group_of_five"),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"


@pghistory.track()
class Question(models.Model):
    """One question of an edition. `key` stays the same from edition to edition, as long as the question means the same.

    `tiers` are the places in the chain it is asked of; none means all of the pillar. With `short_form` it is asked of
    everybody; without, it is optional for small members and cooperatives. A `weight` of 0 is not scored.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", _("how far a practice is")
        NUMBER = "number", _("a number")
        PAIR = "pair", _("a part and its whole")
        TEXT = "text", _("a few lines")

    class Public(models.TextChoices):
        NEVER = "never", _("never")
        SUM = "sum", _("sum over members")
        RATIO = "ratio", _("part of the whole, over members")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices)
    tiers = ArrayField(
        models.CharField(max_length=20, choices=Organisation.Tier.choices),
        verbose_name=_("places in the chain"),
        blank=True,
        default=list,
        help_text=_("None means all of the pillar."),
    )
    step = models.CharField(_("step"), max_length=1, choices=[(step.key, step.key) for step in oecd.steps()])
    part = models.CharField(_("part of the step"), max_length=2, choices=[(key, key) for key in oecd.parts()])
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind.choices)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=0, help_text=_("0 to 3; only practices are scored."))
    short_form = models.BooleanField(_("part of the short form"), default=False)
    may_not_apply = models.BooleanField(_("may be answered “does not apply”"), default=False)
    public = models.CharField(_("told of the group"), max_length=8, choices=Public.choices, default=Public.NEVER)
    prefill = models.CharField(_("suggested from"), max_length=40, blank=True)
    text = models.TextField(_("question"))
    text_fr = models.TextField(_("question in French"), blank=True)
    text_es = models.TextField(_("question in Spanish"), blank=True)
    help = models.TextField(_("help"), blank=True)
    help_fr = models.TextField(_("help in French"), blank=True)
    help_es = models.TextField(_("help in Spanish"), blank=True)
    evidence = models.TextField(_("evidence asked"), blank=True)
    evidence_fr = models.TextField(_("evidence asked, in French"), blank=True)
    evidence_es = models.TextField(_("evidence asked, in Spanish"), blank=True)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("confirmed at the source"), default=False)

    class Meta:
        verbose_name = _("question")
        ordering = ["step", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="question_key_once"),
            models.CheckConstraint(
                condition=models.Q(weight=0) | models.Q(kind="scale", weight__lte=3), name="question_scored_is_a_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """The question in the reader's language, else in English."""
        return self._in_language("text")

    @property
    def hint(self) -> str:
        return self._in_language("help")

    @property
    def evidence_asked(self) -> str:
        return self._in_language("evidence")

    @property
    def part_name(self) -> str:
        return oecd.parts()[self.part].name(second_language())

    def _in_language(self, name: str) -> str:
        return getattr(self, f"{name}_{second_language()}", "") or getattr(self, name)
