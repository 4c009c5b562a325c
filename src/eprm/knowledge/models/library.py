"""Resources, case studies, terms, and questions with their answers."""

from __future__ import annotations

from unicodedata import normalize

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.files.storage import FileSystemStorage
from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from eprm.knowledge.facets import MIRRORS, Cost, Kind
from eprm.knowledge.models.base import Shelf

DIGITS = "0–9"
FILE_ENDINGS = ("pdf", "docx", "xlsx", "odt", "ods", "pptx", "csv", "txt")


def _codes(label: object, most: int = 12) -> ArrayField:
    return ArrayField(models.CharField(max_length=most), default=list, blank=True, verbose_name=label)


def knowledge_files() -> FileSystemStorage:
    """Where the hub's own files lie; they are served only to whom the resource is for."""
    return FileSystemStorage(location=settings.FILES_DIR / "knowledge", base_url=None)


class Resource(Shelf):
    """A described link or file: what it is, for whom, and when a person last checked it."""

    class LinkState(models.TextChoices):
        UNCHECKED = "unchecked", _("not checked yet")
        ALIVE = "alive", _("answers")
        MOVED = "moved", _("moved")
        DEAD = "dead", _("does not answer")

    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(
        _("file"),
        upload_to="resources",
        storage=knowledge_files,
        blank=True,
        validators=[FileExtensionValidator(FILE_ENDINGS)],
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    languages = _codes(_("languages"), 8)
    cost = models.CharField(_("cost"), max_length=5, choices=Cost.choices, default=Cost.FREE)
    tiers = _codes(_("places in the chain"))
    minerals = _codes(_("minerals"))
    steps = _codes(_("OECD steps"), 1)
    regions = _codes(_("countries and regions"), 8)
    summary = models.TextField(_("what it is and who uses it"), max_length=1000)
    for_small = models.BooleanField(_("written for small companies"), default=False)
    provenance = models.CharField(_("how it was confirmed"), max_length=200, blank=True)
    checked_on = models.DateField(_("last checked by a person"), null=True, blank=True)
    link_state = models.CharField(max_length=10, choices=LinkState.choices, default=LinkState.UNCHECKED, editable=False)
    link_answer = models.CharField(max_length=200, blank=True, editable=False)
    link_tried_at = models.DateTimeField(null=True, editable=False)
    link_failures = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        indexes = [
            GinIndex(fields=["tiers"], name="resource_tiers"),
            GinIndex(fields=["minerals"], name="resource_minerals"),
            GinIndex(fields=["steps"], name="resource_steps"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:resource_detail", args=[self.pk])

    @property
    def is_mirror(self) -> bool:
        """Whether the address is a copy on a document-sharing site, not the publisher's own."""
        host = self.address.partition("://")[2].partition("/")[0].removeprefix("www.").removeprefix("es.")
        return host.startswith(MIRRORS)

    @property
    def needs_check(self) -> bool:
        return self.link_state == self.LinkState.DEAD


class CaseStudy(Shelf):
    """What somebody tried: challenge, action, result and lesson, with the address it was told at."""

    title = models.CharField(_("title"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200)
    tier = models.CharField(_("place in the chain"), max_length=12)
    countries = _codes(_("countries"), 2)
    minerals = _codes(_("minerals"))
    steps = _codes(_("OECD steps"), 1)
    challenge = models.TextField(_("challenge"))
    action = models.TextField(_("action"))
    result = models.TextField(_("result"))
    lesson = models.TextField(_("lesson"), help_text=_("Our own conclusion, not the source's."))
    address = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:case_detail", args=[self.pk])


class Term(Shelf):
    """A term of the field with its meaning and its names in other languages."""

    term = models.CharField(_("term"), max_length=80)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    definition = models.TextField(_("meaning"))
    french = models.CharField(_("French"), max_length=120, blank=True)
    spanish = models.CharField(_("Spanish"), max_length=120, blank=True)
    swahili = models.CharField(_("Swahili"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    see_also = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("see also"))

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return reverse("knowledge:term", args=[self.pk])

    @property
    def names(self) -> list[tuple[str, str]]:
        """What it is called in other languages, by their codes."""
        named = (("fr", self.french), ("es", self.spanish), ("sw", self.swahili))
        return [(code, name) for code, name in named if name and code != self.language and name != self.term]

    @property
    def letter(self) -> str:
        """Under which letter it stands: without accents; what begins with a digit stands together."""
        first = normalize("NFKD", self.term.strip())[:1].upper()
        return first if first.isalpha() else DIGITS


class Question(Shelf):
    """A question people ask, its answer, and the clause the answer rests on."""

    asked_by = models.CharField(_("asked by"), max_length=20)
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"))
    basis = models.CharField(_("rests on"), max_length=300, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{reverse('knowledge:question_list')}#question-{self.pk}"
