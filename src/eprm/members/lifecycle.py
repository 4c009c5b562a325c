"""The states of a membership and of an application, as tables: what each is called, what leads out of it. Pure.

Membership: active <-> grace -> lapsed; active or grace -> exited. Whoever comes back begins a new one; the old stays.
Application: draft -> submitted <-> returned -> complete -> voting -> admitted -> signed -> joined; refused, withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIVE, GRACE, LAPSED, EXITED = "active", "grace", "lapsed", "exited"


@dataclass(frozen=True, slots=True)
class State:
    """`label` is for the secretariat and the board, `member_label` for the organisation; `tone` is the look's."""

    tone: str
    label: str | Promise
    member_label: str | Promise


STATES = {
    ACTIVE: State("green", pgettext_lazy("membership", "active"), pgettext_lazy("membership", "active")),
    GRACE: State("yellow", _("in grace"), _("in grace: something is owed")),
    LAPSED: State("red", _("lapsed"), _("ended, because something stayed owed")),
    EXITED: State("none", pgettext_lazy("membership", "left"), _("ended by your letter")),
}
# A member has its rights; somebody in grace still has some of them.
CURRENT = frozenset({ACTIVE, GRACE})
LEADS_TO = {
    ACTIVE: frozenset({GRACE, EXITED}),
    GRACE: frozenset({ACTIVE, LAPSED, EXITED}),
    LAPSED: frozenset(),
    EXITED: frozenset(),
}


def leads_to(before: str, after: str) -> bool:
    return after in LEADS_TO[before]


# The states of an application.
DRAFT, SUBMITTED, RETURNED, COMPLETE = "draft", "submitted", "returned", "complete"
VOTING, ADMITTED, SIGNED, JOINED = "voting", "admitted", "signed", "joined"
REFUSED, WITHDRAWN = "refused", "withdrawn"

APPLICATION_STATES = {
    DRAFT: State("none", _("being written"), _("being written")),
    SUBMITTED: State("yellow", _("to check"), _("sent; the secretariat checks it")),
    RETURNED: State("violet", _("sent back"), _("sent back to you: see the comments")),
    COMPLETE: State("blue", _("complete, to be voted on"), _("complete; the board will vote")),
    VOTING: State("blue", _("the board votes"), _("the board votes")),
    ADMITTED: State("green", _("voted in, to be signed"), _("voted in: sign the Memorandum of Understanding")),
    SIGNED: State("yellow", _("signed, to be countersigned"), _("signed; the secretariat countersigns")),
    JOINED: State("green", _("member"), _("member")),
    REFUSED: State("red", _("refused"), _("refused")),
    WITHDRAWN: State("none", _("withdrawn"), _("withdrawn")),
}
OPEN = frozenset({DRAFT, SUBMITTED, RETURNED, COMPLETE, VOTING, ADMITTED, SIGNED})
POSSIBLE_IN = {
    "edit": frozenset({DRAFT, RETURNED}),
    "withdraw": frozenset({DRAFT, SUBMITTED, RETURNED, COMPLETE, ADMITTED}),
    "comment": frozenset({SUBMITTED}),
    "return": frozenset({SUBMITTED}),
    "screen": frozenset({SUBMITTED, COMPLETE}),
    "complete": frozenset({SUBMITTED}),
    "open_ballot": frozenset({COMPLETE}),
    "close_ballot": frozenset({VOTING}),
    "sign": frozenset({ADMITTED}),
    "countersign": frozenset({SIGNED}),
}


def is_possible(deed: str, state: str) -> bool:
    return state in POSSIBLE_IN[deed]
