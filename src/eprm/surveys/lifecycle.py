"""The states of a survey. A draft is released, is open between two days, is closed, and its results are shown. Pure.

Between release and closing the days decide, so nobody has to be awake to open a survey.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DRAFT, PLANNED, OPEN, CLOSED, SHOWN = "draft", "planned", "open", "closed", "shown"


@dataclass(frozen=True, slots=True)
class State:
    """What a state is called, and its tone."""

    tone: str
    label: str | Promise


STATES = {
    DRAFT: State("none", pgettext_lazy("survey", "draft")),
    PLANNED: State("blue", pgettext_lazy("survey", "opens later")),
    OPEN: State("green", pgettext_lazy("survey", "open")),
    CLOSED: State("yellow", pgettext_lazy("survey", "closed, results to come")),
    SHOWN: State("blue", pgettext_lazy("survey", "results are out")),
}


def state_on(
    day: date, *, released: bool, opens_on: date, closes_on: date, counted: bool = False, shown: bool = False
) -> str:
    """The state on a day. `closes_on` is the last day on which it is answered; counting closes it for good."""
    if not released:
        return DRAFT
    if shown:
        return SHOWN
    if counted or day > closes_on:
        return CLOSED
    return OPEN if day >= opens_on else PLANNED
