"""Who may announce, keep and join an event; each with the reason why not."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from eprm.events.models import Event
from eprm.groups.models import GroupMember
from eprm.people.models import Person
from eprm.people.rules import YES, Ruling
from eprm.ui import words


def can_announce(person: Person, member: GroupMember | None = None) -> Ruling:
    """Announce to everybody: the secretariat. To a group: its facilitators, whose row is `member`."""
    if member is not None:
        if member.is_facilitator and member.group.ended_at is None:
            return YES
        return Ruling(
            _("The facilitators of %(group)s announce its events. Ask one of them.") % {"group": member.group}
        )
    if person.is_authenticated and person.is_secretariat:
        return YES
    return Ruling(
        _("The secretariat announces events; facilitators do so for their group. Write to it what you want to hold.")
    )


def can_organise(person: Person, event: Event) -> Ruling:
    """See who comes, change, cancel, note who was there: the organiser alone."""
    if person.is_authenticated and event.organiser_id == person.pk:
        if event.group_id is not None or person.is_secretariat:
            return YES
        return Ruling(
            _("You have left the secretariat. One of its people can take over “%(event)s”.") % {"event": event}
        )
    return Ruling(
        _("%(organiser)s organises “%(event)s”, and alone sees and decides this.")
        % {"organiser": event.organiser, "event": event}
    )


def can_take_over(person: Person, event: Event, member: GroupMember | None) -> Ruling:
    """Become the organiser, where the organiser cannot go on: whoever could have announced it."""
    if person.is_authenticated and event.organiser_id == person.pk:
        return Ruling(_("You organise “%(event)s” already.") % {"event": event})
    if event.group_id is not None and member is None:
        return Ruling(_("The facilitators of the group can take over “%(event)s”.") % {"event": event})
    return can_announce(person, member if event.group_id is not None else None)


def can_change(person: Person, event: Event, at: datetime) -> Ruling:
    if not (organising := can_organise(person, event)):
        return organising
    if event.cancelled_at is not None:
        return Ruling(_("“%(event)s” is cancelled. Announce a new event.") % {"event": event})
    if event.ends_at <= at:
        return Ruling(_("“%(event)s” is over; what took place stays as it was.") % {"event": event})
    return YES


def can_register(event: Event, at: datetime) -> Ruling:
    """Ask for a seat, by somebody who may see the event."""
    if event.cancelled_at is not None:
        return Ruling(_("“%(event)s” is cancelled.") % {"event": event})
    if event.ends_at <= at:
        return Ruling(
            _("“%(event)s” ended on %(moment)s. Its materials stand on its page.")
            % {"event": event, "moment": words.moment(event.ends_at)}
        )
    return YES


def can_note_attendance(person: Person, event: Event, at: datetime) -> Ruling:
    if not (organising := can_organise(person, event)):
        return organising
    if event.cancelled_at is not None or event.starts_at > at:
        return Ruling(_("Who was there is noted once “%(event)s” has begun.") % {"event": event})
    return YES


def can_read_figures(person: Person) -> Ruling:
    """Events in figures: the secretariat and the board."""
    if person.is_authenticated and (person.is_secretariat or person.board_seat is not None):
        return YES
    return Ruling(_("The secretariat and the board read these figures. Ask the secretariat for them."))
