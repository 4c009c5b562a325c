"""From stored answers to shares, by the edition's own rules: what `lode.progress` needs, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eprm.returns.models import Answer, Edition, Question
from lode import oecd
from lode.progress import Level, Scale, StepShare, Weighed, level_on, step_share, total_share


@dataclass(frozen=True, slots=True)
class Score:
    """The five steps and the total of one version, as they count on the day it was sent, or today for a draft."""

    steps: tuple[StepShare, ...]
    total: Fraction | None

    @property
    def by_step(self) -> dict[str, StepShare]:
        return {step.step: step for step in self.steps}


def scale_of(edition: Edition) -> Scale:
    """The edition's rules as lode takes them."""
    return Scale(
        points={
            Level.NOT_STARTED: 0,
            Level.PLANNED: edition.points_planned,
            Level.IN_PLACE: edition.points_in_place,
            Level.DOCUMENTED: edition.points_documented,
            Level.REVIEWED: 100,
        },
        least_answered=edition.least_answered,
        most_not_applicable=edition.most_not_applicable,
        step_weights={step.key: getattr(edition, f"weight_{step.key}") for step in oecd.steps()},
    )


def score_of(
    edition: Edition, asked: Iterable[Question], answers: Mapping[int, Answer], *, is_short: bool, on: date
) -> Score:
    """The shares of one version. On the short form an optional question counts only once it is answered."""
    scale = scale_of(edition)
    counted = [
        Weighed(question.step, question.weight, _level(answers.get(question.pk), on))
        for question in asked
        if question.kind == Question.Kind.SCALE
        and (question.short_form or not is_short or is_answered(answers.get(question.pk)))
    ]
    steps = tuple(step_share(step.key, counted, scale) for step in oecd.steps())
    return Score(steps, total_share(steps, scale))


def _level(answer: Answer | None, on: date) -> Level | None:
    if answer is None or not answer.level:
        return None
    return level_on(Level(answer.level), answer.reviewed_on, on)


def is_answered(answer: Answer | None) -> bool:
    """Whether there is an answer at all, of whatever kind."""
    return answer is not None and bool(answer.level or answer.text or answer.number is not None)
