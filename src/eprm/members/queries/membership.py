"""Every read about membership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from eprm.members.models import Member, Notice, StateChange
from eprm.people.models import Person


@dataclass(frozen=True, slots=True)
class OnTheRoll:
    """What everybody may know of a member."""

    organisation_id: int
    pillar: str
    since: date


def members_visible_to(person: Person) -> QuerySet[Member]:
    """All memberships for the secretariat and the board; for others those of their own organisations."""
    found = Member.objects.select_related("organisation").order_by("organisation__name", "-since")
    if person.is_secretariat or person.board_seat is not None:
        return found
    return found.filter(organisation__in=person.organisation_ids())


def members_on(day: date) -> QuerySet[Member]:
    """The memberships that run on a day, in grace too, as far as whoever acts may see them."""
    return Member.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day).select_related("organisation")


def member_on(organisation_id: int, day: date) -> Member | None:
    """The organisation's membership on a day, or None."""
    return members_on(day).filter(organisation=organisation_id).order_by("-since").first()


def is_member(person: Person, day: date) -> bool:
    """Whether one of the person's organisations is a member on a day."""
    return members_on(day).filter(organisation__in=person.organisation_ids()).exists()


def roll_on(day: date) -> list[OnTheRoll]:
    """Who belongs to the partnership on a day. Public: a function of its own passes the isolation of the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id, pillar, since FROM eprm_members_on(%s) ORDER BY organisation_id", [day])
        return [OnTheRoll(*row) for row in cursor.fetchall()]


def changes_of(member: Member) -> QuerySet[StateChange]:
    """How the membership stood, the newest first."""
    return StateChange.objects.filter(member=member).select_related("made_by").order_by("-on", "-pk")


def state_on(member: Member, day: date) -> StateChange | None:
    """How the membership stood on a day; None before it began."""
    return StateChange.objects.filter(member=member, on__lte=day).order_by("-on", "-pk").first()


def notice_of(member: Member) -> Notice | None:
    """The member's letter that it leaves, where it gave one."""
    return Notice.objects.filter(member=member).first()
