"""A field visit judged by its facts: who goes, whose voice was heard, what follows, and whom its words name.

The partnership goes in delegations of its three pillars to hear local actors, so a visit without one of them, or
without anybody heard, is told so; nothing is refused for it. What is published must not name who has not agreed to be
named: that is looked for in the words themselves, because a list of the unnamed does not stop a sentence from naming
them.

Source: EPRM strategy 2021-2025 ("local perspectives, mutual understanding, local actors, field visits"); IPIS, mapping
of artisanal mining: publication delayed by up to six months, and withheld where people could be endangered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from lode.findings import Finding, finding
from lode.thesaurus import fold

# The finding of each pillar that nobody of the delegation belongs to.
MISSING = {"supply_chain": "VISIT-01", "government": "VISIT-02", "civil_society": "VISIT-03"}
NOBODY_HEARD, WITHOUT_FOLLOW_UP, UNSTATED_PHOTOS, NAMED = "VISIT-04", "VISIT-05", "VISIT-06", "VISIT-07"
# A word of a person's name this short is anybody's.
SHORTEST_WORD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """`pillars` counts who comes; `has_begun` whether the delegation has left; `concerns_alone` the findings that
    are concerns and lead to nothing; `photos_unstated` the photos of which nobody said whose faces they show."""

    pillars: Mapping[str, int]
    has_begun: bool = False
    actors_heard: int = 0
    concerns_alone: int = 0
    photos_unstated: int = 0
    named: tuple[str, ...] = field(default=())


def check_visit(facts: VisitFacts) -> list[Finding]:
    """What somebody should look at, everything at once, in the order of a visit. Each is of the whole visit."""
    found = [finding(code, "") for pillar, code in MISSING.items() if not facts.pillars.get(pillar)]
    if facts.has_begun and not facts.actors_heard:
        found.append(finding(NOBODY_HEARD, ""))
    if facts.concerns_alone:
        found.append(finding(WITHOUT_FOLLOW_UP, "", count=facts.concerns_alone))
    if facts.photos_unstated:
        found.append(finding(UNSTATED_PHOTOS, "", count=facts.photos_unstated))
    found += [finding(NAMED, "", name=name) for name in facts.named]
    return found


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Somebody who has not agreed to be named; of one person each longer word of the name counts, too."""

    name: str
    one_person: bool


def names_in(text: str, unnamed: Iterable[Unnamed]) -> tuple[str, ...]:
    """The names of those that the text tells although they have not agreed, whatever the accents and the case."""
    folded = f" {fold(text)} "
    return tuple(dict.fromkeys(each.name for each in unnamed if _is_named(folded, text, each)))


def _is_named(folded: str, text: str, each: Unnamed) -> bool:
    whole = fold(each.name)
    if not whole:
        return False
    if f" {whole} " in folded:
        return True
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", each.name) if len(word) >= SHORTEST_WORD]
    # A word of a name is a name where it is written like one: "Bahati" is somebody, "the miners" are not "Miners".
    return each.one_person and any(word[0].isupper() and re.search(rf"\b{re.escape(word)}\b", text) for word in words)


def first_day(ends_on: date, days: int) -> date:
    """The first day a story may appear: so many days after the delegation has left the place."""
    return ends_on + timedelta(days=days)
