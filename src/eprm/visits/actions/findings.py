"""Findings, and who does what about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.groups.actions.work import change_task, finish_task, give_task
from eprm.groups.models import GroupMember
from eprm.people.models import Organisation, Person
from eprm.ui import words
from eprm.visits import letters, rules
from eprm.visits.actions.sending import SavedMeanwhile, once
from eprm.visits.models import FindingSource, FollowUp, Observation, Visit, VisitFinding
from eprm.visits.queries import findings as finding_queries
from eprm.visits.queries import visits as queries

Kind = VisitFinding.Kind


def conclude(
    *,
    visit: Visit,
    nonce: UUID,
    kind: str,
    title: str,
    by: Person,
    severity: str = "",
    text: str = "",
    sources: Iterable[Observation] = (),
) -> VisitFinding:
    """A finding and the observations it rests on. A concern has a severity, nothing else has one."""
    rules.can_observe(queries.place_now(by, visit)).require()
    if (kind == Kind.CONCERN) != bool(severity):
        raise NotAllowed(_("Say how severe a concern is; other findings have no severity."))

    def make() -> VisitFinding:
        finding = VisitFinding.objects.create(
            visit=visit, nonce=nonce, kind=kind, severity=severity, title=title.strip(), text=text.strip(), by=by
        )
        _rest(finding, sources)
        return finding

    return once(VisitFinding.objects.filter(nonce=nonce, by=by), make)


def _rest(finding: VisitFinding, sources: Iterable[Observation]) -> None:
    """Let the finding rest on exactly these observations, as far as they are of its visit."""
    FindingSource.objects.filter(finding=finding).delete()
    rests_on = Observation.objects.filter(visit=finding.visit_id, pk__in=[source.pk for source in sources])
    FindingSource.objects.bulk_create(
        FindingSource(visit_id=finding.visit_id, finding=finding, observation=observation) for observation in rests_on
    )


@transaction.atomic
def change_finding(
    *,
    finding: VisitFinding,
    version: int,
    kind: str,
    title: str,
    by: Person,
    severity: str = "",
    text: str = "",
    sources: Iterable[Observation] = (),
) -> VisitFinding:
    """Correct a finding; what it said before stays in the history. SavedMeanwhile where another was quicker."""
    rules.can_edit(queries.place_now(by, finding.visit), finding.by).require()
    if (kind == Kind.CONCERN) != bool(severity):
        raise NotAllowed(_("Say how severe a concern is; other findings have no severity."))
    held = VisitFinding.objects.select_for_update(of=("self",)).select_related("by").get(pk=finding.pk)
    if held.version != version:
        raise SavedMeanwhile(held.by, f"{held.title}\n\n{held.text}", held.version)
    held.kind, held.severity, held.title, held.text = kind, severity, title.strip(), text.strip()
    held.version += 1
    held.save()
    _rest(held, sources)
    return held


def follow_up(
    *,
    finding: VisitFinding,
    nonce: UUID,
    title: str,
    due_on: date,
    by: Person,
    owner: Person | None = None,
    organisation: Organisation | None = None,
) -> FollowUp:
    """Say who does what by when. A member of the visit's group gets it as the group's task, too."""
    visit = finding.visit
    rules.can_follow_up(queries.place_now(by, visit)).require()
    if owner is None and organisation is None:
        raise NotAllowed(_("Say who does it: a person, an organisation, or both."))

    def make() -> FollowUp:
        made = FollowUp.objects.create(
            visit=visit,
            finding=finding,
            nonce=nonce,
            title=title.strip(),
            origin=_origin(visit),
            owner=owner,
            organisation=organisation,
            due_on=due_on,
            task=_task(visit, title, due_on, owner, by),
            made_by=by,
        )
        if owner is not None and made.task_id is None and owner.pk != by.pk:
            letters.tell_follow_up(owner)
        return made

    return once(FollowUp.objects.filter(nonce=nonce, made_by=by), make)


def _origin(visit: Visit) -> str:
    """Country and month: who has to do it need not know more of a visit they did not see."""
    return f"{words.country(visit.country)}, {visit.starts_on:%Y-%m}"


def _task(visit: Visit, title: str, due_on: date, owner: Person | None, by: Person) -> object:
    """The group's task, where both whoever gives it and whoever does it are members of a group that goes on."""
    mine = queries.member_for(by, visit.group)
    if owner is None or mine is None or not mine.is_member or visit.group.ended_at is not None:
        return None
    member = GroupMember.objects.filter(group=visit.group, person=owner, state=GroupMember.State.MEMBER)
    return give_task(visit.group, title=title, owner=owner, due_on=due_on, by=by) if member.exists() else None


@transaction.atomic
def change_follow_up(
    *,
    follow_up: FollowUp,
    version: int,
    title: str,
    due_on: date,
    by: Person,
    owner: Person | None = None,
    organisation: Organisation | None = None,
) -> FollowUp:
    """Another day, another owner, who is told. Overtaken where somebody else changed it meanwhile."""
    place = queries.place_now(by, follow_up.visit)
    rules.can_edit_follow_up(place, follow_up).require()
    if owner is None and organisation is None:
        raise NotAllowed(_("Say who does it: a person, an organisation, or both."))
    held = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    rules.can_edit_follow_up(place, held).require()
    if held.version != version:
        raise Overtaken(_("“%(title)s” was changed meanwhile. Look at it again first.") % {"title": held.title})
    if held.task_id is not None:
        _change_task(held, title=title, owner=owner, due_on=due_on, by=by)
    elif owner is not None and owner.pk not in (held.owner_id, by.pk):
        letters.tell_follow_up(owner)
    held.title, held.due_on, held.owner, held.organisation = title.strip(), due_on, owner, organisation
    held.version += 1
    held.save()
    return held


def _change_task(follow_up: FollowUp, *, title: str, owner: Person | None, due_on: date, by: Person) -> None:
    """The group's task goes with it, by the group's own rules; whoever it is handed to hears of it from the group."""
    task = finding_queries.task_of(follow_up, by)
    if task is None:
        raise NotAllowed(_("This is a task of the visit’s group, whose members change it."))
    if owner is None:
        raise NotAllowed(_("This is a task of %(group)s: say which of its members does it.") % {"group": task.group})
    change_task(task, title=title, owner=owner, due_on=due_on, by=by)


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, done: bool, by: Person) -> FollowUp:
    """Mark as done, or as open again. The group's task goes with it, so where there is one its rule holds as well."""
    visit = queries.visits_visible_to(by).filter(pk=follow_up.visit_id).first()
    rules.can_finish(by, follow_up, queries.place_now(by, visit) if visit else None).require()
    held = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if (held.done_at is not None) == done:
        return held
    if held.task_id is not None:
        task = finding_queries.task_of(held, by)
        if task is None:
            raise NotAllowed(_("This is a task of the visit’s group, whose members mark it as done."))
        finish_task(task, done=done, by=by)
        held.refresh_from_db()
        return held
    held.done_at = timezone.now() if done else None
    held.save(update_fields=["done_at"])
    return held
