"""The editors' desk: the hub's items in Wagtail's menu, each with drafts, workflow, schedule and translations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from eprm.knowledge.models import CaseStudy, Question, Resource, Term
from eprm.knowledge.queries.searchable import file_reading

FOR_WHOM = FieldPanel("audience")


class FileReading(Panel):
    """Below the file: what the search can do with the one that is published."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/admin/file_reading.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(file_reading(self.instance))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**(super().get_context_data(parent_context) or {}), "reading": file_reading(self.instance)}


class ResourceViewSet(SnippetViewSet):
    model = Resource
    icon = "link"
    list_display = ["title", "publisher", "kind", "confirmed", "link_state"]
    list_filter = ["kind", "confirmed", "link_state", "audience"]
    search_fields = ["title", "publisher", "summary"]
    search_backend_name = None
    panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("address"), FieldPanel("file"), FileReading()], heading=_("Where it is")),
        MultiFieldPanel([FieldPanel("publisher"), FieldPanel("year"), FieldPanel("kind"), FieldPanel("cost")]),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("tiers", "minerals", "steps", "regions", "languages", "for_small")],
            heading=_("For whom, about what"),
        ),
        MultiFieldPanel([FieldPanel("confirmed"), FieldPanel("provenance"), FieldPanel("checked_on")]),
        FOR_WHOM,
    ]


class CaseStudyViewSet(SnippetViewSet):
    model = CaseStudy
    icon = "form"
    list_display = ["title", "organisation", "tier", "confirmed"]
    search_fields = ["title", "organisation", "challenge", "lesson"]
    search_backend_name = None
    panels = [
        *(FieldPanel(name) for name in ("title", "organisation", "tier", "countries", "minerals", "steps")),
        *(FieldPanel(name) for name in ("challenge", "action", "result", "lesson", "address", "confirmed")),
        FOR_WHOM,
    ]


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "openquote"
    list_display = ["term", "french", "spanish", "swahili"]
    search_fields = ["term", "definition", "french", "spanish"]
    search_backend_name = None
    panels = [
        *(FieldPanel(name) for name in ("term", "abbreviation", "definition", "french", "spanish", "swahili")),
        *(FieldPanel(name) for name in ("source", "confirmed", "see_also")),
        FOR_WHOM,
    ]


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    list_display = ["question", "asked_by", "confirmed"]
    search_fields = ["question", "answer"]
    search_backend_name = None
    panels = [
        *(FieldPanel(name) for name in ("asked_by", "question", "answer", "basis", "address", "confirmed")),
        FOR_WHOM,
    ]


class KnowledgeGroup(SnippetViewSetGroup):
    menu_label = _("Knowledge")
    menu_icon = "folder-open-inverse"
    menu_order = 150
    items = (ResourceViewSet, CaseStudyViewSet, TermViewSet, QuestionViewSet)


register_snippet(KnowledgeGroup)
