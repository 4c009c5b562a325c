"""What was seen and heard on a visit."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from eprm.people.models import Person
from eprm.visits.models import Consent, LocalActor, Observation, Photo, PhotoBytes, Position, Theme, Visit
from eprm.visits.queries.visits import visits_visible_to


def themes_on(day: date) -> QuerySet[Theme]:
    """The themes in use on the day."""
    return Theme.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day).order_by("pk")


def all_themes() -> QuerySet[Theme]:
    return Theme.objects.order_by("until", "since", "pk")


def actors_of(visit: Visit) -> QuerySet[LocalActor]:
    return LocalActor.objects.filter(visit=visit).select_related("added_by").order_by("heard_on", "pk")


def observations_of(visit: Visit) -> QuerySet[Observation]:
    """The observations with how many photos each has."""
    kept = Count("photos", filter=Q(photos__withdrawn_at=None))
    found = Observation.objects.filter(visit=visit).select_related("theme", "by", "visit")
    return found.annotate(photo_count=kept).order_by("seen_on", "pk")


def photos_of(observation: Observation) -> QuerySet[Photo]:
    found = Photo.objects.filter(observation=observation).select_related("by", "position", "withdrawn_by")
    return found.prefetch_related("consents__noted_by").order_by("added_at", "pk")


def photos_visible_to(person: Person) -> QuerySet[Photo]:
    return Photo.objects.filter(visit__in=visits_visible_to(person)).select_related("visit", "observation")


def bytes_of(photo: Photo, *, small: bool) -> bytes | None:
    """The picture; None where it is withdrawn."""
    name = "small" if small else "large"
    found = PhotoBytes.objects.filter(photo=photo).values_list(name, flat=True).first()
    return bytes(found) if found is not None else None


def position_of(observation: Observation) -> Position | None:
    return Position.objects.filter(observation=observation).first()


def consents_of(actor: LocalActor) -> QuerySet[Consent]:
    """What they have agreed to and taken back, the latest first."""
    return Consent.objects.filter(actor=actor).select_related("noted_by").order_by("-noted_at", "-pk")
