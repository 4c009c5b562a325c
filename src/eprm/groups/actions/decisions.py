"""Proposals: put, spoken to by the organisations, closed by count."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.groups import markup, rules
from eprm.groups.actions.finding import index_work
from eprm.groups.actions.notices import tell
from eprm.groups.actions.standing import standing
from eprm.groups.models import Group, Notice, PillarTally, Proposal, Stance, Thread
from eprm.groups.models.notices import Kind
from eprm.groups.queries.decisions import counts_of
from eprm.groups.queries.groups import handles_of
from eprm.people.models import Person
from lode import voting
from lode.voting import Position

SHORTEST = timedelta(hours=1)
NEEDS_REASON = {Position.DISAGREE, Position.BLOCK}


def propose(thread: Thread, *, title: str, text: str, closes_at: datetime, by: Person, zone: str = "UTC") -> Proposal:
    """Put something to the decision of the group's organisations; all members are told."""
    group = thread.group
    rules.can_answer(thread, group, standing(by, group)).require()
    if closes_at < timezone.now() + SHORTEST:
        raise NotAllowed(_("A proposal stays open for an hour at least, so that people can answer it."))
    with transaction.atomic():
        proposal = Proposal.objects.create(
            group=group,
            thread=thread,
            title=title.strip(),
            text=text,
            html=markup.render(text, handles=handles_of(group), heading=3),
            markup=markup.EDITION,
            proposed_by=by,
            closes_at=closes_at,
            zone=zone,
            quorum=group.quorum,
        )
        tell(group, kind=Kind.DECISION, event=Notice.Event.PROPOSAL, by=by, thread=thread, proposal=proposal)
        index_work(proposal)
    return proposal


def take_position(proposal: Proposal, *, position: str, reason: str, by: Person) -> Stance:
    """Speak for one's organisation; a colleague's or one's own earlier word is replaced, and kept in the history."""
    with transaction.atomic():
        # The shared lock of a position and the closing: a position is in the count or refused, never between.
        proposal = Proposal.objects.select_for_update(of=("self",)).select_related("group").get(pk=proposal.pk)
        member = standing(by, proposal.group)
        rules.can_take_position(proposal, proposal.group, member, timezone.now()).require()
        if Position(position) in NEEDS_REASON and not reason.strip():
            raise NotAllowed(_("Say why, so that the others can answer it."))
        stance, _new = Stance.objects.update_or_create(
            proposal=proposal,
            organisation=member.organisation,
            defaults={
                "group": proposal.group,
                "pillar": member.pillar,
                "person": by,
                "position": position,
                "reason": reason.strip(),
                "taken_at": timezone.now(),
            },
        )
    return stance


def close_proposal(proposal: Proposal, *, by: Person) -> Proposal:
    """Close before its time, when every organisation has spoken."""
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(of=("self",)).select_related("group").get(pk=proposal.pk)
        open_voices = sum(count.open for count in counts_of(proposal, proposal.group))
        group = proposal.group
        rules.can_close(by, proposal, group, standing(by, group), open_voices).require()
        return _close(proposal, by)


def close_due(now: datetime) -> int:
    """Close every proposal whose time has come; answers how many. For the platform's own job."""
    closed = 0
    for pk in Proposal.objects.filter(closed_at=None, closes_at__lte=now).values_list("pk", flat=True):
        with transaction.atomic():
            found = Proposal.objects.select_for_update(of=("self",)).select_related("group")
            proposal = found.filter(pk=pk, closed_at=None).first()
            if proposal is not None:
                _close(proposal, None)
                closed += 1
    return closed


def _close(proposal: Proposal, by: Person | None) -> Proposal:
    """Count, and write down what was counted: later comings and goings change nothing."""
    group = Group.objects.get(pk=proposal.group_id)
    counts = counts_of(proposal, group)
    decided = voting.outcome(counts)
    PillarTally.objects.bulk_create(
        PillarTally(
            group=group,
            proposal=proposal,
            pillar=each.pillar,
            entitled=each.entitled,
            agree=each.agree,
            abstain=each.abstain,
            disagree=each.disagree,
            block=each.block,
        )
        for each in counts
    )
    proposal.closed_at, proposal.closed_by = timezone.now(), by
    proposal.result, proposal.against = decided.result.value, list(decided.pillars)
    proposal.save(update_fields=["closed_at", "closed_by", "result", "against"])
    tell(group, kind=Kind.DECISION, event=Notice.Event.OUTCOME, by=by, thread_id=proposal.thread_id, proposal=proposal)
    return proposal


def state_outcome(proposal: Proposal, *, outcome: str, by: Person) -> None:
    """Say what follows from a closed proposal, and why."""
    group = proposal.group
    rules.can_state_outcome(by, proposal, group, standing(by, group)).require()
    proposal.outcome = outcome.strip()
    with transaction.atomic():
        proposal.save(update_fields=["outcome"])
        index_work(proposal)
