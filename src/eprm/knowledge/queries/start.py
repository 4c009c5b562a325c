"""The personal start: five answers, and the resources that fit them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from eprm.knowledge.models import PersonalStart, Resource
from eprm.knowledge.queries.shelves import items_visible_to
from eprm.people.models import Person
from eprm.ui.languages import second_language
from lode import knowledge
from lode.knowledge import Advice, Offer
from lode.knowledge import Reader as Answers

Reader = Person | AnonymousUser
# An app above that knows in which OECD steps a person's organisation has gaps says so here.
_gaps: list[Callable[[Person], Iterable[str]]] = []


@dataclass(frozen=True, slots=True)
class Offered:
    """A resource with the advice that names why it is offered."""

    resource: Resource
    advice: Advice


def add_gaps(of: Callable[[Person], Iterable[str]]) -> None:
    """Let `of(person)` name the OECD steps ("1" to "5") in which a check found gaps; they raise what closes them."""
    if of not in _gaps:
        _gaps.append(of)


def gaps_of(person: Reader) -> frozenset[str]:
    return frozenset(step for of in _gaps for step in of(person)) if person.is_authenticated else frozenset()


def saved_answers(person: Reader) -> PersonalStart | None:
    return PersonalStart.objects.filter(person=person).first() if person.is_authenticated else None


def offered_to(person: Reader, answers: Answers, most: int = 12) -> list[Offered]:
    """The resources that fit the answers, best first."""
    columns = "pk kind tiers minerals steps regions languages cost for_small".split()
    rows = items_visible_to(Resource, person).exclude(link_state=Resource.LinkState.DEAD).order_by("title", "pk")
    offers = (_offer(*row) for row in rows.values_list(*columns))
    advised = knowledge.advise(answers, offers, most)
    found = items_visible_to(Resource, person).in_bulk([advice.key for advice in advised])
    return [Offered(found[advice.key], advice) for advice in advised if advice.key in found]


def _offer(pk: int, kind: str, tiers, minerals, steps, regions, languages, cost: str, for_small: bool) -> Offer:
    return Offer(
        key=pk,
        kind=kind,
        tiers=frozenset(tiers),
        minerals=frozenset(minerals),
        steps=frozenset(steps),
        regions=frozenset(regions),
        languages=frozenset(languages),
        free=cost == "free",
        for_small=for_small,
    )


def answers_of(
    person: Reader, *, tier: str, minerals: Iterable[str], size: str, country: str, in_scope: str
) -> Answers:
    """The answers with the reader's language and the gaps that are known."""
    return Answers(
        tier=tier,
        minerals=frozenset(minerals),
        size=size,
        country=country,
        in_scope=in_scope,
        language=second_language(),
        gaps=gaps_of(person),
    )
