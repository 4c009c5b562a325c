"""Decisions of several pillars with equal weight: who took part, whether that is enough, and what was decided.

The rule of a working group's proposals; the board's ballots, with seats and a weight, are `lode.ballot`. A pillar
reaches its quorum when enough of those entitled in it took a position, abstentions included. A proposal passes when
every pillar reaches its quorum, in every pillar more than the asked share of the positions for or against is for it,
and nobody blocks it. So no pillar can outvote the others. A pillar in which nobody is entitled has no say, and stops
nothing.

Shares are fractions (0 to 1). Source: the partnership's three pillars "with equal weight"; the shares themselves are
the body's own rule, so the caller passes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

HALF = Fraction(1, 2)


class Position(StrEnum):
    """What one entitled person says to a proposal. A block is a reasoned veto, not one more vote against."""

    AGREE = "agree"
    ABSTAIN = "abstain"
    DISAGREE = "disagree"
    BLOCK = "block"


class Result(StrEnum):
    """What became of a proposal. The order of reasons: a block first, then a missing quorum, then a majority."""

    ADOPTED = "adopted"
    BLOCKED = "blocked"
    NO_QUORUM = "no_quorum"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingRule:
    """What a body asks for: `quorum`, the share of the entitled of a pillar who must take a position; `majority`, the
    share of the positions for or against that must be exceeded; whether a `block` stops the proposal."""

    quorum: Fraction = HALF
    majority: Fraction = HALF
    block_stops: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarCount:
    """The positions of one pillar. `entitled` is how many of it may take one."""

    pillar: str
    entitled: int
    agree: int = 0
    abstain: int = 0
    disagree: int = 0
    block: int = 0
    rule: VotingRule = VotingRule()

    @property
    def given(self) -> int:
        """How many took a position."""
        return self.agree + self.abstain + self.disagree + self.block

    @property
    def open(self) -> int:
        """How many have not spoken yet."""
        return max(self.entitled - self.given, 0)

    @property
    def needed(self) -> int:
        """How many positions make the quorum: the share of the entitled, rounded up, and at least one."""
        return max(ceil(self.rule.quorum * self.entitled), 1) if self.entitled else 0

    @property
    def missing(self) -> int:
        return max(self.needed - self.given, 0)

    @property
    def has_quorum(self) -> bool:
        return self.missing == 0

    @property
    def agrees(self) -> bool:
        """More than the asked share of those for or against is for it; abstentions count for neither."""
        for_or_against = self.agree + self.disagree + self.block
        return self.agree > self.rule.majority * for_or_against


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the positions amount to, and the pillars that stand against it (empty where it is adopted)."""

    result: Result
    pillars: tuple[str, ...] = ()


def count(
    entitled: Mapping[str, int], positions: Iterable[tuple[str, str]], rule: VotingRule | None = None
) -> list[PillarCount]:
    """The positions, each as (pillar, position), by pillar in the order of `entitled`.

    KeyError for a position of a pillar that is not entitled, ValueError for a position there is not.
    """
    found: dict[str, dict[Position, int]] = {pillar: dict.fromkeys(Position, 0) for pillar in entitled}
    for pillar, position in positions:
        found[pillar][Position(position)] += 1
    return [
        PillarCount(
            pillar=pillar,
            entitled=most,
            agree=found[pillar][Position.AGREE],
            abstain=found[pillar][Position.ABSTAIN],
            disagree=found[pillar][Position.DISAGREE],
            block=found[pillar][Position.BLOCK],
            rule=rule or VotingRule(),
        )
        for pillar, most in entitled.items()
    ]


def outcome(counts: Iterable[PillarCount]) -> Outcome:
    """What is decided if the vote closes with these positions. Without anybody entitled nothing is adopted."""
    with_a_say = [each for each in counts if each.entitled]
    for result, against in (
        (Result.BLOCKED, [each for each in with_a_say if each.block and each.rule.block_stops]),
        (Result.NO_QUORUM, [each for each in with_a_say if not each.has_quorum]),
        (Result.REJECTED, [each for each in with_a_say if not each.agrees]),
    ):
        if against:
            return Outcome(result, tuple(each.pillar for each in against))
    return Outcome(Result.ADOPTED if with_a_say else Result.NO_QUORUM)
