"""The pages of words: guidance, the policy framework, the theory of change, briefs and news."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin

from eprm.knowledge.facets import Confirmed
from eprm.knowledge.models.base import Words

MARKS = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "blockquote"]


class HubPage(Words):
    """The root of the hub's words; everything else stands below it."""

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("hub")


class Written(Words):
    """What all written pages have in common: an opening sentence and a text."""

    lede = models.TextField(_("opening sentence"), max_length=400, blank=True)
    body = RichTextField(_("text"), features=MARKS, blank=True)
    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]
    subpage_types: list[str] = []

    class Meta:
        abstract = True


class WordsPage(Written):
    """Guidance, and the frame the partnership works in; every statement rests on the sources below it."""

    class Section(models.TextChoices):
        GUIDANCE = "guidance", _("guidance")
        FRAME = "frame", _("what the partnership works by")

    section = models.CharField(_("section"), max_length=10, choices=Section.choices, default=Section.GUIDANCE)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    content_panels = [
        *Written.content_panels,
        FieldPanel("section"),
        FieldPanel("reviewed_on"),
        InlinePanel("sources", label=_("Source")),
    ]

    class Meta:
        verbose_name = _("guidance")


class SourceLine(TranslatableMixin, Orderable):
    """A source below a written page."""

    page = ParentalKey(WordsPage, related_name="sources")
    words = models.CharField(_("source"), max_length=300)
    address = models.URLField(_("address"), max_length=500, blank=True)
    confirmed = models.CharField(
        pgettext_lazy("how sure", "confirmed"), max_length=10, choices=Confirmed.choices, default=Confirmed.KNOWN
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("source")

    def __str__(self) -> str:
        return self.words


class BriefPage(Words):
    """A country's or mineral's brief: dated facts of others beside the platform's own dated figures."""

    country = models.CharField(_("country"), max_length=2, blank=True)
    minerals = ArrayField(models.CharField(max_length=12), default=list, verbose_name=_("minerals"))
    compiled_on = models.DateField(_("compiled on"))
    content_panels = [
        *Page.content_panels,
        FieldPanel("country"),
        FieldPanel("minerals"),
        FieldPanel("compiled_on"),
        InlinePanel("facts", label=_("Fact")),
    ]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("brief")


class Fact(TranslatableMixin, Orderable):
    """One dated fact with the address it was read at; `on` is the period as the source gives it, such as 2023-H1."""

    page = ParentalKey(BriefPage, related_name="facts")
    topic = models.CharField(_("topic"), max_length=20)
    on = models.CharField(_("date or period"), max_length=12)
    words = models.TextField(_("fact"))
    address = models.URLField(_("address"), max_length=500)
    confirmed = models.CharField(
        pgettext_lazy("how sure", "confirmed"), max_length=10, choices=Confirmed.choices, default=Confirmed.KNOWN
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("fact")

    def __str__(self) -> str:
        return self.words[:80]


class NewsPage(Written):
    """News of the partnership, or a post by one of its groups, whose key is `voice`."""

    on = models.DateField(_("date"), default=timezone.localdate)
    by = models.CharField(_("written by"), max_length=120, blank=True)
    voice = models.CharField(max_length=60, blank=True, db_index=True, editable=False)
    address = models.URLField(_("address"), max_length=500, blank=True)
    content_panels = [*Written.content_panels, FieldPanel("on"), FieldPanel("by"), FieldPanel("address")]

    class Meta:
        verbose_name = _("news")


class TheoryPage(Written):
    """The theory of change: from what is put in to what changes, and what each step rests on."""

    content_panels = [*Written.content_panels, InlinePanel("elements", label=_("Element"))]

    class Meta:
        verbose_name = _("theory of change")


class Element(TranslatableMixin, Orderable):
    """One step of the theory of change and the steps it leads to, by their codes."""

    class Level(models.TextChoices):
        INPUT = "input", _("What is put in")
        ACTIVITY = "activity", _("What is done")
        OUTPUT = "output", _("What comes of it")
        OUTCOME = "outcome", _("What changes")
        IMPACT = "impact", _("What it is for")

    page = ParentalKey(TheoryPage, related_name="elements")
    code = models.CharField(_("code"), max_length=6)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    ambition = models.CharField(_("ambition"), max_length=3)
    words = models.CharField(_("element"), max_length=200)
    leads_to = ArrayField(models.CharField(max_length=6), default=list, blank=True, verbose_name=_("leads to"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    confirmed = models.CharField(
        pgettext_lazy("how sure", "confirmed"), max_length=10, choices=Confirmed.choices, default=Confirmed.KNOWN
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("element")

    def __str__(self) -> str:
        return f"{self.code} {self.words}"
