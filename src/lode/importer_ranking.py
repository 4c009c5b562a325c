"""Which importer a competent authority looks at first: points for each fact, and the reason for each point.

The Regulation asks for risk-based ex-post checks and leaves the ranking to the authority. The facts are those that
authorities say they go by: the volume, in all and by line; origin in a high-risk area; substantiated concerns; how
long ago the last check was and what it found; and what the file lacks. How much each weighs is the authority's own
dated choice (`Weight`); nothing here decides anything about anybody.

Source: Regulation (EU) 2017/821, Article 11(1)-(3); practice of the Austrian authority: the highest volumes and origin
or transit in a high-risk area first, those of least risk at least once in ten years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

Key = Literal[
    "bound_line",
    "volume_multiple",
    "high_risk_origin",
    "origin_unknown",
    "document_missing",
    "concern",
    "infringement",
    "never_checked",
    "year_unchecked",
]
KEYS: tuple[Key, ...] = get_args(Key)
# A fact that can occur many times counts at most so often, so that no single one decides the order.
AT_MOST: Mapping[Key, int] = {
    "bound_line": 5,
    "volume_multiple": 10,
    "high_risk_origin": 5,
    "origin_unknown": 5,
    "document_missing": 5,
    "concern": 3,
    "infringement": 3,
    "never_checked": 1,
    "year_unchecked": 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImporterFacts:
    """What is known of one importer for one year.

    `bound_lines` counts the lines of Annex I at or above their threshold, `highest_ratio` is the largest mass by
    threshold. `high_risk_origins` are the names of listed areas, `origins_unknown` the lines without a country of
    origin; `documents_missing` the kinds of documents the duties ask for and the file lacks.
    """

    bound_lines: int
    highest_ratio: Decimal
    high_risk_origins: tuple[str, ...]
    origins_unknown: int
    documents_missing: tuple[str, ...]
    concerns: int
    infringements: int
    last_check: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """So many points for each occurrence of a fact."""

    key: Key
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one fact adds: `count` occurrences (as far as they count) at `points` each; `values` for the words."""

    key: Key
    count: int
    points: int
    values: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.count * self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The sum and what it is made of, weightiest first."""

    points: tuple[Point, ...]

    @property
    def score(self) -> int:
        return sum(point.total for point in self.points)


def rank(facts: ImporterFacts, weights: Iterable[Weight], *, on: date) -> Ranking:
    """The points of an importer on a day. A fact without a weight adds nothing."""
    multiple = max(0, int(facts.highest_ratio) - 1)
    unchecked = whole_years(facts.last_check, on) if facts.last_check else 0
    counts: dict[Key, tuple[int, tuple[str, ...]]] = {
        "bound_line": (facts.bound_lines, ()),
        "volume_multiple": (multiple, ()),
        "high_risk_origin": (len(facts.high_risk_origins), facts.high_risk_origins),
        "origin_unknown": (facts.origins_unknown, ()),
        "document_missing": (len(facts.documents_missing), facts.documents_missing),
        "concern": (facts.concerns, ()),
        "infringement": (facts.infringements, ()),
        "never_checked": (int(facts.last_check is None), ()),
        "year_unchecked": (unchecked, ()),
    }
    points = [
        Point(key=weight.key, count=min(count, AT_MOST[weight.key]), points=weight.points, values=values)
        for weight in weights
        for count, values in [counts[weight.key]]
        if count and weight.points
    ]
    return Ranking(points=tuple(sorted(points, key=lambda point: (-point.total, KEYS.index(point.key)))))


def whole_years(since: date, on: date) -> int:
    """The full years from one day to another; 0 where the second comes first."""
    years = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    return max(0, years)


def check_due(last_check: date | None, filed_on: date, *, within_years: int) -> date:
    """The day by which an importer must have been looked at, also one of least risk."""
    since = last_check or filed_on
    try:
        return since.replace(year=since.year + within_years)
    except ValueError:  # 29 February
        return since.replace(year=since.year + within_years, day=28)
