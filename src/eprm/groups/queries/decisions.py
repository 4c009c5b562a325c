"""Proposals with their positions by pillar, and minutes."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import QuerySet

from eprm.groups.models import Attendance, Group, Minutes, PillarTally, Proposal, Stance, Thread
from eprm.groups.queries.groups import Reader, readable
from lode import voting
from lode.voting import PillarCount, VotingRule


def proposals_visible_to(person: Reader) -> QuerySet[Proposal]:
    return Proposal.objects.filter(readable(person)).select_related("group", "thread", "proposed_by")


def proposals_in(thread: Thread) -> list[Proposal]:
    """The thread's proposals, open ones first. For those who may read the thread."""
    found = Proposal.objects.filter(thread=thread).select_related("proposed_by").order_by("opened_at")
    return sorted(found, key=lambda proposal: proposal.closed_at is not None)


def decided_before(group: Group, most: int = 5) -> QuerySet[Proposal]:
    """The group's last closed proposals. For those who may read the group."""
    found = Proposal.objects.filter(group=group).exclude(closed_at=None).select_related("thread")
    return found.order_by("-closed_at")[:most]


def stances_on(proposal: Proposal) -> QuerySet[Stance]:
    return Stance.objects.filter(proposal=proposal).select_related("organisation", "person").order_by("taken_at")


def rule_of(proposal: Proposal) -> VotingRule:
    return VotingRule(quorum=Fraction(proposal.quorum, 100))


def counts_of(proposal: Proposal, group: Group) -> list[PillarCount]:
    """The positions by pillar: as they stand while it is open, as they were counted when it is closed."""
    if proposal.closed_at is not None:
        tallies = {tally.pillar: tally for tally in PillarTally.objects.filter(proposal=proposal)}
        return [
            PillarCount(
                pillar=pillar,
                entitled=tallies[pillar].entitled,
                agree=tallies[pillar].agree,
                abstain=tallies[pillar].abstain,
                disagree=tallies[pillar].disagree,
                block=tallies[pillar].block,
                rule=rule_of(proposal),
            )
            for pillar in group.entitled
            if pillar in tallies
        ]
    positions = Stance.objects.filter(proposal=proposal).values_list("pillar", "position")
    return voting.count(group.entitled, positions, rule_of(proposal))


def minutes_visible_to(person: Reader) -> QuerySet[Minutes]:
    return Minutes.objects.filter(readable(person)).select_related("group", "taken_by").order_by("-held_on", "-pk")


def attendance_of(minutes: Minutes) -> QuerySet[Attendance]:
    found = Attendance.objects.filter(minutes=minutes).select_related("person", "organisation")
    return found.order_by("pillar", "person__name")
