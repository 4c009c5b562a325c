from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class KnowledgeConfig(AppConfig):
    name = "eprm.knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from eprm.base import personal  # noqa: PLC0415 - models can be imported only from here on
        from eprm.knowledge import own, rules  # noqa: PLC0415
        from eprm.knowledge.queries import desk, pages  # noqa: PLC0415
        from eprm.ui import navigation, panels  # noqa: PLC0415

        everyone = navigation.everyone
        navigation.add("learn", _("Knowledge hub"), "knowledge:hub", order=10, visible=everyone)
        navigation.add("learn", _("Resources"), "knowledge:resource_list", order=20, visible=everyone)
        navigation.add("learn", _("Case studies"), "knowledge:case_list", order=30, visible=everyone)
        navigation.add("learn", _("Guidance"), "knowledge:guidance_list", order=40, visible=everyone)
        navigation.add("learn", _("Country briefs"), "knowledge:brief_list", order=50, visible=everyone)
        navigation.add("learn", _("Courses"), "knowledge:course_list", order=55, visible=everyone)
        navigation.add("learn", _("Glossary"), "knowledge:glossary", order=60, visible=everyone)
        navigation.add("learn", _("Questions"), "knowledge:question_list", order=65, visible=everyone)
        navigation.add("learn", _("News"), "knowledge:news_list", order=70, visible=everyone)
        navigation.add(
            "learn", _("Suggestions"), "knowledge:suggestion_list", order=95, visible=rules.is_editor, office=True
        )
        navigation.add("learn", _("Links"), "knowledge:link_list", order=96, visible=rules.is_editor, office=True)
        navigation.add(
            "learn", _("Editors"), "knowledge:editor_list", order=97, visible=rules.appoints_editors, office=True
        )
        navigation.add("account", _("Your learning record"), "knowledge:record", order=40)
        navigation.attention(
            desk.open_suggestions,
            ngettext_lazy("%(n)d suggestion to answer", "%(n)d suggestions to answer", "n"),
            "knowledge:suggestion_list",
        )
        panels.add("group", _("News"), pages.news_of_group, "knowledge/_group_news.html")
        personal.register("learning", own.export_learning, own.erase_learning, label=_("What you did in the hub"))
        self._let_be_found()

    def _let_be_found(self) -> None:
        from django.db.models.signals import post_delete  # noqa: PLC0415 - as above
        from wagtail import signals  # noqa: PLC0415 - as above

        from eprm.knowledge.actions import indexing  # noqa: PLC0415
        from eprm.knowledge.models import CaseStudy, Question, Resource, Term  # noqa: PLC0415
        from eprm.knowledge.queries import searchable  # noqa: PLC0415
        from eprm.search import kinds  # noqa: PLC0415

        labels = ((Resource, _("Resource")), (CaseStudy, _("Case study")), (Term, _("Term")), (Question, _("Question")))
        for model, label in labels:
            kinds.add(searchable.KINDS[model], label, partial(searchable.items_of, model))
        kinds.add("page", _("Page"), searchable.items_of_pages)
        # Editing, workflow and schedule are Wagtail's own code, so its signals are the only place to follow it from.
        for signal in (signals.page_published, signals.published):
            signal.connect(indexing.on_published)
        for signal in (signals.page_unpublished, signals.unpublished):
            signal.connect(indexing.on_withdrawn)
        for model in (*searchable.SHOWN, *searchable.KINDS):
            post_delete.connect(indexing.on_withdrawn, sender=model)
