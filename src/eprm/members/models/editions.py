"""Forms and texts in editions. A published edition is never edited: the next one is made from it.

Words stand by language ({"en": …, "fr": …}); a language that is missing is answered in English.
"""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.members.models.rules import PILLARS, DatedRow
from eprm.people.models import Organisation
from eprm.ui.languages import second_language


def said(words: dict[str, str], language: str | None = None) -> str:
    """The words in the reader's language, else in English."""
    return words.get(second_language(language)) or words.get("en", "")


@pghistory.track()
class FormEdition(DatedRow):
    """An edition of the application forms. Open for editing until published; applications name theirs."""

    title = models.CharField(_("edition"), max_length=40, unique=True)
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("edition of the forms")

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A page of the form."""

    edition = models.ForeignKey(FormEdition, models.CASCADE, related_name="sections")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.JSONField(_("title"))

    class Meta:
        verbose_name = _("part of the form")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="section_once")]

    def __str__(self) -> str:
        return said(self.title)


class Question(models.Model):
    """One question. A blank pillar asks everybody; `required_if` ("key=value") asks only after that answer."""

    class Kind(models.TextChoices):
        LINE = "line", _("one line")
        WORDS = "words", _("text")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("some of several")
        NUMBER = "number", pgettext_lazy("figure", "number")
        DATE = "date", _("date")
        LINK = "link", _("web address")
        TICK = "tick", _("tick")
        FILE = "file", _("file")

    class VisibleTo(models.TextChoices):
        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("members")
        BOARD = "board", _("secretariat and board")
        SECRETARIAT = "secretariat", _("secretariat")

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    pillar = models.CharField(_("pillar"), max_length=20, choices=PILLARS, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    label = models.JSONField(_("question"))
    help = models.JSONField(_("help"), default=dict, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    limit = models.PositiveSmallIntegerField(_("words at most"), null=True, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    required_if = models.CharField(_("asked only if"), max_length=80, blank=True)
    visible_to = models.CharField(_("seen by"), max_length=12, choices=VisibleTo.choices, default=VisibleTo.SECRETARIAT)

    class Meta:
        verbose_name = _("question")
        ordering = ["section__position", "position"]
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="question_once")]

    def __str__(self) -> str:
        return said(self.label)


@pghistory.track()
class Text(DatedRow):
    """A text that is signed or read: the Memorandum, the declaration on sanctions, guidelines, the data notice."""

    class Kind(models.TextChoices):
        MOU = "mou", _("Memorandum of Understanding")
        SANCTIONS = "sanctions", _("declaration on sanctions")
        GUIDELINES = "guidelines", _("guidelines for members")
        PRIVACY = "privacy", _("data protection notice")

    kind = models.CharField(_("text"), max_length=12, choices=Kind.choices)
    edition = models.CharField(_("edition"), max_length=40)
    body = models.JSONField(_("words"))

    class Meta:
        verbose_name = _("text to sign")
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "edition"], name="text_once"),
            models.UniqueConstraint(fields=["kind", "valid_from"], name="text_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.edition}"


class Signature(models.Model):
    """Who signed which edition of a text for an organisation, when, and the words they saw. Added, never changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.ForeignKey(Text, models.PROTECT, related_name="signatures")
    application = models.ForeignKey("members.Application", models.PROTECT, null=True, related_name="signatures")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"), auto_now_add=True)
    name = models.CharField(_("name of the signatory"), max_length=200)
    position = models.CharField(pgettext_lazy("job", "position"), max_length=200)
    language = models.CharField(_("language"), max_length=8)
    sha256 = models.CharField(_("SHA-256 of the words"), max_length=64)

    class Meta:
        verbose_name = _("signature")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "text", "application"], name="signature_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} · {self.name}"
