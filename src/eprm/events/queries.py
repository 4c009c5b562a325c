"""Every read about events, each from what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from eprm.base.identity import acting_as
from eprm.events.letters import read_address
from eprm.events.models import Event, Material, Registration, Room
from eprm.groups.models import Group, GroupMember
from eprm.groups.queries.groups import member_of, my_group_ids, my_memberships
from eprm.people.models import Organisation, Person

Reader = Person | AnonymousUser
Audience, State = Event.Audience, Registration.State
DAY, HOUR = "day", "hour"


def events_visible_to(person: Reader) -> QuerySet[Event]:
    """Public events, those for whoever is signed in, and those of the person's groups. Soonest first."""
    seen = Q(audience=Audience.PUBLIC)
    if person.is_authenticated:
        seen |= Q(audience=Audience.SIGNED_IN) | Q(group__in=my_group_ids(person))
    return Event.objects.filter(seen).select_related("group", "organiser").order_by("starts_at", "pk")


def coming(person: Reader, at: datetime) -> QuerySet[Event]:
    return events_visible_to(person).filter(ends_at__gt=at)


def past(person: Reader, at: datetime) -> QuerySet[Event]:
    return events_visible_to(person).filter(ends_at__lte=at).order_by("-starts_at", "-pk")


def feed_events(person: Reader, at: datetime) -> QuerySet[Event]:
    """What a calendar program shows: the coming events and those of the last ninety days, cancelled ones too."""
    return events_visible_to(person).filter(ends_at__gt=at - timedelta(days=90))[:500]


def facilitated(person: Person) -> list[Group]:
    """The groups the person may announce events for."""
    found = my_memberships(person).filter(role=GroupMember.Role.FACILITATOR, group__ended_at=None)
    return [member.group for member in found.order_by("group__name")]


def member_for(person: Reader, group: Group | None) -> GroupMember | None:
    return member_of(person, group) if group is not None else None


def my_registration(person: Reader, event: Event) -> Registration | None:
    """The person's own registration, unless they do not come any more."""
    if not person.is_authenticated:
        return None
    return Registration.objects.filter(event=event, person=person).exclude(state=State.CANCELLED).first()


def my_events(person: Person) -> set[int]:
    """The events the person has a seat or waits for."""
    held = Registration.objects.filter(person=person, state__in=(State.SEAT, State.WAITING))
    return set(held.values_list("event_id", flat=True))


def registrations_of(event: Event) -> QuerySet[Registration]:
    """Who registered, for the organiser: seats first, then the waiting list in its order."""
    return Registration.objects.filter(event=event).exclude(email="").order_by("state", "in_line_since", "pk")


def link_of(event: Event) -> str:
    """The link to join online, for whoever the database shows it: the organiser and who holds a seat."""
    return Room.objects.filter(event=event).values_list("url", flat=True).first() or ""


def links_of(events: list[Event]) -> dict[int, str]:
    """The links to join online, by event, as far as the database shows them."""
    return dict(Room.objects.filter(event__in=events).values_list("event_id", "url"))


def materials_of(event: Event) -> QuerySet[Material]:
    return Material.objects.filter(event=event).order_by("added_at")


def material_visible_to(person: Reader) -> QuerySet[Material]:
    return Material.objects.filter(event__in=events_visible_to(person))


@dataclass(frozen=True, slots=True)
class Place:
    """A registration opened by its own signed link: who, for what, and the way in online for who holds a seat."""

    registration: Registration
    event: Event
    link: str


def place_of_link(signed: str) -> Place | None:
    """What a signed link opens, for whoever holds it; None for one we did not make or whose row has lost its name."""
    told = read_address(signed)
    if told is None:
        return None
    with acting_as(None, job="events"):
        found = Registration.objects.filter(pk=told[0], email__iexact=told[1]).exclude(email="").first()
        if found is None:
            return None
        event = Event.objects.get(pk=found.event_id)
        return Place(found, event, link_of(event) if found.state == State.SEAT else "")


@dataclass(frozen=True, slots=True)
class Line:
    """How many came, of one pillar or of women, men, not said."""

    label: object
    count: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there, in numbers."""

    registered: int
    came: int
    by_pillar: list[Line]
    by_gender: list[Line]


def attendance_of(event: Event) -> Attendance:
    """The numbers of one event, also after names and addresses are gone. For the organiser."""
    rows = list(
        Registration.objects.filter(event=event, state=State.SEAT)
        .values("pillar", "gender", "attended")
        .annotate(count=Count("pk"))
        .order_by()
    )
    came = [row for row in rows if row["attended"]]

    def lines(field: str, labels: list[tuple[str, object]]) -> list[Line]:
        counted = [(label, sum(row["count"] for row in came if row[field] == key)) for key, label in labels]
        return [Line(label, count) for label, count in counted if count]

    pillars = [*Organisation.Pillar.choices, ("", Registration.Gender.NOT_SAID.label)]
    return Attendance(
        registered=sum(row["count"] for row in rows),
        came=sum(row["count"] for row in came),
        by_pillar=lines("pillar", pillars),
        by_gender=lines("gender", list(Registration.Gender.choices)),
    )


def due_reminders(kind: str, at: datetime) -> QuerySet[Registration]:
    """Who holds a seat and is to be reminded now. For the job.

    The day's reminder goes between 24 and 2 hours before; who registers later than that gets the hour's alone.
    """
    found = Registration.objects.filter(state=State.SEAT, event__cancelled_at=None)
    if kind == DAY:
        window = (at + timedelta(hours=2), at + timedelta(hours=24))
        return found.filter(day_reminder_at=None, event__starts_at__gt=window[0], event__starts_at__lte=window[1])
    return found.filter(
        hour_reminder_at=None, event__starts_at__gt=at, event__starts_at__lte=at + timedelta(minutes=60)
    )
