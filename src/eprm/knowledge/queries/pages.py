"""The pages of words a person may see, in the reader's language where somebody translated them."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from eprm.knowledge.models import BriefPage, NewsPage, PathPage, TheoryPage, UnitPage, WordsPage
from eprm.knowledge.models.base import Words
from eprm.people import audiences
from eprm.people.models import Person

Reader = Person | AnonymousUser
Written = TypeVar("Written", bound=Words)
SHOWN = (WordsPage, BriefPage, NewsPage, TheoryPage, PathPage, UnitPage)
SOURCE_LANGUAGE = "en"


def pages_visible_to(model: type[Written], person: Reader) -> QuerySet[Written]:
    """The live pages of one type of which the person holds the key; each once, in the reader's language if it is there.

    A page written in another language than the hub's own, and not translated into the reader's, is shown as written.
    """
    own = get_language() or SOURCE_LANGUAGE
    seen = model.objects.live().filter(audience__in=audiences.keys_of(person))
    same = model.objects.live().filter(translation_key=OuterRef("translation_key"))
    in_own, in_source = (same.filter(locale__language_code=code) for code in (own, SOURCE_LANGUAGE))
    first = same.filter(pk__lt=OuterRef("pk"))
    told = (
        Q(locale__language_code=own)
        | Q(locale__language_code=SOURCE_LANGUAGE) & ~Exists(in_own)
        | ~Exists(in_own) & ~Exists(in_source) & ~Exists(first)
    )
    return seen.filter(told).select_related("locale")


def page_of(pk: int) -> Words | None:
    """The live page of this number, whoever it is for."""
    page = Page.objects.live().filter(pk=pk).first()
    specific = page.specific if page else None
    return specific if isinstance(specific, SHOWN) else None


def in_language(page: Words, language: str) -> Words:
    """The page's live translation, or the page itself."""
    if page.language == language:
        return page
    same = type(page).objects.live().filter(translation_key=page.translation_key, locale__language_code=language)
    return same.select_related("locale").first() or page


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


def theory_visible_to(person: Reader) -> TheoryPage | None:
    return pages_visible_to(TheoryPage, person).first()
