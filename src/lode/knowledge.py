"""How knowledge on due diligence is sorted, and what fits whom: five answers give a ranked list, with reasons.

Source: the partnership's Due Diligence Hub sorts by place in the chain, mineral and OECD step; the five steps are those
of the OECD Due Diligence Guidance for Responsible Supply Chains of Minerals, 3rd edition (2016), Annex I.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TIERS = ("asm", "lsm", "trader", "smelter", "manufacturer", "brand", "service", "authority", "cso")
MINERALS = ("tin", "tantalum", "tungsten", "gold", "other")
STEPS = ("1", "2", "3", "4", "5")
KINDS = (
    *("guidance", "template", "tool", "training", "case study", "database", "risk information"),
    *("standard", "assurance scheme", "legislation", "report"),
)
SIZES = ("micro", "small", "medium", "large")
SCOPE = ("yes", "no", "unsure")
DOES = ("template", "tool", "training", "guidance")
EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # since February 2020
)
GLOBAL = "global"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Five answers, and what else is known: the reader's language and the OECD steps in which a check found gaps.

    `size` is by Recommendation 2003/361/EC; "" where a question was left open.
    """

    tier: str = ""
    minerals: frozenset[str] = frozenset()
    size: str = ""
    country: str = ""
    in_scope: str = ""
    language: str = "en"
    gaps: frozenset[str] = frozenset()

    @property
    def is_small(self) -> bool:
        return self.size in ("micro", "small", "medium")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One resource by its facets; `for_small` where it is written for small companies."""

    key: int
    kind: str
    tiers: frozenset[str]
    minerals: frozenset[str]
    steps: frozenset[str]
    regions: frozenset[str]
    languages: frozenset[str]
    free: bool = True
    for_small: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is offered: "tier", "mineral", "small", "does", "country", "eu", "scope", "gap", "begin"."""

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    key: int
    score: int
    reasons: tuple[Reason, ...]


def advise(reader: Reader, offers: Iterable[Offer], most: int = 12) -> list[Advice]:
    """What fits the reader, best first, at most `most`; equal ones in the order given.

    What is for another place in the chain, or about other minerals alone, is left out. What the reader cannot read
    comes last.
    """
    found = [advice for offer in offers if (advice := _advice(reader, offer)) is not None]
    return sorted(found, key=lambda advice: -advice.score)[:most]


def _advice(reader: Reader, offer: Offer) -> Advice | None:
    if reader.tier and reader.tier not in offer.tiers:
        return None
    shared = reader.minerals & offer.minerals
    if reader.minerals and not shared:
        return None
    points: list[tuple[int, Reason | None]] = [
        *_by_place(reader, offer, shared),
        *_by_size(reader, offer),
        *_by_scope(reader, offer),
        *_by_country(reader, offer),
        *((4, Reason("gap", step)) for step in sorted(reader.gaps & offer.steps)),
    ]
    if "1" in offer.steps and not reader.gaps:
        points.append((1, Reason("begin")))
    if reader.language in offer.languages:
        points.append((2, None))
    elif "en" not in offer.languages:
        points.append((-6, None))
    reasons = tuple(reason for _score, reason in points if reason)
    return Advice(offer.key, sum(score for score, _reason in points), reasons)


def _by_place(reader: Reader, offer: Offer, shared: frozenset[str]) -> list[tuple[int, Reason | None]]:
    """What is made for few places or few minerals says more to those it is made for."""
    found: list[tuple[int, Reason | None]] = []
    if reader.tier:
        found.append((4 if len(offer.tiers) <= 2 else 2, Reason("tier", reader.tier)))
    if shared:
        told = min(shared, key=MINERALS.index)
        found.append((3 if len(offer.minerals) <= 2 else 1, Reason("mineral", told)))
    return found


def _by_size(reader: Reader, offer: Offer) -> list[tuple[int, Reason | None]]:
    """A small company needs what it can use as it is, without paying."""
    if not reader.is_small:
        return []
    found: list[tuple[int, Reason | None]] = []
    if offer.for_small:
        found.append((4, Reason("small", reader.size)))
    if offer.kind in DOES:
        found.append((2, Reason("does", offer.kind)))
    if not offer.free:
        found.append((-4, None))
    return found


def _by_scope(reader: Reader, offer: Offer) -> list[tuple[int, Reason | None]]:
    """The law's text is for whom it binds; whoever is unsure needs it as much."""
    about_law = offer.kind == "legislation" or (offer.kind == "guidance" and "EU" in offer.regions)
    if not about_law:
        return []
    if reader.in_scope in ("yes", "unsure"):
        return [(4, Reason("scope", reader.in_scope))]
    return [(-2, None)] if reader.in_scope == "no" else []


def _by_country(reader: Reader, offer: Offer) -> list[tuple[int, Reason | None]]:
    if not reader.country or GLOBAL in offer.regions or not offer.regions:
        return []
    if reader.country in offer.regions:
        return [(3, Reason("country", reader.country))]
    if reader.country in EU and "EU" in offer.regions:
        return [(2, Reason("eu"))]
    return [(-1, None)]
