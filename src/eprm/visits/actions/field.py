"""What is written down on the visit: local actors and what they agree to, observations."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people.models import Person
from eprm.visits import rules
from eprm.visits.actions import showing
from eprm.visits.actions.sending import SavedMeanwhile, once
from eprm.visits.models import Consent, LocalActor, Observation, Photo, Position, Theme, Visit, Voice
from eprm.visits.queries import visits as queries

Degrees = tuple[Decimal, Decimal]


def _check_day(visit: Visit, day: date) -> None:
    # East of Greenwich the day has begun already.
    if day > timezone.localdate() + timedelta(days=1):
        raise NotAllowed(_("That day is still to come."))
    if day < visit.starts_on:
        raise NotAllowed(_("That day is before the visit began."))


def hear(
    *,
    visit: Visit,
    nonce: UUID,
    kind: str,
    people_count: int,
    heard_on: date,
    by: Person,
    name: str = "",
    women_count: int | None = None,
    words: str = "",
    agreed: str = "",
) -> LocalActor:
    """Write down whom the delegation heard. `agreed` says how they agreed to be named; "" where they did not."""
    rules.can_observe(queries.place_now(by, visit)).require()
    _check_day(visit, heard_on)

    def make() -> LocalActor:
        actor = LocalActor.objects.create(
            visit=visit,
            nonce=nonce,
            kind=kind,
            name=" ".join(name.split()),
            people_count=people_count,
            women_count=women_count,
            heard_on=heard_on,
            words=words.strip(),
            added_by=by,
        )
        if agreed.strip():
            note_name(actor=actor, words=agreed, by=by)
        else:
            showing.unname_voice(actor)  # a story that is out already may tell the name
        return actor

    return once(LocalActor.objects.filter(nonce=nonce, added_by=by), make)


@transaction.atomic
def change_actor(
    *,
    actor: LocalActor,
    version: int,
    kind: str,
    people_count: int,
    heard_on: date,
    by: Person,
    name: str = "",
    women_count: int | None = None,
    words: str = "",
) -> LocalActor:
    """Correct who was heard; SavedMeanwhile where another was quicker. Another name needs another agreement."""
    rules.can_edit(queries.place_now(by, actor.visit), actor.added_by).require()
    _check_day(actor.visit, heard_on)
    held = LocalActor.objects.select_for_update(of=("self",)).select_related("added_by").get(pk=actor.pk)
    if held.version != version:
        raise SavedMeanwhile(held.added_by, held.words, held.version)
    name = " ".join(name.split())
    if held.named and name != held.name:
        take_name_back(actor=held, by=by)
        held.named = False
    held.kind, held.name, held.words = kind, name, words.strip()
    held.people_count, held.women_count, held.heard_on = people_count, women_count, heard_on
    held.version += 1
    held.save()
    Voice.objects.filter(actor=held).update(kind=kind, people_count=people_count)
    if not held.named:
        showing.unname_voice(held)
    return held


@transaction.atomic
def note_name(*, actor: LocalActor, words: str, by: Person) -> None:
    """They agree to be named in public; `words` say how they said so."""
    rules.can_note_name(queries.place_now(by, actor.visit), actor).require()
    held = LocalActor.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    if held.named:
        return
    Consent.objects.create(
        visit_id=held.visit_id,
        actor=held,
        said=Photo.Faces.AGREED,
        words=words.strip(),
        noted_by=by,
        noted_at=timezone.now(),
    )
    held.named = True
    held.save(update_fields=["named"])
    showing.name_voice(held)


@transaction.atomic
def take_name_back(*, actor: LocalActor, by: Person) -> bool:
    """They do not want to be named any more: the name leaves the story at once.

    Answers whether the story had to be withheld, because its own words tell the name.
    """
    rules.can_take_name_back(queries.place_now(by, actor.visit)).require()
    held = LocalActor.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    Consent.objects.filter(actor=held, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
    held.named = False
    held.save(update_fields=["named"])
    return showing.unname_voice(held)


def observe(
    *,
    visit: Visit,
    nonce: UUID,
    theme: Theme,
    text: str,
    seen_on: date,
    by: Person,
    place: str = "",
    position: Degrees | None = None,
) -> Observation:
    """Write down an observation. A position is kept only where it is given here, by the observer's own choice."""
    rules.can_observe(queries.place_now(by, visit)).require()
    _check_day(visit, seen_on)

    def make() -> Observation:
        made = Observation.objects.create(
            visit=visit, nonce=nonce, theme=theme, text=text.strip(), seen_on=seen_on, place=place.strip(), by=by
        )
        _keep_position(made, position, by)
        return made

    return once(Observation.objects.filter(nonce=nonce, by=by), make)


def _keep_position(observation: Observation, position: Degrees | None, by: Person) -> None:
    if position is None:
        Position.objects.filter(observation=observation).delete()
        return
    latitude, longitude = position
    Position.objects.update_or_create(
        observation=observation,
        defaults={"visit_id": observation.visit_id, "latitude": latitude, "longitude": longitude, "kept_by": by},
    )


@transaction.atomic
def change_observation(
    *,
    observation: Observation,
    version: int,
    theme: Theme,
    text: str,
    seen_on: date,
    by: Person,
    place: str = "",
    position: Degrees | None = None,
) -> Observation:
    """Correct an observation; what it said before stays in the history. SavedMeanwhile where another was quicker."""
    stands = queries.place_now(by, observation.visit)
    rules.can_edit(stands, observation.by).require()
    _check_day(observation.visit, seen_on)
    held = Observation.objects.select_for_update(of=("self",)).select_related("by").get(pk=observation.pk)
    if held.version != version:
        raise SavedMeanwhile(held.by, held.text, held.version)
    held.theme, held.text, held.seen_on, held.place = theme, text.strip(), seen_on, place.strip()
    held.version += 1
    held.save()
    _keep_position(held, position, by)
    return held
