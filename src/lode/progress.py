"""How far an organisation's due diligence is: answers to weighted questions become a share per step and in total.

An answer says how far a practice is. Nothing is guessed: a question without an answer is left out of the share and
counted apart; a question that does not apply is left out too, and where most of a step does not apply the step has no
share at all. So a share is always one of what was answered, shown beside how much of the step that was.

Source: the partnership's own design for its members' yearly return; weights and limits come with the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Level(StrEnum):
    """How far a practice is, by the organisation's own account."""

    NOT_STARTED = "not_started"
    PLANNED = "planned"
    IN_PLACE = "in_place"
    DOCUMENTED = "documented"
    REVIEWED = "reviewed"
    NOT_APPLICABLE = "not_applicable"


# From nothing to everything; "not applicable" is no point on this line.
LADDER = (Level.NOT_STARTED, Level.PLANNED, Level.IN_PLACE, Level.DOCUMENTED, Level.REVIEWED)


class Gap(StrEnum):
    """Why a step has no share."""

    NOTHING_ASKED = "nothing_asked"
    TOO_FEW_ANSWERS = "too_few_answers"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The rules an edition scores by. `points` are per cent for each level of the ladder.

    `least_answered`: at least this per cent of the weight that applies must be answered. `most_not_applicable`: if more
    of a step's weight than this per cent does not apply, the step has no share. `step_weights` weigh the total.
    """

    points: Mapping[Level, int]
    least_answered: int
    most_not_applicable: int
    step_weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One question of a step: its weight, and the answer, or None where nobody has answered."""

    step: str
    weight: int
    level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShare:
    """`share` is a fraction from 0 to 1, or None with the reason in `gap`. The counts are of questions.

    `open_points` is the weight that answered questions still leave to gain; unanswered ones are in `unanswered` alone.
    """

    step: str
    share: Fraction | None
    gap: Gap | None
    asked: int
    answered: int
    not_applicable: int

    @property
    def unanswered(self) -> int:
        return self.asked - self.answered - self.not_applicable


def level_on(level: Level, reviewed_on: date | None, on: date) -> Level:
    """The level as it counts on a day: a review older than twelve months, or of no known day, counts as none."""
    if level is not Level.REVIEWED:
        return level
    if reviewed_on is None or reviewed_on > on:
        return Level.DOCUMENTED
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    return level if reviewed_on >= date(on.year - 1, on.month, day) else Level.DOCUMENTED


def step_share(step: str, questions: Iterable[Weighed], scale: Scale) -> StepShare:
    """The share of one step: points times weight over the weight of what was answered and applies."""
    asked = [question for question in questions if question.step == step and question.weight > 0]
    outside = [question for question in asked if question.level is Level.NOT_APPLICABLE]
    scored = [q for q in asked if q.level is not None and q.level is not Level.NOT_APPLICABLE]
    whole, apart, answered = (sum(q.weight for q in part) for part in (asked, outside, scored))
    gap = _gap(whole, apart, answered, scale)
    gained = sum(scale.points[q.level] * q.weight for q in scored if q.level is not None)
    return StepShare(
        step=step,
        share=Fraction(gained, 100 * answered) if gap is None else None,
        gap=gap,
        asked=len(asked),
        answered=len(scored),
        not_applicable=len(outside),
    )


def _gap(whole: int, apart: int, answered: int, scale: Scale) -> Gap | None:
    if whole == 0:
        return Gap.NOTHING_ASKED
    if apart * 100 > whole * scale.most_not_applicable:
        return Gap.NOT_APPLICABLE
    if answered == 0 or answered * 100 < (whole - apart) * scale.least_answered:
        return Gap.TOO_FEW_ANSWERS
    return None


def total_share(steps: Sequence[StepShare], scale: Scale) -> Fraction | None:
    """The steps' shares weighed; None while a step that is asked and applies has too few answers, or none has a share.

    Steps that do not apply, or are not asked of this role, are left out and the other weights count for the whole.
    """
    if any(step.gap is Gap.TOO_FEW_ANSWERS for step in steps):
        return None
    told = [(scale.step_weights[step.step], step.share) for step in steps if step.share is not None]
    weight = sum(each for each, _share in told)
    return sum((each * share for each, share in told), Fraction(0)) / weight if weight else None


def percent(share: Fraction) -> int:
    """A share in whole per cent, half up."""
    return int(share * 100 + Fraction(1, 2))


class Change(StrEnum):
    """What about an answer, beside last year's, a careful reader asks one sentence about."""

    FELL = "fell"
    LEAPT = "leapt"
    MOVED = "moved"
    VANISHED = "vanished"
    SCOPE = "scope"


MOVED_SHARE, MOVED_LEAST, SCOPE_SHARE = Fraction(30, 100), 5, Fraction(20, 100)


def level_change(last: Level | None, this: Level | None) -> Change | None:
    """A fall of one level or more, or a rise of two or more, asks why."""
    if last not in LADDER or this not in LADDER:
        return None
    climbed = LADDER.index(this) - LADDER.index(last)
    if climbed < 0:
        return Change.FELL
    return Change.LEAPT if climbed >= 2 else None


def number_change(last: Fraction, this: Fraction) -> Change | None:
    """A zero after something asks whether it is a true zero; a change above 30 % and above 5 units asks why."""
    if last > 0 and this == 0:
        return Change.VANISHED
    moved = abs(this - last)
    return Change.MOVED if last > 0 and moved > MOVED_LEAST and moved > last * MOVED_SHARE else None


def whole_change(last: Fraction, this: Fraction) -> Change | None:
    """The whole of a part moving by more than 20 % asks whether the scope changed."""
    return Change.SCOPE if last > 0 and abs(this - last) > last * SCOPE_SHARE else None
