"""How the members stand against the sanctions lists. The secretariat's alone: owners' names are in it."""

from __future__ import annotations

from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from eprm.members.models import Application, Member, MemberScreening
from eprm.members.queries.applications import names_to_screen
from eprm.members.queries.membership import members_on
from eprm.people.models import Person


def names_of(member: Member) -> list[str]:
    """The organisation, then whoever its newest application named as owner, board or management."""
    application = Application.objects.filter(organisation=member.organisation_id).order_by("-pk").first()
    return names_to_screen(application) if application else [member.organisation.name]


def screening_of(member: Member) -> MemberScreening | None:
    """The newest screening of the member, as far as whoever acts may see it."""
    return MemberScreening.objects.select_related("judged_by", "member").filter(member=member).first()


def newest_screenings(members: QuerySet[Member]) -> QuerySet[MemberScreening]:
    """The newest screening of each of these members."""
    newest = MemberScreening.objects.filter(member=OuterRef("member")).order_by("-pk")
    return MemberScreening.objects.filter(member__in=members, pk=Subquery(newest.values("pk")[:1]))


def alike(members: QuerySet[Member]) -> QuerySet[Member]:
    """Those of them that could be a listed party, and nobody has said who they are."""
    waiting = newest_screenings(members).exclude(hits=[]).filter(judgement="")
    return members.filter(pk__in=waiting.values(member_pk=F("member")))


def alike_for(person: Person, day: date) -> tuple[QuerySet[Member], ...]:
    """What waits for the secretariat's word, where the person works for it."""
    return (alike(members_on(day)),) if person.is_secretariat else ()
