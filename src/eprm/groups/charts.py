"""How a pillar's positions are drawn: widths in per cent of the organisations that have a voice."""

from __future__ import annotations

from dataclasses import dataclass

from lode.voting import PillarCount


@dataclass(frozen=True, slots=True)
class PillarBar:
    """One pillar's bar: who agrees, who is against, and where the quorum stands."""

    count: PillarCount
    agree: float
    against: float
    needed: float


def bar_of(count: PillarCount) -> PillarBar:
    def share(part: int) -> float:
        return round(100 * min(part / count.entitled, 1), 1) if count.entitled else 0.0

    return PillarBar(count, share(count.agree), share(count.disagree + count.block), share(count.needed))
