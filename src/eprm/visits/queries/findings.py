"""Findings of visits, and what follows from them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from eprm.groups.models import Task
from eprm.groups.queries.groups import members_of
from eprm.groups.queries.work import tasks_visible_to
from eprm.people.models import Organisation, Person
from eprm.visits.models import Delegate, FollowUp, Visit, VisitFinding
from eprm.visits.queries.visits import Reader, visits_visible_to


def findings_of(visit: Visit) -> QuerySet[VisitFinding]:
    found = VisitFinding.objects.filter(visit=visit).select_related("by")
    return found.prefetch_related(
        "sources__observation__theme", "follow_ups__owner", "follow_ups__organisation"
    ).order_by("made_at", "pk")


def follow_ups_visible_to(person: Reader) -> QuerySet[FollowUp]:
    """Those of the visits one sees, one's own, and those of one's organisations: open ones first, the soonest due."""
    if not person.is_authenticated:
        return FollowUp.objects.none()
    mine = Q(owner=person) | Q(organisation__in=person.organisation_ids())
    found = FollowUp.objects.filter(mine | Q(visit__in=visits_visible_to(person).values("pk")))
    return found.select_related("owner", "organisation").order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")


def overdue(found: QuerySet[FollowUp], on: date) -> QuerySet[FollowUp]:
    return found.filter(done_at=None, due_on__lt=on)


def due_for(person: Person) -> QuerySet[FollowUp]:
    """The open follow-ups that are the person's own to do; those that are a group's task wait there."""
    return FollowUp.objects.filter(owner=person, done_at=None, task=None)


def owners_for(person: Person, visit: Visit) -> QuerySet[Person]:
    """Who can be asked: the delegation, whoever leads, and the group's members as far as the person sees them."""
    goes = Delegate.objects.filter(visit=visit, state=Delegate.State.ACCEPTED).values("person_id")
    known = Q(pk__in=goes) | Q(pk=visit.lead_id)
    if visit.group is not None:
        known |= Q(pk__in=members_of(visit.group).values("person_id"))
    return Person.objects.filter(known, is_active=True).order_by("name", "pk")


def organisation_named(name: str) -> Organisation | None:
    """The organisation of this name, if exactly one has it."""
    found = list(Organisation.objects.filter(name__iexact=" ".join(name.split()), merged_into=None)[:2])
    return found[0] if len(found) == 1 else None


def task_of(follow_up: FollowUp, person: Person) -> Task | None:
    """The group's task behind a follow-up, if the person sees it."""
    return tasks_visible_to(person).filter(pk=follow_up.task_id).first() if follow_up.task_id else None


def follow_ups_of(visit: Visit) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(visit=visit)


def finding_of(follow_up: FollowUp) -> VisitFinding | None:
    """The finding it follows from, for whoever sees the visit."""
    return VisitFinding.objects.filter(pk=follow_up.finding_id).first()
