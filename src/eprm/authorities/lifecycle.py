"""The states of a file on an authority's desk: what each is called by the authority, and for the importer."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FILED, OPEN, CLOSED, REPLACED, WITHDRAWN = "filed", "open", "closed", "replaced", "withdrawn"


@dataclass(frozen=True, slots=True)
class State:
    """`label` is for the authority's own people, `partner_label` for the importer; `tone` is the look's."""

    tone: str
    label: str | Promise
    partner_label: str | Promise


STATES = {
    FILED: State("yellow", _("to take up"), _("filed")),
    OPEN: State("blue", _("being checked"), _("being looked at")),
    CLOSED: State("green", _("answered"), _("answered")),
    REPLACED: State("none", _("replaced by a correction"), _("replaced by your correction")),
    WITHDRAWN: State("none", _("withdrawn by the importer"), pgettext_lazy("case file", "withdrawn")),
}
POSSIBLE_IN = {
    "take": frozenset({FILED}),
    "close": frozenset({OPEN}),
    "withdraw": frozenset({FILED}),
    "correct": frozenset({FILED, OPEN}),
    "write": frozenset({FILED, OPEN}),
}


def state_of(*, withdrawn: bool, replaced: bool, case_state: str | None) -> str:
    """Where a file stands: what its importer did with it goes before what the authority does."""
    if withdrawn:
        return WITHDRAWN
    if replaced:
        return REPLACED
    return case_state or FILED


def is_possible(deed: str, state: str) -> bool:
    return state in POSSIBLE_IN[deed]
