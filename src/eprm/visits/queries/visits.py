"""Visits, who goes, the programme, and what somebody should look at."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from eprm.groups.models import Group, GroupMember
from eprm.groups.queries.groups import member_of, my_group_ids, my_memberships
from eprm.people.models import Person
from eprm.visits import lifecycle
from eprm.visits.models import Delegate, Photo, ProgrammeItem, SafetyNote, Visit, VisitFinding
from eprm.visits.rules import Place
from lode.visits import VisitFacts

Reader = Person | AnonymousUser
State = Delegate.State


def visits_visible_to(person: Reader) -> QuerySet[Visit]:
    """All for the secretariat; for others those they lead, go on or are invited to. The latest first."""
    found = Visit.objects.select_related("lead", "group").order_by("-starts_on", "-pk")
    if not person.is_authenticated:
        return found.none()
    if person.is_secretariat:
        return found
    goes = Delegate.objects.filter(person=person, state__in=(State.INVITED, State.ACCEPTED)).values("visit_id")
    return found.filter(Q(pk__in=goes) | Q(lead=person, group__in=my_group_ids(person)))


def place_of(person: Person, visit: Visit) -> Place:
    """How the person stands to the visit, as it is now."""
    delegate = Delegate.objects.filter(visit=visit, person=person).first()
    leads = visit.lead_id == person.pk and (
        person.is_secretariat or (visit.group_id is not None and visit.group_id in my_group_ids(person))
    )
    return Place(visit, person, delegate, leads)


def place_now(person: Person, visit: Visit) -> Place:
    """The same with the visit as it is now, whatever the page knew when it was drawn: for actions."""
    now = Visit.objects.select_related("lead", "group").filter(pk=visit.pk).first()
    return place_of(person, now or visit)


def facilitated(person: Person) -> list[Group]:
    """The groups for which the person may plan a visit."""
    found = my_memberships(person).filter(role=GroupMember.Role.FACILITATOR, group__ended_at=None)
    return [member.group for member in found.order_by("group__name")]


def groups_to_go_for(person: Person) -> list[Group]:
    """The groups a visit may belong to: one's own, and for the secretariat also those everybody knows."""
    if not person.is_secretariat:
        return facilitated(person)
    known = Q(access__in=(Group.Access.OPEN, Group.Access.REQUEST)) | Q(pk__in=my_group_ids(person))
    return list(Group.objects.filter(known, ended_at=None).order_by("name"))


def member_for(person: Person, group: Group | None) -> GroupMember | None:
    return member_of(person, group) if group is not None else None


def whom_to_invite(person: Person, visit: Visit) -> QuerySet[Person]:
    """Everybody with an account for the secretariat; for others the members of the visit's group.

    So nobody can try out who has an account.
    """
    found = Person.objects.filter(is_active=True)
    if person.is_secretariat:
        return found
    members = GroupMember.objects.filter(group=visit.group_id, state=GroupMember.State.MEMBER)
    return found.filter(pk__in=members.values("person_id"))


def delegation_of(visit: Visit) -> QuerySet[Delegate]:
    found = Delegate.objects.filter(visit=visit).exclude(state=State.WITHDRAWN)
    return found.order_by("state", "pillar", "name", "pk")


def programme_of(visit: Visit) -> QuerySet[ProgrammeItem]:
    return ProgrammeItem.objects.filter(visit=visit).order_by("day", "at", "pk")


def safety_of(visit: Visit) -> SafetyNote | None:
    """The safety notes, for whoever the database shows them."""
    return SafetyNote.objects.filter(visit=visit).select_related("written_by").first()


def pillar_counts(visit: Visit) -> dict[str, Counter[str]]:
    """How many of each pillar come or are invited, by state."""
    told = Delegate.objects.filter(visit=visit, state__in=(State.INVITED, State.ACCEPTED)).values_list(
        "state", "pillar"
    )
    counts: dict[str, Counter[str]] = {State.ACCEPTED.value: Counter(), State.INVITED.value: Counter()}
    for state, pillar in told:
        counts[state][pillar] += 1
    return counts


def facts_of(visit: Visit) -> VisitFacts:
    """What the checks look at. Before the visit whoever is invited counts, then only who went."""
    begun = visit.state in lifecycle.BEGUN
    counts = pillar_counts(visit)
    coming = counts[State.ACCEPTED.value] + (Counter() if begun else counts[State.INVITED.value])
    concerns = VisitFinding.objects.filter(visit=visit, kind=VisitFinding.Kind.CONCERN)
    photos = Photo.objects.filter(visit=visit, faces="", withdrawn_at=None)
    return VisitFacts(
        pillars=coming,
        has_begun=begun,
        actors_heard=visit.actors.count(),
        concerns_alone=concerns.annotate(count=Count("follow_ups")).filter(count=0).count(),
        photos_unstated=photos.count(),
    )


def waiting_for(person: Person) -> QuerySet[Delegate]:
    """The invitations to visits that wait for the person's answer."""
    return Delegate.objects.filter(person=person, state=State.INVITED, visit__state__in=lifecycle.OPEN)


def ended_before(day: date) -> QuerySet[Visit]:
    """Visits that ended before the day. For retention."""
    return Visit.objects.filter(ends_on__lt=day)
