"""How the members stand against the sanctions lists. The secretariat's alone: owners' names are in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from eprm.members.models import Answer, Application, Member, MemberScreening
from eprm.members.queries.applications import OWNERS, names_in
from eprm.members.queries.membership import members_on
from eprm.people.models import Person


def names_of(members: Sequence[Member]) -> dict[int, list[str]]:
    """By member the organisation, then whom its newest application named as owner, board or management. Two queries."""
    filed = Application.objects.filter(organisation__in=[member.organisation_id for member in members])
    newest = dict(filed.order_by("pk").values_list("organisation", "pk"))  # the last of each stays
    told = Answer.objects.filter(application__in=list(newest.values()), question__key=OWNERS)
    owners = dict(told.values_list("application", "value"))
    return {
        member.pk: names_in(member.organisation, owners.get(newest.get(member.organisation_id, 0), ""))
        for member in members
    }


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
