"""The states of an upload, as a table: what each is called, by us and for the supplier, and what is possible in it.

received -> checked -> decided -> accepted is the way; unreadable, returned and superseded leave it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECEIVED, UNREADABLE, CHECKED, DECIDED = "received", "unreadable", "checked", "decided"
RETURNED, ACCEPTED, SUPERSEDED = "returned", "accepted", "superseded"


@dataclass(frozen=True, slots=True)
class State:
    """`label` is for the organisation's own people, `partner_label` for the supplier; `tone` is the look's."""

    tone: str
    label: str | Promise
    partner_label: str | Promise


STATES = {
    RECEIVED: State("none", _("being checked"), _("received")),
    UNREADABLE: State("red", _("cannot be read"), _("cannot be read, send it again")),
    CHECKED: State("yellow", _("to decide"), _("received")),
    DECIDED: State("blue", _("all names decided"), _("received")),
    RETURNED: State("violet", _("sent back"), _("to be corrected")),
    ACCEPTED: State("green", _("accepted"), _("accepted")),
    SUPERSEDED: State("none", _("replaced by a newer file"), _("replaced by a newer file")),
}
# Still on the way: checking again may change them, a new register or list asks for it.
OPEN = frozenset({RECEIVED, UNREADABLE, CHECKED, DECIDED, RETURNED})
POSSIBLE_IN = {
    "check": OPEN,
    "decide": frozenset({CHECKED, DECIDED, RETURNED}),
    "accept": frozenset({DECIDED, RETURNED}),
    "return": frozenset({UNREADABLE, CHECKED, DECIDED}),
    "replace": OPEN | {ACCEPTED},
    "assign": OPEN,
}


def is_possible(deed: str, state: str) -> bool:
    return state in POSSIBLE_IN[deed]


def state_after_check(before: str, *, readable: bool, open_count: int) -> str:
    """Where an upload stands once its file was checked. One sent back stays so until the supplier has answered."""
    if before == RETURNED:
        return RETURNED
    if not readable:
        return UNREADABLE
    return state_after_decision(CHECKED, open_count=open_count)


def state_after_decision(before: str, *, open_count: int) -> str:
    """Where an upload stands with so many names still open."""
    if before == RETURNED:
        return RETURNED
    return CHECKED if open_count else DECIDED
