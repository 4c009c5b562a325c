"""The pages of words a person may see, in the reader's language where somebody translated them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from eprm.knowledge.models import BriefPage, Fact, NewsPage, PathPage, TheoryPage, UnitPage, WordsPage
from eprm.knowledge.models.base import Words
from eprm.people import audiences
from eprm.people.models import Person
from eprm.ui.languages import reading_order

Reader = Person | AnonymousUser
Written = TypeVar("Written", bound=Words)
SHOWN = (WordsPage, BriefPage, NewsPage, TheoryPage, PathPage, UnitPage)
SOURCE_LANGUAGE = "en"
OF_TRADE = ("production", "exports", "market", "stocks", "trade-route")


def pages_visible_to(model: type[Written], person: Reader) -> QuerySet[Written]:
    """The live pages of one type of which the person holds the key; each once, in the reader's language if it is there.

    A page written in another language than the hub's own, and not translated into the reader's, is shown as written.
    """
    seen = model.objects.live().filter(audience__in=audiences.keys_of(person))
    same = model.objects.live().filter(translation_key=OuterRef("translation_key"))
    told, in_better = Q(), Q()
    for code in dict.fromkeys((*reading_order(), SOURCE_LANGUAGE)):
        told |= Q(locale__language_code=code) & in_better
        in_better &= ~Exists(same.filter(locale__language_code=code))
    told |= in_better & ~Exists(same.filter(pk__lt=OuterRef("pk")))
    return seen.filter(told).select_related("locale")


def page_of(pk: int) -> Words | None:
    """The live page of this number, whoever it is for."""
    page = Page.objects.live().filter(pk=pk).first()
    specific = page.specific if page else None
    return specific if isinstance(specific, SHOWN) else None


def in_language(page: Words, languages: Sequence[str]) -> Words:
    """The page's live translation into the first of these languages that it is in, or the page itself."""
    if page.language == languages[0]:
        return page
    same = type(page).objects.live().filter(translation_key=page.translation_key, locale__language_code__in=languages)
    found = {other.language: other for other in same.select_related("locale")}
    return next((found[code] for code in languages if code in found), page)


def languages_of(page: Words) -> list[str]:
    """The languages the page can be read in."""
    same = type(page).objects.live().filter(translation_key=page.translation_key)
    return sorted(same.values_list("locale__language_code", flat=True))


def written_in(section: str, person: Reader) -> QuerySet[WordsPage]:
    return pages_visible_to(WordsPage, person).filter(section=section).order_by("path")


def briefs_visible_to(person: Reader) -> QuerySet[BriefPage]:
    return pages_visible_to(BriefPage, person).order_by("title")


def news_visible_to(person: Reader) -> QuerySet[NewsPage]:
    """Newest first."""
    return pages_visible_to(NewsPage, person).order_by("-on", "-pk")


def news_spoken_by(person: Reader) -> QuerySet[NewsPage]:
    """The news of the groups the person speaks for, those that wait for an editor too."""
    keys = [voice.key for voice in audiences.voices_of(person)]
    return NewsPage.objects.filter(voice__in=keys).order_by("-on", "-pk")


@dataclass(frozen=True, slots=True)
class GroupNews:
    """A group's latest news; for who speaks for it, what waits for an editor and the way to write."""

    shown: list[NewsPage]
    waiting: list[NewsPage]
    voice: str


def news_of_group(group: Any, person: Reader) -> list[GroupNews]:
    key = f"group:{group.pk}"
    shown = list(news_visible_to(person).filter(voice=key)[:5])
    speaks = any(voice.key == key for voice in audiences.voices_of(person))
    waiting = list(news_spoken_by(person).filter(voice=key, live=False)[:5]) if speaks else []
    return [GroupNews(shown, waiting, key if speaks else "")] if shown or speaks else []


def theory_visible_to(person: Reader) -> TheoryPage | None:
    return pages_visible_to(TheoryPage, person).first()


def facts_on(mineral: str, person: Reader) -> list[tuple[BriefPage, list[Fact]]]:
    """What the country briefs tell of a metal's output and trade, by brief, in the reader's language."""
    briefs = list(briefs_visible_to(person).filter(minerals__contains=[mineral]).exclude(country=""))
    facts = Fact.objects.filter(page__in=briefs, topic__in=OF_TRADE).order_by("page", "sort_order")
    told: dict[int, list[Fact]] = {}
    for fact in facts:
        told.setdefault(fact.page_id, []).append(fact)
    return [(brief, told[brief.pk]) for brief in briefs if brief.pk in told]
