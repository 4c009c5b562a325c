"""The hub's things as the search sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from django.utils.translation import gettext as _

from eprm.knowledge.models import BriefPage, CaseStudy, NewsPage, Question, Resource, Shelf, Term, UnitPage
from eprm.knowledge.models.base import Words
from eprm.knowledge.queries.live import live_items
from eprm.knowledge.queries.pages import SHOWN
from eprm.search.kinds import Item
from eprm.search.queries.files import outcome_of_file, said_of, words_of_file

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
        thing=str(thing.translation_key),
    )


def file_words(resource: Resource) -> str | None:
    """The words of the resource's own file; None where it has one that has not been read yet."""
    return words_of_file(KINDS[Resource], resource.pk, resource.file.name) if resource.file else ""


def file_reading(resource: Resource) -> str:
    """What the search can do with the resource's own file, as a sentence for its editors; "" without a file."""
    if not resource.pk or not resource.file:
        return ""
    outcome = outcome_of_file(KINDS[Resource], "file")
    read = Resource.objects.filter(pk=resource.pk).values_list(outcome, flat=True).first()
    return said_of(read) or _("The words of its file are read within minutes after it is published.")


def items_of(model: type[Shelf]) -> Iterator[Item]:
    for thing in live_items(model).iterator():
        yield item_of(thing)


def items_of_pages() -> Iterator[Item]:
    for model in SHOWN:
        for page in model.objects.live().select_related("locale"):
            yield item_of(page)


def _texts(thing: Shelf) -> Iterable[str]:
    if isinstance(thing, Resource):
        return [thing.summary, thing.publisher, file_words(thing) or ""]
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
