"""The pages of words: guidance, briefs, news, the theory of change; and news as a feed."""

from __future__ import annotations

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from eprm.base.public_pages import for_everybody
from eprm.knowledge import rules
from eprm.knowledge.charts import producers_chart, production_chart
from eprm.knowledge.models import BriefPage, NewsPage, PathPage, TheoryPage, UnitPage, WordsPage
from eprm.knowledge.models.base import Words
from eprm.knowledge.queries import figures, pages
from eprm.knowledge.topics import TOPICS
from eprm.knowledge.views.learning import path_page, unit_page
from eprm.knowledge.views.seen import shown_to
from eprm.people import audiences
from eprm.ui.languages import reading_order
from eprm.ui.words import language_name

FEED_LENGTH = 30
BRIEFED = ("tin", "tantalum", "tungsten", "gold")


@require_GET
@for_everybody
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of words in the reader's language, or as written; `?in=fr` asks for one of its languages."""
    found = shown_to(request, pages.page_of(pk))
    if isinstance(found, HttpResponse):
        return found
    asked = request.GET.get("in")
    told = pages.in_language(found, (asked,) if asked else reading_order())
    if told.pk != found.pk:
        told = shown_to(request, told)
        if isinstance(told, HttpResponse):
            return told
    return draw(request, told)


def draw(request: HttpRequest, told: Words) -> HttpResponse:
    """The page, by its type."""
    languages = pages.languages_of(told)
    others = [(code, language_name(code)) for code in languages if code != told.language]
    context: dict[str, Any] = {"page": told, "others": others}
    if isinstance(told, PathPage):
        return path_page(request, told, context)
    if isinstance(told, UnitPage):
        return unit_page(request, told, context)
    if isinstance(told, BriefPage):
        return _brief(request, told, context)
    if isinstance(told, TheoryPage):
        return _theory(request, told, context)
    template = "knowledge/news.html" if isinstance(told, NewsPage) else "knowledge/words.html"
    if isinstance(told, WordsPage):
        context["sources"] = told.sources.all()
    if isinstance(told, NewsPage):
        context["may_withdraw"] = bool(told.voice) and bool(rules.can_speak(request.user, told.voice))
    return render(request, template, context)


def _brief(request: HttpRequest, brief: BriefPage, context: dict[str, Any]) -> HttpResponse:
    on = timezone.localdate()
    topics: dict[str, list[Any]] = {}
    for fact in brief.facts.all():
        topics.setdefault(fact.topic, []).append(fact)
    outputs = figures.production_of(brief.country, brief.minerals)
    context |= {
        "topics": [(TOPICS.get(topic, topic.replace("-", " ")), facts) for topic, facts in topics.items()],
        "charts": [(production_chart(brief.country, output), output) for output in outputs],
        "areas": figures.areas_of(brief.country, on),
        "silent": [mineral for mineral in brief.minerals if mineral not in {output.mineral for output in outputs}],
        "on": on,
    }
    return render(request, "knowledge/brief.html", context)


@require_GET
@for_everybody
def mineral(request: HttpRequest, key: str) -> HttpResponse:
    """A metal's brief: who mines it, which of them are high-risk, and what the country briefs tell of its trade."""
    if key not in BRIEFED:
        raise Http404
    on = timezone.localdate()
    told = figures.producers_of(key)
    areas = figures.countries_with_areas([each.country for each in told.figures], on) if told else {}
    context = {
        "mineral": key,
        "chart": producers_chart(told) if told else None,
        "producers": [(each, told.share_of(each), areas.get(each.country, 0)) for each in told.figures] if told else [],
        "told": told,
        "briefs": pages.facts_on(key, request.user),
        "others": [other for other in BRIEFED if other != key],
        "on": on,
    }
    return render(request, "knowledge/mineral.html", context)


def _theory(request: HttpRequest, theory: TheoryPage, context: dict[str, Any]) -> HttpResponse:
    elements = list(theory.elements.all())
    words = {element.code: element.words for element in elements}
    levels: dict[str, list[Any]] = {}
    for element in elements:
        leads = [(code, words[code]) for code in element.leads_to if code in words]
        levels.setdefault(element.get_level_display(), []).append((element, leads))
    return render(request, "knowledge/theory.html", context | {"levels": levels.items()})


@require_GET
@for_everybody
def guidance_list(request: HttpRequest) -> HttpResponse:
    """Guidance, and what the partnership works by."""
    person = request.user
    context = {
        "guidance": pages.written_in("guidance", person),
        "frame": pages.written_in("frame", person),
        "theory": pages.theory_visible_to(person),
    }
    return render(request, "knowledge/guidance_list.html", context)


@require_GET
@for_everybody
def brief_list(request: HttpRequest) -> HttpResponse:
    context = {"briefs": pages.briefs_visible_to(request.user), "minerals": BRIEFED}
    return render(request, "knowledge/brief_list.html", context)


@require_GET
@for_everybody
def news_list(request: HttpRequest) -> HttpResponse:
    spoken = pages.news_spoken_by(request.user)
    context = {
        "news": pages.news_visible_to(request.user)[:100],
        "waiting": spoken.filter(live=False)[:20],
        "speaks": bool(audiences.voices_of(request.user)),
    }
    return render(request, "knowledge/news_list.html", context)


class NewsFeed(Feed):
    """The news that are everybody's, as Atom."""

    feed_type = Atom1Feed
    link = "/learn/news/"

    def title(self) -> str:
        return _("News of the European Partnership for Responsible Minerals")

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def items(self, request: HttpRequest) -> Any:
        return pages.news_visible_to(request.user)[:FEED_LENGTH]

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.lede

    def item_pubdate(self, item: NewsPage) -> Any:
        return timezone.make_aware(timezone.datetime.combine(item.on, timezone.datetime.min.time()))

    def item_updateddate(self, item: NewsPage) -> Any:
        return item.last_published_at


news_feed = for_everybody(NewsFeed())
