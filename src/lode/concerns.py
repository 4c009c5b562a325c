"""What makes a concern substantiated enough for an authority to act on, and what a given one lacks.

The Regulation lets third parties bring substantiated concerns and does not define them. These are the questions an
officer asks first: who, which duty, what happened, when and where, how it is known, and what shows it. Nothing is
refused for lacking one of them; the person is told what would make the concern stronger.

Source: Regulation (EU) 2017/821, Article 11(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Lack = Literal["who", "duty", "what", "when", "future", "known", "evidence"]
WORDS_THAT_TELL = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernFacts:
    """A concern as somebody wrote it. `known_by` says how they know; `evidence` counts files and addresses given."""

    importer: str
    duty: str
    text: str
    happened_on: date | None
    known_by: str
    evidence: int


def lacks(facts: ConcernFacts, *, on: date) -> tuple[Lack, ...]:
    """What an officer would ask for first, in the order they ask."""
    found: list[Lack] = []
    if not facts.importer.strip():
        found.append("who")
    if not facts.duty:
        found.append("duty")
    if len(facts.text.split()) < WORDS_THAT_TELL:
        found.append("what")
    if facts.happened_on is None:
        found.append("when")
    elif facts.happened_on > on:
        found.append("future")
    if not facts.known_by:
        found.append("known")
    if not facts.evidence:
        found.append("evidence")
    return tuple(found)
