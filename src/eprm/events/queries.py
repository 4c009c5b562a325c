"""Every read about events, each from what the person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from eprm.base.identity import acting_as
from eprm.events.letters import read_address
from eprm.events.models import Event, Material, Registration, Room
from eprm.groups.models import CalendarDate, Group, GroupMember
from eprm.groups.queries.groups import member_of, my_group_ids, my_memberships
from eprm.groups.queries.work import dates_visible_to
from eprm.people.models import Organisation, Person
from eprm.search.queries.files import outcome_of_file
from eprm.ui import words
from lode.anonymous import told_parts

Reader = Person | AnonymousUser
FILE = "event_file"  # under which kind the search knows them
Audience, State = Event.Audience, Registration.State
DAY, HOUR = "day", "hour"
SHOWN_BACK = timedelta(days=90)
ALL, PILLAR, COUNTRY, GENDER = "all", "pillar", "country", "gender"
LEAST = 5
UNKNOWN, OTHERS = _("not said"), _("all others, together")


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


def feed_events(person: Reader, at: datetime, group: Group | None = None) -> QuerySet[Event]:
    """What a calendar program shows: the coming events and those of the last ninety days, cancelled ones too."""
    found = events_visible_to(person).filter(ends_at__gt=at - SHOWN_BACK)
    return (found.filter(group=group) if group is not None else found)[:500]


def group_of_member(person: Person, slug: str) -> Group | None:
    """The group of this address, if the person is a member of it."""
    return Group.objects.filter(slug=slug, pk__in=my_group_ids(person)).first()


def feed_dates(person: Person, at: datetime, group: Group) -> list[CalendarDate]:
    """The dates of the group's own calendar, as far back as its events."""
    found = dates_visible_to(person).filter(group=group, starts_at__gt=at - SHOWN_BACK)
    return list(found.order_by("starts_at", "pk")[:500])


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
    found = Material.objects.filter(event=event).annotate(reading=outcome_of_file(FILE, "sha256"))
    return found.order_by("added_at")


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


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One year's events and people, in all or of one group, which has no events of its own. None: not to be told."""

    year: int
    by: str
    group: object
    events: int | None
    registered: int | None
    attended: int | None


def figures(at: datetime) -> list[FigureRow]:
    """What took place before `at`, by year: in all, by pillar, country, women and men. For the secretariat and board.

    Numbers of seats and of who was there, told of no group under five nor of one that is left by subtraction
    (`lode.anonymous`). What they are counted from is seen by organisers alone, so the job counts.
    """
    with acting_as(None, job="events"):
        took_place = Event.objects.filter(ends_at__lte=at, cancelled_at=None)
        counts = took_place.values("starts_at__year").annotate(count=Count("pk")).order_by("-starts_at__year")
        events = {row["starts_at__year"]: row["count"] for row in counts}
        seats = Registration.objects.filter(event__in=took_place, state=State.SEAT)
        people = list(
            seats.values("event__starts_at__year", "pillar", "country", "gender")
            .annotate(registered=Count("pk"), attended=Count("pk", filter=Q(attended=True)))
            .order_by()
        )
    rows = []
    for year, count in events.items():
        of_year = [row for row in people if row["event__starts_at__year"] == year]
        rows += _year(year, count, of_year)
    return rows


def _year(year: int, events: int, people: list[dict[str, int]]) -> list[FigureRow]:
    whole = {name: sum(row[name] for row in people) for name in ("registered", "attended")}
    rows = [FigureRow(year, ALL, "", events, *(_told(whole[name]) for name in ("registered", "attended")))]
    for by, label_of in ((PILLAR, _pillar), (COUNTRY, words.country), (GENDER, _gender)):
        rows += _by(year, by, label_of, people)
    return rows


def _by(year: int, by: str, label_of: Callable[[str], object], people: list[dict[str, int]]) -> list[FigureRow]:
    """The parts that may be told, largest first, and one row for all the others together."""
    sizes: dict[str, dict[str, int]] = {"registered": {}, "attended": {}}
    for row in people:
        for name, parts in sizes.items():
            parts[row[by]] = parts.get(row[by], 0) + row[name]
    registered, attended = sizes["registered"], sizes["attended"]
    verdicts = [told_parts(parts, LEAST) for parts in (registered, attended)]
    hidden = [part for part in registered if any(each[part] for each in verdicts)]
    told = sorted(set(registered) - set(hidden), key=lambda part: (-registered[part], part))
    rows = [
        FigureRow(year, by, label_of(part) if part else UNKNOWN, None, registered[part], attended[part])
        for part in told
    ]
    if hidden:
        sums = (sum(parts[part] for part in hidden) for parts in (registered, attended))
        rows.append(FigureRow(year, by, OTHERS, None, *map(_told, sums)))
    return rows


def _told(count: int) -> int | None:
    return count if count == 0 or count >= LEAST else None


def _pillar(key: str) -> object:
    return dict(Organisation.Pillar.choices).get(key, key)


def _gender(key: str) -> object:
    return dict(Registration.Gender.choices).get(key, key)


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
