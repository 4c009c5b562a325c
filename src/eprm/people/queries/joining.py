"""Requests to join, and organisations that may be the one somebody is about to make a second time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eprm.people.models import JoinRequest, Membership, Organisation, Person
from eprm.people.queries.people import confirmed_emails
from lode.identifiers import domain_of, read_identifier
from lode.smelters.names import normalise

ALIKE, MOST_LIKELY = 0.55, 5


@dataclass(frozen=True, slots=True)
class Likely:
    """An organisation that may be the one meant, and why. Nothing of it is told but name, country and place."""

    organisation: Organisation
    because: tuple[str | Promise, ...]
    has_people: bool


def likely_same(
    *, name: str, country: str = "", identifiers: tuple[tuple[str, str], ...] = (), person: Person | None = None
) -> list[Likely]:
    """Organisations here that may be the one of this name: by name, identifier, or the person's mail domain.

    `identifiers` are (scheme, value) as typed. At most five, those with most reasons first.
    """
    because: dict[int, list[str | Promise]] = {}
    key = normalise(name)[:255]
    if key:
        same_place = Q(country=country) if country else Q()
        exact = Organisation.objects.filter(same_place, normalised=key)
        _note(because, exact.values_list("pk", flat=True)[:MOST_LIKELY], _("the same name"))
        _note(because, _known_by("name", key), _("another name it has or had"))
        alike = Organisation.objects.filter(same_place, normalised__trigram_similar=key).exclude(normalised=key)
        alike = alike.annotate(alike=TrigramSimilarity("normalised", key)).filter(alike__gte=ALIKE).order_by("-alike")
        _note(because, alike.values_list("pk", flat=True)[:MOST_LIKELY], _("a similar name"))
    for scheme, typed in identifiers:
        value, findings = read_identifier(scheme, typed, country=country)
        if not findings:
            _note(because, _known_by(scheme, value), _("the same identifier"))
    for domain in sorted({domain_of(email) for email in confirmed_emails(person)} - {""}) if person else ():
        _note(because, _known_by("domain", domain), _("your mail address has its domain"))
    found = _with_people(Organisation.objects.filter(pk__in=because, merged_into=None))
    likely = [Likely(each, tuple(because[each.pk]), each.has_people) for each in found]
    return sorted(likely, key=lambda one: (-len(one.because), one.organisation.name))[:MOST_LIKELY]


def _note(because: dict[int, list[str | Promise]], pks: object, reason: str | Promise) -> None:
    for pk in pks:  # type: ignore[attr-defined]
        because.setdefault(pk, []).append(reason)


def _known_by(kind: str, value: str) -> list[int]:
    """Organisations with this other name or identifier, past the isolation of those rows (eprm_known_by)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT eprm_known_by(%s, %s)", [kind, value])
        return [pk for (pk,) in cursor.fetchall()]


def _with_people(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    working = Membership.objects.filter(organisation=OuterRef("pk"), until=None)
    return found.annotate(has_people=Exists(working))


def has_people(organisation: Organisation) -> bool:
    return Membership.objects.filter(organisation=organisation, until=None).exists()


def shared_domain(person: Person, organisation: Organisation) -> str:
    """A domain of the organisation's at which the person has a confirmed address; "" without one."""
    for domain in sorted({domain_of(email) for email in confirmed_emails(person)} - {""}):
        if organisation.pk in _known_by("domain", domain):
            return domain
    return ""


def waiting_count(person: Person) -> int:
    return JoinRequest.objects.filter(person=person, outcome=JoinRequest.Outcome.WAITING).count()


_together = partial(JoinRequest.objects.select_related, "organisation", "person", "decided_by")


def requests_of(person: Person) -> QuerySet[JoinRequest]:
    """The person's own requests, newest first."""
    return _together().filter(person=person).order_by("-asked_at", "-pk")


def requests_visible_to(person: Person) -> QuerySet[JoinRequest]:
    """The person's own requests, those to their organisations and, for the secretariat, those to unmanned ones."""
    seen = Q(person=person) | Q(organisation__in=person.organisation_ids())
    if person.is_secretariat:
        managed = Membership.objects.filter(organisation=OuterRef("organisation"), until=None, role="manager")
        seen |= ~Exists(managed)
    return _together().filter(seen).order_by("-asked_at", "-pk")


def requests_waiting_for(person: Person) -> QuerySet[JoinRequest]:
    """The requests this person can answer now."""
    managing = [m.organisation_id for m in person.current_memberships if m.role == Membership.Role.MANAGER]
    mine = Q(organisation__in=managing)
    if person.is_secretariat:
        managed = Membership.objects.filter(organisation=OuterRef("organisation"), until=None, role="manager")
        mine |= ~Exists(managed)
    waiting = _together().filter(mine, outcome=JoinRequest.Outcome.WAITING).exclude(person=person)
    return waiting.order_by("asked_at", "pk")


def joinable(pk: int) -> Organisation | None:
    """The organisation somebody may ask to join: any that stands by itself."""
    return Organisation.objects.filter(pk=pk, merged_into=None).first()
