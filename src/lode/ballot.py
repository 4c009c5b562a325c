"""A ballot of the board: a quorum in all and in each pillar, equal weight for pillars, a majority in several of them.

However many seats a pillar has, together they weigh as much as another pillar's, and no pillar carries a decision
alone. Abstentions count for the quorum and not for the result; who declares a conflict of interest counts for neither.
The fractions are exact: a third of three seats is one seat.
A working group seeks consent instead, in every pillar (`lode.voting`).
Source: equal power between the pillars is a theme of the partnership's evaluation; the rule's numbers are dated rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Choice = Literal["yes", "no", "abstain"]
Outcome = Literal["carried", "lost", "tied", "no_quorum"]


def fraction_of(text: str) -> Fraction:
    """ "2/3" as the exact share. ValueError, or ZeroDivisionError, for what is none."""
    return Fraction(text.replace(" ", ""))


@dataclass(frozen=True, slots=True)
class BallotRule:
    """What a decision needs.

    `quorum` of all seats and `pillar_quorum` of each pillar's take part; more than `majority` of the weight cast is for
    it (`or_equal`: at least that much), in at least `pillars` pillars more are for it than against; no pillar stands
    against it with `block` of its votes or more (None: no pillar can block). From the `open_call`-th call on the quorum
    is only that `pillars` pillars take part (None: never).
    """

    quorum: Fraction
    pillar_quorum: Fraction
    majority: Fraction = Fraction(1, 2)
    or_equal: bool = False
    pillars: int = 2
    block: Fraction | None = None
    open_call: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: its pillar, what it says (None: nothing yet), and whether it stands aside for a conflict."""

    pillar: str
    choice: Choice | None = None
    has_conflict: bool = False


@dataclass(frozen=True, slots=True)
class PillarCount:
    """A pillar's seats that may vote, and what they say. `needed` is how many of them the quorum asks for."""

    seats: int
    yes: int = 0
    no: int = 0
    abstain: int = 0
    conflicts: int = 0
    needed: int = 0

    @property
    def present(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def quorate(self) -> bool:
        return self.present >= self.needed


@dataclass(frozen=True, slots=True)
class Tally:
    """The count and what it means. `weight_for` is the share of the weight cast that is for it."""

    outcome: Outcome
    pillars: dict[str, PillarCount]
    present: int
    needed: int
    weight_for: Fraction = Fraction(0)
    pillars_for: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = field(default=())

    @property
    def quorate(self) -> bool:
        return self.outcome != "no_quorum"


def count(seats: Sequence[Seat], rule: BallotRule, pillars: Iterable[str], *, call: int = 1) -> Tally:
    """Count the seats. `pillars` names every pillar the rule weighs, also one without a seat."""
    counts = {pillar: _pillar([seat for seat in seats if seat.pillar == pillar], rule) for pillar in pillars}
    present, able = sum(one.present for one in counts.values()), sum(one.seats for one in counts.values())
    needed = _at_least(rule.quorum, able)
    if rule.open_call is not None and call >= rule.open_call:
        taking_part = sum(1 for one in counts.values() if one.present)
        quorate = taking_part >= rule.pillars
    else:
        quorate = present >= needed and present > 0 and all(one.quorate for one in counts.values())
    if not quorate:
        return Tally("no_quorum", counts, present, needed)
    return _result(counts, rule, present, needed)


def _pillar(seats: Sequence[Seat], rule: BallotRule) -> PillarCount:
    able = [seat for seat in seats if not seat.has_conflict]
    said = [seat.choice for seat in able]
    return PillarCount(
        seats=len(able),
        yes=said.count("yes"),
        no=said.count("no"),
        abstain=said.count("abstain"),
        conflicts=len(seats) - len(able),
        needed=_at_least(rule.pillar_quorum, len(able)),
    )


def _at_least(share: Fraction, of: int) -> int:
    """The fewest seats that are this share of them."""
    return -(-share.numerator * of // share.denominator)


def _result(counts: dict[str, PillarCount], rule: BallotRule, present: int, needed: int) -> Tally:
    deciding = {name: one for name, one in counts.items() if one.yes + one.no}
    weights = [Fraction(one.yes, one.yes + one.no) for one in deciding.values()]
    weight = sum(weights, Fraction(0)) / len(weights) if weights else Fraction(0)
    in_favour = tuple(name for name, one in deciding.items() if one.yes > one.no)
    blocking = tuple(
        name
        for name, one in deciding.items()
        if rule.block is not None and Fraction(one.no, one.yes + one.no) >= rule.block
    )
    enough = weight >= rule.majority if rule.or_equal else weight > rule.majority
    if enough and len(in_favour) >= rule.pillars and not blocking:
        outcome: Outcome = "carried"
    else:
        outcome = "tied" if weight == rule.majority == Fraction(1, 2) and not blocking else "lost"
    return Tally(outcome, counts, present, needed, weight, in_favour, blocking)
