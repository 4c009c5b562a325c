"""What the assurance schemes said of a smelter on a day, as one word. Pure: no query, no clock.

A smelter of which no scheme says anything is `unknown`, never "not conformant"; being listed in a template's Smelter
Look-up says only that somebody gave it a number.
Source: RMI, RMAP status definitions (conformant, active); OECD Guidance, step 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

StandingKey = Literal["conformant", "active", "lapsed", "not_conformant", "unknown"]
KEYS: tuple[StandingKey, ...] = ("conformant", "active", "lapsed", "not_conformant", "unknown")


class Interval(Protocol):
    """What one scheme said from `since` until `until` (the last day; None: still)."""

    scheme: str
    status: str
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`key` and the interval it rests on; `unknown` rests on none."""

    key: StandingKey
    scheme: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


UNKNOWN = Standing("unknown")


def standing_on(intervals: Iterable[Interval], on: date) -> Standing:
    """The standing on a day: one scheme that confirms is enough; what has ended counts only where nothing is in force.

    An assurance that ended without a successor is `lapsed`. A status in force that neither confirms nor is under way
    (suspended, removed, ...) is `not_conformant`.
    """
    begun = sorted((i for i in intervals if i.since <= on), key=lambda interval: interval.since, reverse=True)
    in_force = [interval for interval in begun if interval.until is None or interval.until >= on]
    for key in ("conformant", "active"):
        for interval in in_force:
            if _word(interval.status) == key:
                return _resting_on(key, interval)
    if in_force:
        return _resting_on("not_conformant", in_force[0])
    for interval in begun:
        if _word(interval.status) in ("conformant", "active"):
            return _resting_on("lapsed", interval)
    return UNKNOWN


def _word(status: str) -> str:
    return status.strip().casefold()


def _resting_on(key: StandingKey, interval: Interval) -> Standing:
    return Standing(key, interval.scheme, interval.since, interval.until, interval.source)
