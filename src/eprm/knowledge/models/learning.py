"""Learning paths: short units with a quiz, and who has finished which."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page, TranslatableMixin

from eprm.knowledge.models.base import Words


class PathPage(Words):
    """A path of units in their order."""

    readers = models.CharField(_("for whom it is written"), max_length=120)
    content_panels = [*Page.content_panels, FieldPanel("readers")]
    subpage_types = ["knowledge.UnitPage"]

    class Meta:
        verbose_name = _("learning path")


class UnitPage(Words):
    """One unit: what you will be able to do, a text of a few minutes, something to do, a quiz, the sources."""

    minutes = models.PositiveSmallIntegerField(pgettext_lazy("duration", "minutes"))
    goals = models.TextField(_("goals"), help_text=_("One a line."))
    text = models.TextField(_("text"))
    activity = models.TextField(_("something to do"))
    addresses = models.TextField(_("sources"), blank=True, help_text=_("One address a line."))
    content_panels = [
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldPanel("goals"),
        FieldPanel("text"),
        FieldPanel("activity"),
        InlinePanel("questions", label=_("Quiz question")),
        FieldPanel("addresses"),
    ]
    parent_page_types = ["knowledge.PathPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("learning unit")


class QuizQuestion(TranslatableMixin, Orderable):
    """A question with its options, one a line; `answer` is the number of the right one, from 1."""

    page = ParentalKey(UnitPage, related_name="questions")
    question = models.CharField(_("question"), max_length=300)
    options = models.TextField(_("options"), help_text=_("One a line."))
    answer = models.PositiveSmallIntegerField(_("number of the right option"))
    explanation = models.TextField(_("explanation"), blank=True)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("quiz question")

    def __str__(self) -> str:
        return self.question

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The options as a form's choices, numbered from 1."""
        return [(str(n), line.strip()) for n, line in enumerate(self.options.strip().splitlines(), 1)]


class UnitDone(models.Model):
    """A person answered every question of a unit rightly. The unit is known in all its languages by one key."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="units_done")
    unit_key = models.UUIDField()
    title = models.CharField(max_length=255)
    done_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "unit_key"], name="unit_done_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.title}"
