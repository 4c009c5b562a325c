"""The hub's things as the search sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from eprm.knowledge.models import BriefPage, CaseStudy, NewsPage, Question, Resource, Shelf, Term, UnitPage
from eprm.knowledge.models.base import Words
from eprm.knowledge.queries.pages import SHOWN
from eprm.knowledge.reading import text_of_file
from eprm.search.kinds import Item

TAG = re.compile(r"<[^>]+>")
KINDS: dict[type[Shelf], str] = {Resource: "resource", CaseStudy: "case", Term: "term", Question: "question"}


def item_of(thing: Shelf | Words) -> Item:
    """One item or page as the search sees it; facets by place in the chain, mineral and step."""
    if isinstance(thing, Words):
        title, text, kind = thing.title, _page_text(thing), "page"
        key, facets = thing.pk, [f"mineral:{mineral}" for mineral in getattr(thing, "minerals", [])]
    else:
        kind, key = KINDS[type(thing)], thing.pk
        title, text = str(thing), " \n".join(_texts(thing))
        facets = _facets(thing)
    return Item(
        kind=kind,
        key=key,
        language=thing.language,
        title=title,
        text=text,
        url=thing.get_absolute_url(),
        audience=[thing.audience],
        facets=facets,
        on=thing.on if isinstance(thing, NewsPage) else None,
    )


def items_of(model: type[Shelf]) -> Iterator[Item]:
    for thing in model.objects.filter(live=True).select_related("locale").iterator():
        yield item_of(thing)


def items_of_pages() -> Iterator[Item]:
    for model in SHOWN:
        for page in model.objects.live().select_related("locale"):
            yield item_of(page)


def _texts(thing: Shelf) -> Iterable[str]:
    if isinstance(thing, Resource):
        return [thing.summary, thing.publisher, text_of_file(thing.file) if thing.file else ""]
    if isinstance(thing, CaseStudy):
        return [thing.challenge, thing.action, thing.result, thing.lesson, thing.organisation]
    if isinstance(thing, Term):
        return [thing.definition, thing.abbreviation, thing.french, thing.spanish, thing.swahili]
    return [thing.answer, thing.basis] if isinstance(thing, Question) else []


def _facets(thing: Shelf) -> list[str]:
    minerals = getattr(thing, "minerals", [])
    tiers = getattr(thing, "tiers", None) or [tier for tier in [getattr(thing, "tier", "")] if tier]
    steps = getattr(thing, "steps", [])
    told = (("mineral", minerals), ("tier", tiers), ("step", steps))
    return [f"{name}:{code}" for name, codes in told for code in codes]


def _page_text(page: Words) -> str:
    if isinstance(page, BriefPage):
        return " \n".join(fact.words for fact in page.facts.all())
    if isinstance(page, UnitPage):
        return f"{page.goals}\n{page.text}\n{page.activity}"
    parts = [getattr(page, "lede", ""), getattr(page, "readers", ""), TAG.sub(" ", getattr(page, "body", ""))]
    if elements := getattr(page, "elements", None):
        parts += [element.words for element in elements.all()]
    return unescape(" \n".join(parts))
