"""Putting the drafted content into the hub: what is there already stays as its editors left it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow, WorkflowContentType

from eprm.knowledge import content
from eprm.knowledge.actions.courses import load_paths
from eprm.knowledge.actions.translating import load_translations
from eprm.knowledge.models import (
    BriefPage,
    CaseStudy,
    Element,
    Fact,
    HubPage,
    NewsPage,
    ProductionFigure,
    Question,
    Resource,
    Shelf,
    SourceLine,
    Term,
    TheoryPage,
    WordsPage,
)
from eprm.knowledge.rules import EDITORS, PUBLISHERS
from eprm.search.actions import gather_words, load_synonyms, rebuild

SHELVES: tuple[tuple[type[Shelf], Callable[[], Any], str], ...] = (
    (Resource, content.resources, "address"),
    (CaseStudy, content.cases, "title"),
    (Term, content.terms, "term"),
    (Question, content.questions, "question"),
)
TRANSLATED = ("fr", "es")
KINDS = ("resource", "case", "term", "question", "page")


def load_content() -> dict[str, int]:
    """Everything the hub comes with; answers how many of each are new. Safe to run again."""
    with transaction.atomic():
        english = _languages()
        hub = found_hub(english)
        counts = {"production figures": _load_production(), "synonyms": load_synonyms(content.synonyms())}
        for model, rows, key in SHELVES:
            counts[str(model._meta.verbose_name_plural)] = _load_shelf(model, rows(), key, english)
        counts["pages"] = _load_written(hub) + _load_news(hub) + _load_briefs(hub) + _load_theory(hub)
        counts["learning units"] = load_paths(hub)
        counts["translations"] = sum(load_translations(language) for language in TRANSLATED)
        equip_editors(hub)
        rebuild(*KINDS)
    gather_words()
    return counts


def found_hub(english: Locale) -> HubPage:
    """The root of the hub's words and of the site; Wagtail's own welcome page makes room for it."""
    if hub := HubPage.objects.filter(locale=english).first():
        return hub
    root = Page.get_first_root_node()
    hub = root.add_child(instance=HubPage(title="Learn", slug="learn", locale=english))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": hub, "site_name": "EPRM"}
    )
    for welcome in Page.objects.filter(depth=2, slug="home").exclude(pk=hub.pk):
        welcome.delete()
    return HubPage.objects.get(pk=hub.pk)


def _languages() -> Locale:
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    return Locale.objects.get(language_code="en")


def _load_shelf(model: type[Shelf], rows: Any, key: str, english: Locale) -> int:
    known = set(model.objects.values_list(key, flat=True))
    new = [model(locale=english, live=True, **row) for row in rows if row[key] not in known]
    model.objects.bulk_create(new)
    return len(new)


def _load_production() -> int:
    before = ProductionFigure.objects.count()
    ProductionFigure.objects.bulk_create(
        (ProductionFigure(**row) for row in content.production()), ignore_conflicts=True
    )
    return ProductionFigure.objects.count() - before


def _load_written(hub: HubPage) -> int:
    count = 0
    for told in content.written()["page"]:
        facts = {name: told[name] for name in ("title", "lede", "section")}
        page = WordsPage(
            slug=told["key"], body=content.one_line(told["body"]), reviewed_on=content.COMPILED_ON, **facts
        )
        for order, (words, address, confirmed) in enumerate(told["sources"]):
            page.sources.add(SourceLine(sort_order=order, words=words, address=address, confirmed=confirmed))
        count += _add(hub, page)
    return count


def _load_news(hub: HubPage) -> int:
    count = 0
    for told in content.written()["news"]:
        facts = {name: told[name] for name in ("title", "lede", "on", "address", "body")}
        count += _add(hub, NewsPage(slug=told["key"], by="EPRM", **facts))
    return count


def _load_briefs(hub: HubPage) -> int:
    count = 0
    for told in content.briefs():
        page = BriefPage(
            title=told["title"],
            slug=content.brief_slug(told["id"]),
            country=told["country"],
            minerals=told["minerals"],
            compiled_on=told["compiled"],
        )
        for order, fact in enumerate(told["facts"]):
            facts = {name: fact[name] for name in ("topic", "address", "confirmed")}
            page.facts.add(Fact(sort_order=order, on=fact["date"], words=fact["fact"], **facts))
        count += _add(hub, page)
    return count


def _load_theory(hub: HubPage) -> int:
    told = content.theory()
    page = TheoryPage(
        title="Theory of change",
        slug="theory-of-change",
        lede="From what is put in to what changes: which step is meant to lead to which, and what that rests on.",
        body=content.assumptions_html(told),
    )
    for order, each in enumerate(told["elements"]):
        page.elements.add(
            Element(
                sort_order=order,
                code=each["id"],
                level=each["level"],
                ambition=each["ambition"],
                words=each["text"],
                leads_to=each["leads_to"],
                source=each.get("source_clause", ""),
                confirmed=each["confirmed"],
            )
        )
    return _add(hub, page)


def _add(hub: HubPage, page: Page) -> int:
    """Put the page below the hub unless one of its slug is there."""
    if hub.get_children().filter(slug=page.slug).exists():
        return 0
    page.locale = hub.locale
    hub.add_child(instance=page)
    page.save_revision().publish()
    return 1


def equip_editors(hub: HubPage) -> None:
    """Editors write and submit, publishers also publish; items go through the same workflow as pages."""
    workflow = Workflow.objects.filter(active=True).order_by("pk").first()
    for name, deeds in ((EDITORS, ("add", "change")), (PUBLISHERS, ("add", "change", "delete", "publish"))):
        group, _new = Group.objects.get_or_create(name=name)
        names = [f"{deed}_{model._meta.model_name}" for model, *_rest in SHELVES for deed in deeds]
        wanted = Permission.objects.filter(content_type__app_label="knowledge", codename__in=names)
        desk = Permission.objects.filter(codename__in=("access_admin", "submit_translation"))
        group.permissions.add(*wanted, *desk)
        group.collection_permissions.all().delete()  # files belong to resources, which say who may see them
        for deed in (*deeds, *(("lock", "unlock") if name == PUBLISHERS else ())):
            permission = Permission.objects.filter(
                content_type__app_label="wagtailcore", codename=f"{deed}_page"
            ).first()
            if permission:
                GroupPagePermission.objects.get_or_create(
                    group=group, page=Page.get_first_root_node(), permission=permission
                )
    for model, *_rest in SHELVES if workflow else ():
        kind = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
