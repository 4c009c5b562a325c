"""The hub's content in other languages: what it comes with, and what a translation takes over from its original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale, Page

from eprm.knowledge import content
from eprm.knowledge.models import BriefPage, CaseStudy, NewsPage, Question, Resource, Shelf, Term, TheoryPage, WordsPage

# What a translation has from its original, whoever changes it there: everything that is no wording.
SHARED: dict[type[Shelf], tuple[str, ...]] = {
    Resource: (
        *("publisher", "year", "address", "file", "kind", "languages", "cost", "tiers", "minerals", "steps"),
        *("regions", "for_small", "provenance", "checked_on", "confirmed", "audience"),
    ),
    CaseStudy: ("organisation", "tier", "countries", "minerals", "steps", "address", "confirmed", "audience"),
    Question: ("asked_by", "basis", "address", "confirmed", "audience"),
    Term: ("abbreviation", "french", "spanish", "swahili", "source", "see_also", "confirmed", "audience"),
}
WRITTEN = (WordsPage, NewsPage)


def follow_original(original: Shelf) -> list[Shelf]:
    """Give the translations of an item what it now says besides words; answers those that are live."""
    model = type(original)
    same = model.objects.filter(translation_key=original.translation_key, original=False)
    same.update(**{name: getattr(original, name) for name in SHARED[model]})
    return list(same.filter(live=True).select_related("locale"))


def load_translations(language: str) -> int:
    """The drafted content in one language, where its English is in the hub and has no such translation yet."""
    locale, told = Locale.objects.get(language_code=language), content.translation(language)
    count = _load_items(Question, "question", told.questions, locale)
    count += _load_items(CaseStudy, "title", told.cases, locale)
    count += _load_items(Resource, "address", told.resources, locale)
    count += _load_items(Term, "term", told.terms, locale)
    for page in _untranslated(WRITTEN, locale):
        count += _tell_page(page, told.pages.get(page.slug), locale)
    for brief in _untranslated((BriefPage,), locale):
        count += _tell_brief(brief, told.briefs.get(brief.slug), locale)
    for theory in _untranslated((TheoryPage,), locale):
        count += _tell_theory(theory, told.theory, locale)
    return count


def _load_items(model: type[Shelf], key: str, told: Mapping[str, Mapping[str, str]], locale: Locale) -> int:
    done = model.objects.filter(locale=locale).values("translation_key")
    found = model.objects.filter(original=True, **{f"{key}__in": list(told)}).exclude(translation_key__in=done)
    made = []
    for original in found:
        copy = original.copy_for_translation(locale)
        copy.live = True
        for name, words in told[getattr(original, key)].items():
            setattr(copy, name, words)
        made.append(copy)
    model.objects.bulk_create(made)
    return len(made)


def _untranslated(models: tuple[type[Page], ...], locale: Locale) -> list[Page]:
    found: list[Page] = []
    for model in models:
        done = model.objects.filter(locale=locale).values("translation_key")
        found += model.objects.live().filter(locale__language_code="en").exclude(translation_key__in=done)
    return found


def _tell_page(page: Page, words: Mapping[str, str] | None, locale: Locale) -> int:
    if words is None:
        return 0
    copy = _copy(page, words["title"], locale)
    copy.lede, copy.body = words["lede"], content.one_line(words["body"])
    return _publish(copy)


def _tell_brief(brief: BriefPage, words: Mapping[str, Any] | None, locale: Locale) -> int:
    facts = list(brief.facts.order_by("sort_order"))
    if words is None or len(words["facts"]) != len(facts):
        return 0
    copy = _copy(brief, words["title"], locale)
    told = list(copy.facts.order_by("sort_order"))
    for fact, said in zip(told, words["facts"], strict=True):
        fact.words = said
    copy.facts = told
    return _publish(copy)


def _tell_theory(theory: TheoryPage, words: Mapping[str, Any] | None, locale: Locale) -> int:
    if words is None:
        return 0
    copy = _copy(theory, words["title"], locale)
    copy.lede, copy.body = words["lede"], words["body"]
    told = list(copy.elements.order_by("sort_order"))
    for element in told:
        element.words = words["elements"].get(element.code, element.words)
    copy.elements = told
    return _publish(copy)


def _copy(page: Page, title: str, locale: Locale) -> Page:
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title = copy.draft_title = title
    return copy


def _publish(copy: Page) -> int:
    copy.save_revision().publish()
    hub = copy.get_parent().specific
    if not hub.live:
        hub.save_revision().publish()
    return 1
