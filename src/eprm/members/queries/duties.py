"""What members owe, with lights, for one member or a whole page of them by one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from eprm.members import lifecycle
from eprm.members.models import Duty, Member, Signature, StateChange, Text
from eprm.members.queries import dated
from eprm.people.models import Organisation, Person
from lode import duties as field
from lode.duties import Light

GRADES: tuple[tuple[int, Light], ...] = ((0, "green"), (1, "blue"), (2, "yellow"), (3, "red"))


@dataclass(frozen=True, slots=True)
class Lit:
    """A duty with its light on a day."""

    duty: Duty
    light: Light

    @property
    def title(self) -> str:
        return self.duty.title


def as_field(duty: Duty) -> field.Duty:
    return field.Duty(duty.due_on, duty.red_on, duty.met_on)


def lights_of(members: Iterable[Member], on: date) -> dict[int, list[Lit]]:
    """By member its duties that count on the day: the open ones, and of each kind the newest that is met."""
    ids = [member.pk for member in members]
    found = Duty.objects.filter(member__in=ids, opened_on__lte=on).select_related("rule").order_by("key", "-period")
    lit: dict[int, list[Lit]] = {pk: [] for pk in ids}
    shown: set[tuple[int, str]] = set()
    for duty in found:
        met = duty.met_on is not None and duty.met_on <= on
        if met and (duty.member_id, duty.key) in shown:
            continue
        shown.add((duty.member_id, duty.key))
        lit[duty.member_id].append(Lit(duty, field.light_of(as_field(duty), on)))
    for each in lit.values():
        each.sort(key=lambda one: (one.duty.due_on, one.duty.pk))
    return lit


def worst_of(lit: Iterable[Lit]) -> Light:
    return field.worst([one.light for one in lit])


def with_light(members: QuerySet[Member], light: Light, on: date) -> QuerySet[Member]:
    """The members whose gravest light is this one."""
    owed = Duty.objects.filter(member=OuterRef("pk"), opened_on__lte=on).filter(Q(met_on=None) | Q(met_on__gt=on))
    red, yellow = owed.filter(red_on__lte=on), owed.filter(due_on__lt=on, red_on__gt=on)
    blue = owed.filter(due_on__gte=on)
    if light == "red":
        return members.filter(Exists(red))
    if light == "yellow":
        return members.filter(~Exists(red), Exists(yellow))
    if light == "blue":
        return members.filter(~Exists(red), ~Exists(yellow), Exists(blue))
    return members.filter(~Exists(owed))


def light_counts(members: QuerySet[Member], on: date) -> dict[tuple[str, Light], int]:
    """How many members of each pillar have which gravest light: one pass over the duties that are open."""
    open_now = Q(duties__opened_on__lte=on) & (Q(duties__met_on=None) | Q(duties__met_on__gt=on))
    gravity = Case(When(duties__red_on__lte=on, then=3), When(duties__due_on__lt=on, then=2), default=1)
    graded = members.order_by().annotate(grade=Coalesce(Max(gravity, filter=open_now), 0))
    wanted = {(pillar, light): (pillar, grade) for pillar in Organisation.Pillar.values for grade, light in GRADES}
    counted = graded.aggregate(
        **{f"{p}_{g}": Count("pk", filter=Q(pillar=p, grade=g)) for p, g in wanted.values()},
    )
    return {key: counted[f"{pillar}_{grade}"] for key, (pillar, grade) in wanted.items()}


def duties_visible_to(person: Person, on: date) -> QuerySet[Duty]:
    """The open duties of running memberships, the longest overdue first."""
    found = Duty.objects.filter(member__state__in=lifecycle.CURRENT, met_on=None, opened_on__lte=on)
    found = found.select_related("member__organisation", "rule").order_by("due_on", "pk")
    if person.is_secretariat or person.board_seat is not None:
        return found
    return found.filter(organisation__in=person.organisation_ids())


def late_duties(on: date) -> QuerySet[Duty]:
    """The red duties of members that are not in grace yet."""
    return Duty.objects.filter(met_on=None, red_on__lte=on, member__state=lifecycle.ACTIVE).select_related(
        "member__organisation", "rule"
    )


def signed_mou(member: Member) -> Signature | None:
    """The newest edition of the Memorandum that the member signed."""
    found = Signature.objects.filter(organisation=member.organisation_id, text__kind=Text.Kind.MOU)
    return found.select_related("text", "signed_by").order_by("-text__valid_from", "-pk").first()


def unsigned_on(members: Iterable[Member], text: Text) -> list[Member]:
    """The members that have not signed this edition, and were not asked yet."""
    signed = set(Signature.objects.filter(text=text).values_list("organisation_id", flat=True))
    asked = set(Duty.objects.filter(key="mou", period=text.pk).values_list("member_id", flat=True))
    return [m for m in members if m.organisation_id not in signed and m.pk not in asked]


def to_lapse(on: date) -> list[Member]:
    """The members in grace whose time is over: the secretariat decides. `grace_on` says since when."""
    terms = dated.terms_on(on)
    if terms is None:
        return []
    return list(in_grace().filter(grace_on__lte=on - timedelta(days=terms.lapse_days)))


def in_grace() -> QuerySet[Member]:
    """The members in grace, with the day it began as `grace_on`."""
    newest = StateChange.objects.filter(member=OuterRef("pk")).order_by("-on", "-pk").values("on")[:1]
    found = Member.objects.filter(state=lifecycle.GRACE).select_related("organisation")
    return found.annotate(grace_on=Subquery(newest)).order_by("grace_on")
