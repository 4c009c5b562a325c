"""Planning a visit, moving it on, its programme and who leads it."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.groups.models import Group
from eprm.people.models import Person
from eprm.visits import letters, rules
from eprm.visits.actions import showing
from eprm.visits.actions.sending import SavedMeanwhile, once
from eprm.visits.models import Delegate, ProgrammeItem, SafetyNote, Visit
from eprm.visits.queries import visits as queries
from eprm.visits.rules import Place

State = Visit.State
PLANNED_BY_FORM = ("title", "purpose", "country", "region", "place", "minerals", "starts_on", "ends_on")
MOST_LINES = 200


def plan_visit(*, nonce: UUID, by: Person, group: Group | None = None, **facts: object) -> Visit:
    """Plan a visit, which `by` leads. The same `nonce` again, as when a form is sent twice, gives the same visit."""
    rules.can_plan(by, queries.member_for(by, group)).require()
    if group is not None and group not in queries.groups_to_go_for(by):
        raise NotAllowed(_("You cannot plan a visit for %(group)s.") % {"group": group})
    _check_days(facts["starts_on"], facts["ends_on"])
    return once(
        Visit.objects.filter(nonce=nonce, lead=by),
        lambda: Visit.objects.create(nonce=nonce, group=group, lead=by, **_tidy(facts)),
    )


def _check_days(starts_on: object, ends_on: object) -> None:
    if ends_on < starts_on:
        raise NotAllowed(_("The visit ends before it begins. Look at both days again."))


def _tidy(facts: dict[str, object]) -> dict[str, object]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}


@transaction.atomic
def lock_visit(visit: Visit, by: Person) -> Place:
    """The visit as it stands now, held until the transaction ends. For those the database lets write it."""
    rules.can_manage(queries.place_now(by, visit)).require()
    held = Visit.objects.select_for_update(of=("self",)).select_related("lead", "group").get(pk=visit.pk)
    return queries.place_of(by, held)


@transaction.atomic
def change_visit(*, visit: Visit, version: int, by: Person, **facts: object) -> Visit:
    """Change the plan. `version` is what the person's form began with; Overtaken where it is no longer the newest."""
    place = lock_visit(visit, by)
    rules.can_change(place).require()
    held = place.visit
    if held.version != version:
        raise Overtaken(_("“%(visit)s” was changed meanwhile. Look at it again first.") % {"visit": held})
    _check_days(facts.get("starts_on", held.starts_on), facts.get("ends_on", held.ends_on))
    for name, value in _tidy(facts).items():
        if name in PLANNED_BY_FORM:
            setattr(held, name, value)
    held.version += 1
    held.save()
    showing.follow_visit(held)
    return held


@transaction.atomic
def move_visit(*, visit: Visit, to: str, by: Person, reason: str = "") -> Visit:
    """On to its next state; a cancelled one with the reason, which the delegation is told."""
    place = lock_visit(visit, by)
    held = place.visit
    if held.state == to:
        return held
    rules.can_move(place, to, timezone.localdate()).require()
    if to == State.CANCELLED and not reason.strip():
        raise NotAllowed(_("Write why the visit does not take place; the delegation reads it on its page."))
    held.state = to
    if to == State.CANCELLED:
        held.cancelled_because = reason.strip()
        for delegate in queries.delegation_of(held).exclude(person=None).select_related("person"):
            if delegate.state != Delegate.State.DECLINED:
                letters.tell_cancelled(delegate, held)
    held.version += 1
    held.save()
    return held


@transaction.atomic
def take_over(*, visit: Visit, by: Person) -> Visit:
    """Lead the visit from now on. Whoever led it, and the delegation, are told: they share their safety notes now."""
    rules.can_take_over(queries.place_now(by, visit)).require()
    place = lock_visit(visit, by)
    rules.can_take_over(place).require()
    held, before = place.visit, place.visit.lead
    held.lead = by
    held.version += 1
    held.save()
    told = {delegate.person for delegate in queries.delegation_of(held).exclude(person=None).select_related("person")}
    for person in {before, *told} - {by}:
        letters.tell_new_lead(person, by, held)
    return held


@transaction.atomic
def add_line(
    *, visit: Visit, day: date, what: str, by: Person, at: time | None = None, place: str = ""
) -> ProgrammeItem:
    """A line of the programme, on a day of the visit. The same line twice is one line."""
    stands = queries.place_now(by, visit)
    rules.can_change(stands).require()
    if not visit.starts_on <= day <= visit.ends_on:
        raise NotAllowed(_("That day is not one of the visit’s days. Change them first if it lasts longer."))
    lines = ProgrammeItem.objects.filter(visit=visit)
    if lines.count() >= MOST_LINES:
        raise NotAllowed(_("The programme has %(count)d lines already. Take some out.") % {"count": MOST_LINES})
    made, _new = lines.get_or_create(visit=visit, day=day, at=at, what=what.strip(), place=place.strip())
    return made


def remove_line(*, line: ProgrammeItem, by: Person) -> None:
    rules.can_change(queries.place_now(by, line.visit)).require()
    line.delete()


@transaction.atomic
def write_safety(*, visit: Visit, text: str, version: int, by: Person) -> SafetyNote:
    """Write the safety notes anew. SavedMeanwhile where somebody saved others since `version`; 0 is none yet."""
    rules.can_write_safety(queries.place_now(by, visit)).require()
    empty = SafetyNote(visit=visit, text="", version=0, written_by=by, written_at=timezone.now())
    SafetyNote.objects.bulk_create([empty], ignore_conflicts=True)
    note = SafetyNote.objects.select_for_update(of=("self",)).select_related("written_by").get(visit=visit)
    if note.version not in (0, version):
        raise SavedMeanwhile(note.written_by, note.text, note.version)
    note.text, note.version = text.strip(), version + 1
    note.written_by, note.written_at = by, timezone.now()
    note.save()
    return note
