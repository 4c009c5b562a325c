"""Photos: taking them in, whose faces they show, and taking them back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people.models import Person
from eprm.visits import rules
from eprm.visits.actions.sending import once
from eprm.visits.models import Consent, Observation, Photo, PhotoBytes, Position
from eprm.visits.pictures import read_picture
from eprm.visits.queries import visits as queries

MOST_PHOTOS = 200


def add_photo(
    *,
    observation: Observation,
    nonce: UUID,
    content: bytes,
    name: str,
    caption: str,
    by: Person,
    keep_position: bool = False,
    faces: str = "",
    agreed: str = "",
) -> Photo:
    """Take in a photo, drawn anew; NotAPicture for what is none. The same `nonce` again gives the same photo.

    The position the phone wrote into the file is kept only with `keep_position`. `faces` and `agreed` say whose faces
    it shows and how those shown agreed, where that is known already.
    """
    visit = observation.visit
    rules.can_observe(queries.place_now(by, visit)).require()
    sent = Photo.objects.filter(nonce=nonce, by=by)
    if known := sent.first():
        return known  # before the work of drawing it again
    if Photo.objects.filter(visit=visit, withdrawn_at=None).count() >= MOST_PHOTOS:
        raise NotAllowed(_("This visit has %(count)d photos already. Withdraw some first.") % {"count": MOST_PHOTOS})
    picture = read_picture(content, name)

    def make() -> Photo:
        photo = Photo.objects.create(
            visit=visit,
            observation=observation,
            nonce=nonce,
            caption=" ".join(caption.split()),
            width=picture.width,
            height=picture.height,
            by=by,
        )
        PhotoBytes.objects.create(photo=photo, visit=visit, large=picture.large, small=picture.small)
        if keep_position and picture.position is not None:
            latitude, longitude = picture.position
            Position.objects.create(visit=visit, photo=photo, latitude=latitude, longitude=longitude, kept_by=by)
        if faces:
            state_faces(photo=photo, faces=faces, words=agreed, by=by)
        return photo

    return once(sent, make)


@transaction.atomic
def state_faces(*, photo: Photo, faces: str, words: str, by: Person) -> None:
    """Say whose faces a photo shows: nobody's, or those of people who agreed, with how they did.

    Who said it and when is kept. Only then can anybody outside the delegation and the secretariat see the photo.
    """
    rules.can_state_faces(queries.place_now(by, photo.visit), photo).require()
    if faces == Photo.Faces.AGREED and not words.strip():
        raise NotAllowed(_("Write how those shown agreed: who asked, in which language, on paper or in words."))
    held = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    rules.can_state_faces(queries.place_now(by, photo.visit), held).require()
    Consent.objects.filter(photo=held, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
    Consent.objects.create(
        visit_id=held.visit_id, photo=held, said=faces, words=words.strip(), noted_by=by, noted_at=timezone.now()
    )
    held.faces = photo.faces = faces
    held.save(update_fields=["faces"])


@transaction.atomic
def withdraw_photo(*, photo: Photo, by: Person) -> None:
    """Take a photo back: its picture and position are deleted now, and no page shows it from now on."""
    rules.can_withdraw_photo(queries.place_now(by, photo.visit), photo).require()
    held = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if held.withdrawn_at is None:
        drop_picture(held, by)


def drop_picture(photo: Photo, by: Person | None) -> None:
    """Delete what the photo shows and knows; its row stays and says since when."""
    PhotoBytes.objects.filter(photo=photo).delete()
    Position.objects.filter(photo=photo).delete()
    Consent.objects.filter(photo=photo, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
    photo.in_story, photo.withdrawn_at, photo.withdrawn_by = False, timezone.now(), by
    photo.save(update_fields=["in_story", "withdrawn_at", "withdrawn_by"])
