"""What visits know about a person: the copy they may take, its erasure, and how long things are kept."""

from __future__ import annotations

from datetime import datetime

from eprm.visits.actions.photos import drop_picture
from eprm.visits.models import Consent, Delegate, FollowUp, LocalActor, Observation, Photo, Position, SafetyNote
from eprm.visits.queries.visits import ended_before


def export_visits(person_id: int) -> list[dict[str, object]]:
    """Where they went, what they wrote, photographed, noted and have to do. Safety notes are in no copy."""
    parts = (
        ("delegation", Delegate, "person", ["name", "organisation_name", "pillar", "role", "state", "answered_at"]),
        ("observation", Observation, "by", ["seen_on", "place", "text"]),
        ("photo", Photo, "by", ["caption", "added_at", "faces", "withdrawn_at"]),
        ("position", Position, "kept_by", ["latitude", "longitude", "kept_at"]),
        ("consent noted", Consent, "noted_by", ["said", "words", "noted_at", "revoked_at"]),
        ("follow-up", FollowUp, "owner", ["title", "due_on", "done_at"]),
    )
    told: list[dict[str, object]] = []
    for what, model, whose, fields in parts:
        rows = model.objects.filter(**{whose: person_id}).order_by("pk").values(*fields)
        told += [{"what": what, **{name: str(value) for name, value in row.items()}} for row in rows]
    return told


def erase_visits(person_id: int) -> None:
    """Out of every delegation, with their photos and positions; the pillar they went for is still counted.

    Safety notes they wrote stay until the visit is over: others' safety rests on them, and they name no writer's data.
    """
    for photo in Photo.objects.filter(by=person_id, withdrawn_at=None):
        drop_picture(photo, None)
    Position.objects.filter(kept_by=person_id).delete()
    Delegate.objects.filter(person=person_id).exclude(state=Delegate.State.ACCEPTED).delete()
    Delegate.objects.filter(person=person_id).update(name="", organisation_name="", role="")


def remove_safety(before: datetime) -> int:
    """Safety notes of visits that ended before then."""
    return SafetyNote.objects.filter(visit__in=ended_before(before.date())).delete()[0]


def remove_names(before: datetime) -> int:
    """Names, words and positions of people heard, and guests' names, of visits that ended before then.

    Whom the story names by their own will stays named.
    """
    old = ended_before(before.date()).values("pk")
    count = Position.objects.filter(visit__in=old).delete()[0]
    count += LocalActor.objects.filter(visit__in=old, named=False).exclude(name="", words="").update(name="", words="")
    count += Delegate.objects.filter(visit__in=old, person=None).exclude(name="").update(name="", organisation_name="")
    return count


def remove_photos(before: datetime) -> int:
    """Photos that no story shows, of visits that ended before then."""
    found = Photo.objects.filter(visit__in=ended_before(before.date()).values("pk"), in_story=False, withdrawn_at=None)
    photos = list(found)
    for photo in photos:
        drop_picture(photo, None)
    return len(photos)
