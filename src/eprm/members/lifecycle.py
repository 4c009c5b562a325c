"""The states of a membership, as a table: what each is called and what leads out of it. Pure.

active <-> grace -> lapsed; active or grace -> exited. Whoever comes back begins a new membership; the old one stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIVE, GRACE, LAPSED, EXITED = "active", "grace", "lapsed", "exited"


@dataclass(frozen=True, slots=True)
class State:
    """`label` is for the secretariat and the board, `member_label` for the member; `tone` is the look's."""

    tone: str
    label: str | Promise
    member_label: str | Promise


STATES = {
    ACTIVE: State("green", _("active"), _("active")),
    GRACE: State("yellow", _("in grace"), _("in grace: something is owed")),
    LAPSED: State("red", _("lapsed"), _("ended, because something stayed owed")),
    EXITED: State("none", _("left"), _("ended by your letter")),
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
