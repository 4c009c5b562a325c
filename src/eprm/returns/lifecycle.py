"""The states of a yearly return, as a table: what each is called, for us and for the member, and what may be done.

open -> submitted -> closed is the way; a return sent back comes again as a new version, and so does a correction. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPEN, SUBMITTED, SENT_BACK, CORRECTING, CLOSED = "open", "submitted", "sent_back", "correcting", "closed"


@dataclass(frozen=True, slots=True)
class State:
    """`label` is for the secretariat and the board, `member_label` for the member; `tone` is the look's."""

    tone: str
    label: str | Promise
    member_label: str | Promise


STATES = {
    OPEN: State("none", _("with the member"), _("to be answered")),
    SUBMITTED: State("blue", _("to read"), _("sent, being read")),
    SENT_BACK: State("yellow", _("sent back with questions"), _("to be improved")),
    CORRECTING: State("violet", _("being corrected by the member"), _("being corrected")),
    CLOSED: State("green", _("closed"), _("closed")),
}
POSSIBLE_IN = {
    "answer": frozenset({OPEN, SENT_BACK, CORRECTING}),
    "submit": frozenset({OPEN, SENT_BACK, CORRECTING}),
    "correct": frozenset({SUBMITTED, CLOSED}),
    "comment": frozenset({SUBMITTED, CLOSED}),
    "send_back": frozenset({SUBMITTED}),
    "close": frozenset({SUBMITTED}),
}
# The member has done its part: what happens next is the secretariat's.
WITH_SECRETARIAT = frozenset({SUBMITTED, CLOSED})


def is_possible(deed: str, state: str) -> bool:
    return state in POSSIBLE_IN[deed]
