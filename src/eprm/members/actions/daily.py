"""What passes by itself with the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eprm.members.actions.duties import meet_standing, open_called, open_yearly, send_reminders
from eprm.members.actions.membership import end_given_notice, move_grace
from eprm.members.models import DutyRule, Member, Text
from eprm.members.queries import dated
from eprm.members.queries.duties import unsigned_on
from eprm.members.queries.membership import members_on


@dataclass(frozen=True, slots=True)
class Passed:
    """How many of each happened."""

    ended: int
    opened: int
    moved: int
    reminded: int


def pass_day(on: date) -> Passed:
    """Everything that is due by this day, however many days nobody asked; run twice it does nothing more."""
    ended = end_given_notice(on)
    members = list(members_on(on))
    opened = open_yearly(members, on) + _open_memorandum(members, on)
    meet_standing(on)
    return Passed(ended=ended, opened=opened, moved=move_grace(on), reminded=send_reminders(on))


def _open_memorandum(members: list[Member], on: date) -> int:
    """A new edition of the Memorandum is to be signed by every member that has not."""
    text = dated.text_on(Text.Kind.MOU, on)
    if text is None:
        return 0
    waiting = unsigned_on(members, text)
    for member in waiting:
        open_called(member, DutyRule.Key.MOU, period=text.pk, due_on=None, on=on)
    return len(waiting)
