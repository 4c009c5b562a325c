"""Opening a year's returns for all members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from eprm.base import locks
from eprm.members.models import FeeClass, Member
from eprm.members.queries import members_on
from eprm.people.models import Organisation, Person
from eprm.returns import rules
from eprm.returns.actions.reminders import remind
from eprm.returns.models import Edition, Reminder, Return
from eprm.returns.queries.editions import edition_in_force
from eprm.returns.queries.returns import organisations_with_return

SMALL = frozenset({Organisation.Tier.MINE, Organisation.Tier.COOPERATIVE})


@transaction.atomic
def open_year(*, year: int, on: date, by: Person | None) -> list[Return]:
    """Open the year's return of every member of the day that has none yet; safe to run again.

    Who joined only after the year owes nothing about it: its first return is about the year it joined in.

    The platform's own job acts without a person.
    """
    locks.hold(f"returns {year}")
    edition = edition_in_force(year)
    (rules.can_open_year(by, edition, year, on) if by else rules.year_can_open(edition, year, on)).require()
    assert edition is not None
    known = organisations_with_return(year)
    members = members_on(on).filter(since__lte=date(year, 12, 31))
    return _opened(edition, [member for member in members if member.organisation_id not in known])


def _opened(edition: Edition, members: Iterable[Member]) -> list[Return]:
    opened = []
    for member in members:
        organisation = member.organisation
        this = Return.objects.create(
            organisation=organisation,
            edition=edition,
            year=edition.year,
            pillar=member.pillar,
            tier=organisation.tier,
            is_short=member.fee_class == FeeClass.BASIC or organisation.tier in SMALL,
            due_on=edition.due_on,
        )
        remind(this, Reminder.Kind.OPENED)
        opened.append(this)
    return opened


def open_due_year(*, on: date) -> list[Return]:
    """Open last year's returns once an edition is in force and its day has come; new members get theirs."""
    year = on.year - 1
    if not rules.year_can_open(edition_in_force(year), year, on):
        return []
    return open_year(year=year, on=on, by=None)
