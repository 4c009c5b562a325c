"""Figures of a group that tell nothing about one of its members.

Three walls. A group of fewer than `least` members is not told. Beside a whole, only such parts are told that whatever
can be had by adding and subtracting the told ones again has at least `least` members, or none. And means are told
rounded to `ROUNDING` points, so that two tellings of nearly the same group do not give away the difference exactly.

Source: the partnership's own rules for its aggregates, with dominance limits (60 and 85 %) as statistical offices
use them for tables of sums: Hundepool et al., Handbook on Statistical Disclosure Control (2010).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

ROUNDING = 5
ONE_GIVES_AT_MOST, TWO_GIVE_AT_MOST = Fraction(60, 100), Fraction(85, 100)


class Hidden(StrEnum):
    """Why a figure is not told."""

    TOO_FEW = "too_few"
    WOULD_TELL = "would_tell"
    DOMINATED = "dominated"


def told_parts(sizes: Mapping[str, int], least: int) -> dict[str, Hidden | None]:
    """For each part of a whole: None if it may be told beside the whole, else why not.

    What is left of the whole without the told parts must be nobody or at least `least`: otherwise the smallest told
    part is hidden too, and so on. Parts without anybody tell nothing and are TOO_FEW.
    """
    verdict = {name: None if size >= least else Hidden.TOO_FEW for name, size in sizes.items()}
    told = sorted((name for name in sizes if verdict[name] is None), key=lambda name: (sizes[name], name))
    rest = sum(sizes.values()) - sum(sizes[name] for name in told)
    while told and 0 < rest < least:
        smallest = told.pop(0)
        verdict[smallest] = Hidden.WOULD_TELL
        rest += sizes[smallest]
    return verdict


def rounded(share: Fraction, to: int = ROUNDING) -> int:
    """A share (0 to 1) in per cent, to the nearest multiple of `to`, half up."""
    return int(share * 100 / to + Fraction(1, 2)) * to


def mean(shares: Sequence[Fraction], least: int) -> int | None:
    """The rounded mean in per cent of a group that is large enough; None for a smaller one."""
    return rounded(sum(shares, Fraction(0)) / len(shares)) if len(shares) >= max(least, 1) else None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over a group, or why it is not told. `members` gave a value."""

    members: int
    value: Fraction | None
    hidden: Hidden | None


def pooled(values: Sequence[Fraction], least: int) -> Sum:
    """The sum of what members gave, unless too few gave it or one or two of them make most of it."""
    if len(values) < least:
        return Sum(len(values), None, Hidden.TOO_FEW)
    whole = sum(values, Fraction(0))
    largest = sorted(values, reverse=True)[:2]
    if whole > 0 and (largest[0] > whole * ONE_GIVES_AT_MOST or sum(largest) > whole * TWO_GIVE_AT_MOST):
        return Sum(len(values), None, Hidden.DOMINATED)
    return Sum(len(values), whole, None)


def may_replace(before: Collection[object], after: Collection[object], least: int) -> bool:
    """Whether a second telling may follow a first: what differs is nobody's, or of at least `least` members.

    Each element stands for one member's figures at one time; a corrected figure is another element. So a lone
    correction or newcomer waits until others have come, and cannot be had by subtracting.
    """
    first, second = set(before), set(after)
    return len(first - second) in _none_or_from(least, first) and len(second - first) in _none_or_from(least, second)


def _none_or_from(least: int, of: Collection[object]) -> Collection[int]:
    return {0, *range(least, len(of) + 1)}
