"""Who comes: registering, the waiting list, cancelling, who was there.

Seats are given out under the event's lock, so the last one goes to one person only, and the others wait in the order
in which they came.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.events import letters, rules
from eprm.events.models import Event, Registration, Room
from eprm.groups.rules import pillar_of
from eprm.people.models import Person

JOB = "events"
State = Registration.State
# No address gets more than one mail in this time, however often somebody types it in.
PAUSE = timedelta(minutes=10)
# So many unconfirmed registrations an hour are no longer people.
MOST_UNCONFIRMED = 200


def lock(event_id: int) -> Event:
    """The event as it stands now, held until the transaction ends. For the job."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event_id)


def settle(event: Event) -> list[Registration]:
    """Give free seats to those who wait, longest first; answers who got one. Under the event's lock, as the job."""
    rows = Registration.objects.filter(event=event)
    taken = rows.filter(state=State.SEAT).count()
    waiting = rows.filter(state=State.WAITING).order_by("in_line_since", "pk")
    free = None if event.capacity is None else max(0, event.capacity - taken)
    moved = list(waiting[:free]) if event.cancelled_at is None else []
    for registration in moved:
        registration.state = State.SEAT
        registration.save(update_fields=["state"])
    event.seats_taken, event.waiting_count = taken + len(moved), waiting.count()
    Event.objects.filter(pk=event.pk).update(seats_taken=event.seats_taken, waiting_count=event.waiting_count)
    return moved


def room_of(event: Event) -> str:
    """The way in online. As the job or the organiser."""
    return Room.objects.filter(event=event).values_list("url", flat=True).first() or ""


def register(*, event: Event, by: Person, gender: str = "") -> Registration:
    """Register a person with an account, who gets a seat or the next place on the waiting list at once."""
    at = timezone.now()
    organisation = by.current_memberships[0].organisation if by.current_memberships else None
    with acting_as(by.pk, job=JOB):
        event = lock(event.pk)
        rules.can_register(event, at).require()
        found = _row(event, by.email)
        if found.pk and found.person_id not in (None, by.pk):
            raise NotAllowed(_("%(email)s is registered by another account.") % {"email": by.email})
        if found.state in (State.SEAT, State.WAITING) and found.person_id == by.pk:
            raise NotAllowed(_("You are registered for “%(event)s” already.") % {"event": event})
        found.person, found.name, found.gender = by, by.name, gender
        found.organisation = str(organisation or "")
        found.pillar = pillar_of(organisation) if organisation else ""
        found.country = organisation.country if organisation else ""
        return _line_up(event, found, at)


def register_visitor(
    *,
    event: Event,
    name: str,
    email: str,
    organisation: str = "",
    pillar: str = "",
    gender: str = "",
    country: str = "",
) -> None:
    """Register an address without an account: it is asked by mail to confirm, and holds no seat until then.

    The answer is the same whoever asks: that an address is registered already, its owner alone is told.
    """
    at = timezone.now()
    with acting_as(None, job=JOB):
        event = lock(event.pk)
        rules.can_register(event, at).require()
        found = _row(event, email)
        if found.pk and at - found.asked_at < PAUSE:
            return
        if found.state in (State.SEAT, State.WAITING):
            Registration.objects.filter(pk=found.pk).update(asked_at=at)
            letters.post_letter(found.state, found, event, link=_way_in(found, event))
            return
        _keep_out_machines(event, at)
        found.person, found.name, found.organisation = None, " ".join(name.split()), " ".join(organisation.split())
        found.pillar, found.gender, found.state, found.asked_at = pillar, gender, State.ASKED, at
        found.country = country
        found.language = get_language() or "en"
        found.save()
        letters.post_letter(letters.CONFIRM, found, event)


def _keep_out_machines(event: Event, at: datetime) -> None:
    asked = Registration.objects.filter(event=event, state=State.ASKED, asked_at__gt=at - timedelta(hours=1))
    if asked.count() >= MOST_UNCONFIRMED:
        raise NotAllowed(_("Too many registrations came in this hour. Try again in an hour, or sign in first."))


def _row(event: Event, email: str) -> Registration:
    found = Registration.objects.filter(event=event, email__iexact=email.strip()).first()
    return found or Registration(event=event, email=email.strip(), state=State.ASKED, asked_at=timezone.now())


def _line_up(event: Event, registration: Registration, at: datetime) -> Registration:
    """Put at the end of the line, then give out what is free."""
    registration.language = get_language() or "en"
    registration.state, registration.asked_at, registration.in_line_since = State.WAITING, at, timezone.now()
    registration.day_reminder_at = registration.hour_reminder_at = registration.attended = None
    registration.save()
    for moved in settle(event):
        if moved.pk == registration.pk:
            registration.state = moved.state
        else:
            letters.post_letter(letters.MOVED_UP, moved, event, link=room_of(event))
    letters.post_letter(registration.state, registration, event, link=_way_in(registration, event))
    return registration


def _way_in(registration: Registration, event: Event) -> str:
    return room_of(event) if registration.state == State.SEAT else ""


def confirm(*, signed: str) -> Registration | None:
    """The owner of an address confirms; None for a link we did not make. Confirming twice changes nothing."""
    at = timezone.now()
    with acting_as(None, job=JOB):
        found = _of_link(signed)
        if found is None:
            return None
        event = lock(found.event_id)
        found.refresh_from_db()
        if found.state == State.ASKED:
            rules.can_register(event, at).require()
            _line_up(event, found, at)
        return found


def cancel_by_link(*, signed: str) -> Registration | None:
    with acting_as(None, job=JOB):
        found = _of_link(signed)
        if found is not None:
            _leave(found)
        return found


def cancel(*, registration: Registration, by: Person) -> None:
    """Give one's own place back; whoever waits longest gets it and is told."""
    if registration.person_id != by.pk:
        raise NotAllowed(_("Only %(name)s can cancel this registration.") % {"name": registration.name})
    with acting_as(by.pk, job=JOB):
        _leave(registration)


def _leave(registration: Registration) -> None:
    event = lock(registration.event_id)
    registration.refresh_from_db()
    if registration.state == State.CANCELLED:
        return
    if event.starts_at <= timezone.now():
        raise NotAllowed(_("“%(event)s” has begun; a place is given back before that.") % {"event": event})
    registration.state, registration.in_line_since = State.CANCELLED, None
    registration.save(update_fields=["state", "in_line_since"])
    letters.post_letter(letters.LEFT, registration, event)
    for moved in settle(event):
        letters.post_letter(letters.MOVED_UP, moved, event, link=room_of(event))


def _of_link(signed: str) -> Registration | None:
    told = letters.read_address(signed)
    if told is None:
        return None
    return Registration.objects.filter(pk=told[0], email__iexact=told[1]).exclude(email="").first()


@transaction.atomic
def note_attendance(*, event: Event, came: set[int], by: Person) -> int:
    """Say who of those with a seat was there; answers how many. Said again, the last word counts."""
    rules.can_note_attendance(by, event, timezone.now()).require()
    seated = Registration.objects.filter(event=event, state=State.SEAT)
    seated.exclude(pk__in=came).update(attended=False)
    return seated.filter(pk__in=came).update(attended=True)
