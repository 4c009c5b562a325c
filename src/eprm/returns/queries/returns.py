"""Returns: whose they are, how far they are, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from eprm.members.models import Duty
from eprm.people.models import Organisation, Person
from eprm.returns import lifecycle
from eprm.returns.models import Comment, Return, Version
from eprm.returns.rules import ASKING

# What the secretariat has to read comes first, what is closed last.
IN_ORDER = (lifecycle.SUBMITTED, lifecycle.CORRECTING, lifecycle.SENT_BACK, lifecycle.OPEN, lifecycle.CLOSED)
WAITING_FIRST = Case(*(When(state=state, then=Value(at)) for at, state in enumerate(IN_ORDER)))


def returns_visible_to(person: Person) -> QuerySet[Return]:
    """The returns of the person's organisations, newest year first."""
    found = Return.objects.filter(organisation__in=person.organisation_ids())
    return found.select_related("organisation", "edition").order_by("-year")


def returns_to_review(person: Person) -> QuerySet[Return]:
    """All members' returns for the secretariat, none for others: what waits longest for it first.

    `open_questions` counts the comments that still ask something, `version_number` the newest sent version.
    """
    if not person.is_secretariat:
        return Return.objects.none()
    newest = Version.objects.filter(of=OuterRef("pk"), sent_at__isnull=False).order_by("-number")
    asking = Q(versions__comments__category__in=ASKING, versions__comments__settled_at=None)
    return (
        Return.objects.select_related("organisation", "edition", "closed_by")
        .annotate(
            version_number=Subquery(newest.values("number")[:1]),
            open_questions=Count("versions__comments", filter=asking, distinct=True),
        )
        .order_by(WAITING_FIRST, "-year", F("submitted_at").asc(nulls_last=True), "organisation__name")
    )


def returns_readable_by(person: Person) -> QuerySet[Return]:
    """One query for pages both sides open: a member's own returns, and all for the secretariat."""
    found = Return.objects.select_related("organisation", "edition", "closed_by")
    return found if person.is_secretariat else found.filter(organisation__in=person.organisation_ids())


def states_of_year(person: Person, year: int) -> QuerySet[Return]:
    """How every member's return of a year stands, for the board and the secretariat: state and days, nothing in it."""
    if not (person.is_secretariat or person.board_seat is not None):
        return Return.objects.none()
    return Return.objects.filter(year=year).select_related("organisation", "edition").order_by("organisation__name")


def years_opened(person: Person) -> list[int]:
    """The years with a return the person may see, newest first."""
    seen = person.is_secretariat or person.board_seat is not None
    found = Return.objects.all() if seen else returns_visible_to(person)
    return sorted(set(found.order_by().values_list("year", flat=True)), reverse=True)


def versions_of(this: Return) -> list[Version]:
    """Its versions, newest first."""
    return list(Version.objects.filter(of=this).select_related("begun_by", "sent_by").order_by("-number"))


def sent_version(this: Return) -> Version | None:
    """The newest version that was sent."""
    sent = Version.objects.filter(of=this, sent_at__isnull=False).select_related("sent_by", "of")
    return sent.order_by("-number").first()


def draft_of(this: Return) -> Version | None:
    """The version that is being answered, if one is."""
    return Version.objects.filter(of=this, sent_at=None).select_related("of").first()


def version_shown(this: Return) -> Version | None:
    """What the member sees of its return: the version being answered, else the newest sent."""
    return draft_of(this) or sent_version(this)


def comments_on(this: Return) -> QuerySet[Comment]:
    """Everything said about it, oldest first."""
    return (
        Comment.objects.filter(version__of=this)
        .select_related("made_by", "question", "version")
        .order_by("version__number", "pk")
    )


def comments_readable_by(person: Person) -> QuerySet[Comment]:
    """What was said about any return, for the secretariat."""
    found = Comment.objects.select_related("version__of__organisation")
    return found if person.is_secretariat else found.filter(organisation__in=person.organisation_ids())


def asking_count(this: Return) -> int:
    """The comments on the newest sent version that still ask something."""
    newest = sent_version(this)
    return Comment.objects.filter(version=newest, category__in=ASKING, settled_at=None).count() if newest else 0


def asked_about(this: Return) -> frozenset[int] | None:
    """The questions an improved version may change; None where any may: a first version, or the member's correction."""
    newest = sent_version(this)
    if this.state != lifecycle.SENT_BACK or newest is None:
        return None
    asked = Comment.objects.filter(version=newest, category__in=ASKING, settled_at=None)
    return frozenset(asked.values_list("question", flat=True))


@dataclass(frozen=True, slots=True)
class ReturnState:
    """How the duty to file a return stands: the light, the state, and the day it is, or was, due."""

    organisation_id: int
    light: str
    state: str
    due_on: date
    return_id: int


def light_of(this: Return, on: date) -> str:
    """green: the member has done its part; none: there is time; yellow: due, or questions wait; red: late."""
    if this.state in lifecycle.WITH_SECRETARIAT or this.state == lifecycle.CORRECTING:
        return "green"
    if this.state == lifecycle.SENT_BACK:
        return "red" if this.improve_by and on > this.improve_by else "yellow"
    if on >= this.edition.late_on:
        return "red"
    return "yellow" if on > this.due_on else "none"


def return_state(organisation_ids: list[int], year: int, on: date) -> dict[int, ReturnState]:
    """How each organisation's return of the year stands, as far as whoever acts may see it; one query."""
    found = Return.objects.filter(organisation__in=organisation_ids, year=year).select_related("edition")
    return {
        this.organisation_id: ReturnState(
            organisation_id=this.organisation_id,
            light=light_of(this, on),
            state=this.state,
            due_on=this.improve_by if this.state == lifecycle.SENT_BACK and this.improve_by else this.due_on,
            return_id=this.pk,
        )
        for this in found
    }


def own_waiting_for(person: Person) -> tuple[QuerySet[Return]]:
    """The returns of the person's organisations that are to be answered or improved."""
    open_states = (lifecycle.OPEN, lifecycle.SENT_BACK)
    return (Return.objects.filter(organisation__in=person.organisation_ids(), state__in=open_states),)


def to_read_for(person: Person) -> tuple[QuerySet[Return], ...]:
    """The returns that wait to be read, where the person works for the secretariat."""
    return (Return.objects.filter(state=lifecycle.SUBMITTED),) if person.is_secretariat else ()


def organisations_with_return(year: int) -> set[int]:
    """Whose return of the year is opened already."""
    return set(Return.objects.filter(year=year).values_list("organisation", flat=True))


def open_returns() -> QuerySet[Return]:
    """The returns that are with their members, for the job that reminds.

    Where the member's duty to file is open, the reminders of duties tell of it: a second letter would be one too many.
    """
    duty = Duty.objects.filter(
        organisation=OuterRef("organisation"), key="return", period=OuterRef("due_on__year"), met_on=None
    )
    waiting = Return.objects.filter(~Exists(duty), state__in=(lifecycle.OPEN, lifecycle.SENT_BACK))
    return waiting.select_related("organisation", "edition").prefetch_related(
        Prefetch("versions", queryset=Version.objects.order_by("-number"))
    )


def people_to_remind(organisation: Organisation) -> list[Person]:
    """The officers and managers who may answer for the organisation."""
    roles = ("manager", "officer")
    found = Person.objects.filter(
        memberships__organisation=organisation, memberships__until=None, memberships__role__in=roles, is_active=True
    )
    return list(found.distinct().order_by("pk"))
