"""Who may do what on a field visit; each with the reason why not. `place` is how the person stands to the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from eprm.groups.models import GroupMember
from eprm.people.models import Membership, Person
from eprm.people.rules import YES, Ruling
from eprm.ui import words
from eprm.visits import lifecycle
from eprm.visits.models import Delegate, FollowUp, LocalActor, Photo, Visit

State = Visit.State
WRITES = (Membership.Role.MANAGER, Membership.Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Place:
    """A visit as one person stands to it: `delegate` is their row in the delegation, whatever its state, or None.

    `leads` is true while they are of the secretariat, or in the group the visit belongs to.
    """

    visit: Visit
    person: Person
    delegate: Delegate | None
    leads: bool

    @property
    def goes(self) -> bool:
        return self.delegate is not None and self.delegate.state == Delegate.State.ACCEPTED

    @property
    def manages(self) -> bool:
        return self.leads or self.person.is_secretariat


def can_plan(person: Person, member: GroupMember | None = None) -> Ruling:
    """Plan a visit of the partnership: the secretariat. One of a group: its facilitators, whose row is `member`."""
    if person.is_authenticated and person.is_secretariat:
        return YES
    if member is not None and member.is_facilitator and member.group.ended_at is None:
        return YES
    return Ruling(
        _("The secretariat plans field visits; facilitators do so for their group. Write to it where you want to go.")
    )


def can_manage(place: Place) -> Ruling:
    """Change the plan, invite, report: whoever leads, and the secretariat."""
    if place.manages:
        return YES
    return Ruling(
        _("%(lead)s leads “%(visit)s” and decides this with the secretariat.")
        % {"lead": place.visit.lead, "visit": place.visit}
    )


def can_change(place: Place) -> Ruling:
    if not (managing := can_manage(place)):
        return managing
    return _open(place.visit)


def _open(visit: Visit) -> Ruling:
    if visit.state == State.CANCELLED:
        return Ruling(_("“%(visit)s” is cancelled. Plan a new visit.") % {"visit": visit})
    if visit.state == State.CLOSED:
        return Ruling(_("“%(visit)s” is closed. Whoever leads it can open it again.") % {"visit": visit})
    return YES


def can_move(place: Place, to: str, on: date) -> Ruling:
    """Go on to another state; a visit is not under way before its first day."""
    if not (managing := can_manage(place)):
        return managing
    visit = place.visit
    if to not in lifecycle.MOVES[visit.state]:
        return Ruling(
            _("“%(visit)s” is “%(now)s” and cannot become “%(then)s”.")
            % {"visit": visit, "now": visit.get_state_display(), "then": dict(State.choices).get(to, to)}
        )
    if to == State.UNDER_WAY and on < visit.starts_on:
        return Ruling(
            _("The visit begins on %(day)s. Change its first day if the delegation has left already.")
            % {"day": words.day(visit.starts_on)}
        )
    return YES


def can_take_over(place: Place) -> Ruling:
    """Lead the visit in place of whoever does: the secretariat, since somebody must be able to in an emergency."""
    if place.leads:
        return Ruling(_("You lead “%(visit)s” already.") % {"visit": place.visit})
    if not place.person.is_secretariat:
        return Ruling(_("Somebody of the secretariat can take over “%(visit)s”.") % {"visit": place.visit})
    return YES


def can_answer(place: Place) -> Ruling:
    """Say whether one comes; changed as often as one likes until the visit is over."""
    if place.delegate is None or place.delegate.state == Delegate.State.WITHDRAWN:
        return Ruling(_("You are not invited to “%(visit)s”.") % {"visit": place.visit})
    return _open(place.visit)


def can_read_safety(place: Place) -> Ruling:
    """The delegation and whoever leads it. Nobody else of the secretariat: each reader more is a risk more."""
    if place.goes or place.leads:
        return YES
    if place.person.is_secretariat:
        return Ruling(
            _("Safety notes are for the delegation and for %(lead)s, who leads it. Who must know takes over the lead.")
            % {"lead": place.visit.lead}
        )
    return Ruling(_("Safety notes are for those who go: say first that you come."))


def can_write_safety(place: Place) -> Ruling:
    return can_read_safety(place) and _open(place.visit)


def can_observe(place: Place) -> Ruling:
    """Write down what was seen, who was heard and what follows: those who go and whoever leads, once it has begun."""
    if not (place.goes or place.leads):
        return Ruling(_("Those who go on “%(visit)s” write down what they see.") % {"visit": place.visit})
    if not (open_ := _open(place.visit)):
        return open_
    if place.visit.state == State.PLANNED:
        return Ruling(_("Observations begin with the visit. Whoever leads it says when it is under way."))
    return YES


def can_edit(place: Place, writer: Person) -> Ruling:
    """Correct what somebody wrote down: they themselves, and whoever leads."""
    if not (observing := can_observe(place)):
        return observing
    if writer.pk == place.person.pk or place.leads:
        return YES
    return Ruling(_("%(person)s wrote this down; they and whoever leads can change it.") % {"person": writer})


def can_edit_follow_up(place: Place, follow_up: FollowUp) -> Ruling:
    """Another day, another owner: whoever says what follows, while it is open; of a group's task, its rules too."""
    if not (following := can_follow_up(place)):
        return following
    if follow_up.done_at is not None:
        return Ruling(_("This is done. Open it again first."))
    return YES


def can_state_faces(place: Place, photo: Photo) -> Ruling:
    """Say whose faces a photo shows: those who were there, also after the visit is closed."""
    if photo.withdrawn_at is not None:
        return Ruling(_("This photo is withdrawn."))
    if place.goes or place.leads:
        return YES
    return Ruling(_("Those who were there say whose faces a photo shows."))


def can_withdraw_photo(place: Place, photo: Photo) -> Ruling:
    """At any time, by anybody who was there and by the secretariat: whoever is asked to take it back can do it."""
    if photo.withdrawn_at is not None:
        return Ruling(_("This photo is withdrawn already."))
    if place.goes or place.manages:
        return YES
    return Ruling(_("Those who were there and the secretariat withdraw photos."))


def can_note_name(place: Place, actor: LocalActor) -> Ruling:
    if not actor.name:
        return Ruling(_("There is no name to show. Add it first."))
    if place.goes or place.leads:
        return YES
    return Ruling(_("Those who heard them note what they have agreed to."))


def can_take_name_back(place: Place) -> Ruling:
    if place.goes or place.manages:
        return YES
    return Ruling(_("Those who heard them and the secretariat take a name back."))


def can_follow_up(place: Place) -> Ruling:
    """Say who does what about a finding; also after the visit is closed."""
    if not (place.goes or place.manages):
        return Ruling(_("The delegation and the secretariat say what follows."))
    if place.visit.state == State.CANCELLED:
        return _open(place.visit)
    return YES


def can_finish(person: Person, follow_up: FollowUp, place: Place | None) -> Ruling:
    """Mark as done or open again: whoever has to do it, their organisation, and whoever manages the visit."""
    theirs = follow_up.owner_id == person.pk
    works = follow_up.organisation_id is not None and person.role_in(follow_up.organisation_id) in WRITES
    if theirs or works or (place is not None and place.manages):
        return YES
    return Ruling(
        _("%(owner)s does this, and marks it as done.") % {"owner": follow_up.owner or follow_up.organisation}
    )


def can_report(place: Place) -> Ruling:
    """Write the report and the story, once the delegation has left."""
    if not (managing := can_manage(place)):
        return managing
    if place.visit.state not in lifecycle.BEGUN:
        return Ruling(_("There is nothing to report before the visit has begun."))
    return YES


def can_appear(publish_on: date, first: date) -> Ruling:
    """A story waits until nobody can be found by it."""
    if publish_on < first:
        return Ruling(
            _("A story appears on %(first)s at the earliest, so that nobody can be found by it. You wrote %(day)s.")
            % {"first": words.day(first), "day": words.day(publish_on)}
        )
    return YES


def can_keep_editions(person: Person) -> Ruling:
    if person.is_authenticated and person.is_secretariat:
        return YES
    return Ruling(_("The secretariat keeps the themes and the delay."))
