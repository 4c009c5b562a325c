"""Members held against the sanctions lists after every new edition, and the secretariat's word on who they are."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import transaction

from eprm.base.locks import hold
from eprm.members import rules
from eprm.members.models import Member, MemberScreening
from eprm.members.queries.applications import hits_of
from eprm.members.queries.membership import members_on
from eprm.members.queries.screening import names_of, newest_screenings, screening_of
from eprm.people.models import Person
from eprm.reference.actions.screening import judge
from eprm.reference.screening import Sanctions, sanctions


@transaction.atomic
def screen_members(on: date) -> int:
    """Hold every member of the day against the lists in force, where this was not done under its names; how many.

    A person's word is said again of the same parties, so that a new edition asks only about news.
    """
    lists = sanctions()
    if lists.screen is None:
        return 0
    hold("members.screening")
    members = list(members_on(on))
    before = {each.member_id: each for each in newest_screenings(members_on(on))}
    made = []
    for member, names in zip(members, names_of(members).values(), strict=True):
        last = before.get(member.pk)
        if last is None or (last.editions, last.names) != (lists.editions, "\n".join(names)):
            made.append(_held(member, names, lists))
    _say_again(made)
    MemberScreening.objects.bulk_create(made)
    return len(made)


def _held(member: Member, names: list[str], lists: Sanctions) -> MemberScreening:
    return MemberScreening(
        member=member,
        organisation_id=member.organisation_id,
        names="\n".join(names),
        editions=lists.editions,
        hits=hits_of(lists, names, member.organisation.country),
    )


def _say_again(made: list[MemberScreening]) -> None:
    judged: dict[int, dict[object, MemberScreening]] = defaultdict(dict)
    found = MemberScreening.objects.filter(member__in=[each.member_id for each in made if each.hits])
    for screening in found.exclude(judgement="").order_by("pk"):
        judged[screening.member_id][screening.parties] = screening
    for screening in made:
        if screening.hits and (earlier := judged[screening.member_id].get(screening.parties)):
            screening.say_again(earlier)


@transaction.atomic
def judge_member(*, member: Member, seen: int, judgement: str, reason: str, by: Person) -> MemberScreening:
    """Say whether the member is a listed party or somebody else, with the reason; `seen` is the screening shown."""
    rules.can_keep_members(by).require()
    Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    screening = screening_of(member)
    judge(screening, seen=seen, judgement=judgement, reason=reason, by=by)
    return screening
