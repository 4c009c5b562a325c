"""Resources, cases, terms and questions a person may see, in the reader's language where somebody translated them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from unicodedata import combining, normalize
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from eprm.knowledge.models import CaseStudy, Question, Rating, Resource, Shelf, Term
from eprm.knowledge.queries.live import live_items
from eprm.people import audiences
from eprm.people.models import Person
from eprm.search.queries import keys_found_by
from eprm.ui.languages import reading_order

Reader = Person | AnonymousUser
Item = TypeVar("Item", bound=Shelf)
Chosen = Mapping[str, Sequence[str]]

# Facet in the address: the resource's column, and whether the column holds several codes.
FACETS: dict[str, tuple[str, bool]] = {
    "tier": ("tiers", True),
    "mineral": ("minerals", True),
    "step": ("steps", True),
    "kind": ("kind", False),
    "language": ("languages", True),
    "cost": ("cost", False),
    "region": ("regions", True),
}


def items_visible_to(model: type[Item], person: Reader) -> QuerySet[Item]:
    """The live items of which the person holds the key; each once, translated where a translation is live."""
    seen = live_items(model).filter(audience__in=audiences.keys_of(person))
    same = model.objects.filter(translation_key=OuterRef("translation_key"), live=True)
    told, in_better = Q(), Q()
    for code in reading_order():
        told |= Q(locale__language_code=code) & in_better
        in_better &= ~Exists(same.filter(locale__language_code=code))
    return seen.filter(told | Q(original=True) & in_better)


def resources_visible_to(person: Reader) -> QuerySet[Resource]:
    """Resources with how many readers rated them (`rated`) and how many found them of use (`useful`)."""
    return _rated(items_visible_to(Resource, person))


def _rated(found: QuerySet[Resource]) -> QuerySet[Resource]:
    """With what readers said of them, in whatever language they read."""
    said = Rating.objects.filter(resource__translation_key=OuterRef("translation_key")).order_by()
    counted = said.values("resource__translation_key").annotate(
        n=Count("pk"), of_use=Count("pk", filter=Q(useful=True))
    )
    return found.annotate(
        rated=Coalesce(Subquery(counted.values("n")), 0), useful=Coalesce(Subquery(counted.values("of_use")), 0)
    )


def keys_holding(person: Reader, words: str) -> list[UUID] | None:
    """The resources that hold the words in any language, best first; None where no words are asked for."""
    if not words:
        return None
    found = keys_found_by(person, words, "resource")
    keys = dict(Resource.objects.filter(pk__in=found).values_list("pk", "translation_key"))
    return list(dict.fromkeys(keys[pk] for pk in found if pk in keys))


def resources_found(
    person: Reader, chosen: Chosen, keys: Sequence[UUID] | None = None, sort: str = ""
) -> QuerySet[Resource]:
    """The resources that fit the chosen facets (any of each facet's values) and, with `keys`, are among these."""
    found = _narrowed(items_visible_to(Resource, person), chosen)
    if keys is not None:
        found = found.filter(translation_key__in=keys)
    found = _rated(found)
    if sort == "newest":
        return found.order_by(F("year").desc(nulls_last=True), "title", "pk")
    if sort == "title" or keys is None:
        return found.order_by("title", "pk")
    whens = [When(translation_key=key, then=Value(at)) for at, key in enumerate(keys[:200])]
    return found.annotate(at=Case(*whens, default=Value(999), output_field=IntegerField())).order_by("at", "pk")


def facet_counts(person: Reader, chosen: Chosen, keys: Sequence[UUID] | None = None) -> dict[str, dict[str, int]]:
    """How many resources each value of each facet would leave, given what is chosen in the other facets."""
    seen = items_visible_to(Resource, person).order_by()
    if keys is not None:
        seen = seen.filter(translation_key__in=keys)
    parts = []
    for facet, (column, several) in FACETS.items():
        others = {name: values for name, values in chosen.items() if name != facet}
        code = Func(F(column), function="unnest", output_field=CharField()) if several else F(column)
        counted = _narrowed(seen, others).values(code=code).annotate(facet=Value(facet), n=Count("pk"))
        parts.append(counted.values_list("facet", "code", "n"))
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for facet, code, n in parts[0].union(*parts[1:], all=True):
        counts[facet][code] = n
    return counts


def _narrowed(found: QuerySet[Resource], chosen: Chosen) -> QuerySet[Resource]:
    for facet, values in chosen.items():
        column, several = FACETS[facet]
        if values:
            found = found.filter(**{f"{column}__{'overlap' if several else 'in'}": list(values)})
    return found


def alike(person: Reader, resource: Resource, most: int = 4) -> QuerySet[Resource]:
    """Resources of the same steps, places and minerals, other than this one."""
    near = items_visible_to(Resource, person).exclude(translation_key=resource.translation_key)
    near = near.filter(
        steps__overlap=resource.steps, tiers__overlap=resource.tiers, minerals__overlap=resource.minerals
    )
    same_kind = Case(When(kind=resource.kind, then=0), default=1, output_field=IntegerField())
    return near.order_by(same_kind, F("year").desc(nulls_last=True), "pk")[:most]


def rating_of(person: Reader, resource: Resource) -> Rating | None:
    """What the person said of the resource."""
    said = Rating.objects.filter(resource__translation_key=resource.translation_key)
    return said.filter(person=person).first() if person.is_authenticated else None


def cases_visible_to(person: Reader, chosen: Chosen | None = None) -> QuerySet[CaseStudy]:
    """Case studies, narrowed by place in the chain, mineral and step."""
    found = items_visible_to(CaseStudy, person)
    for facet, column in (("mineral", "minerals__overlap"), ("step", "steps__overlap"), ("tier", "tier__in")):
        if values := (chosen or {}).get(facet):
            found = found.filter(**{column: list(values)})
    return found.order_by("title", "pk")


def terms_visible_to(person: Reader) -> QuerySet[Term]:
    """The terms in the reader's language; `english` is what a translated one is called in English."""
    originals = Term.objects.filter(translation_key=OuterRef("translation_key"), original=True)
    english = Case(When(original=False, then=Subquery(originals.values("term")[:1])), default=Value(""))
    return items_visible_to(Term, person).annotate(english=english).order_by("term", "pk")


def terms_holding(terms: Iterable[Term], words: str) -> list[Term]:
    """Those whose names, in any of their languages, or meaning hold the words."""
    sought = _plain(words)
    return [
        term
        for term in terms
        if sought
        in _plain(
            " ".join(
                (term.term, term.abbreviation, term.english, *(name for _code, name in term.names), term.definition)
            )
        )
    ]


def _plain(text: str) -> str:
    """Without capitals and accents."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))


def term_in_own_language(person: Reader, pk: int) -> Term | None:
    """The term of this number, as the reader's language has it."""
    same = Term.objects.filter(pk=pk).values("translation_key")
    return terms_visible_to(person).filter(translation_key__in=same).first()


def questions_visible_to(person: Reader) -> QuerySet[Question]:
    return items_visible_to(Question, person).order_by("asked_by", "pk")


def counts_for(person: Reader) -> dict[str, Any]:
    """How many resources, cases, terms and questions the person may see, for the front of the hub."""
    models = {"resources": Resource, "cases": CaseStudy, "terms": Term, "questions": Question}
    return {name: items_visible_to(model, person).count() for name, model in models.items()}


def regions_used(person: Reader) -> list[str]:
    """The countries and regions that resources name, for the choices of a form."""
    codes = Func(F("regions"), function="unnest", output_field=CharField())
    found = (
        items_visible_to(Resource, person).order_by().values(code=codes).aggregate(all=ArrayAgg("code", distinct=True))
    )
    return sorted(found["all"] or [])
