"""Who goes: inviting people and guests, answering, withdrawing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.groups.rules import pillar_of
from eprm.people.models import Person
from eprm.visits import letters, rules
from eprm.visits.models import Delegate, Visit
from eprm.visits.queries import visits as queries

State = Delegate.State
MOST_DELEGATES = 100


def _room_for_one_more(visit: Visit) -> None:
    if queries.delegation_of(visit).count() >= MOST_DELEGATES:
        raise NotAllowed(_("%(count)d people are in this delegation already.") % {"count": MOST_DELEGATES})


@transaction.atomic
def invite(*, visit: Visit, person: Person, by: Person, role: str = "", pillar: str = "") -> Delegate:
    """Invite somebody with an account, who is told by mail. Their pillar is their organisation's, unless it is given.

    Whoever leads and goes along, too, has said so by adding themselves.
    """
    rules.can_change(queries.place_now(by, visit)).require()
    if not queries.whom_to_invite(by, visit).filter(pk=person.pk).exists():
        raise NotAllowed(_("You invite members of the visit’s group; the secretariat invites others."))
    known = Delegate.objects.select_for_update(of=("self",)).filter(visit=visit, person=person).first()
    if known is not None and known.state in (State.INVITED, State.ACCEPTED):
        raise NotAllowed(_("%(person)s is in the delegation already.") % {"person": person})
    _room_for_one_more(visit)
    organisation = person.current_memberships[0].organisation if person.current_memberships else None
    delegate = known or Delegate(visit=visit, person=person)
    delegate.name, delegate.role = person.name, role.strip()
    delegate.organisation_name = str(organisation or "")
    delegate.pillar = pillar or (pillar_of(organisation) if organisation else "")
    delegate.state = State.ACCEPTED if person.pk == by.pk else State.INVITED
    delegate.answered_at = timezone.now() if person.pk == by.pk else None
    delegate.save()
    if person.pk != by.pk:
        letters.invite(delegate, visit, by)
    return delegate


@transaction.atomic
def add_guest(
    *, visit: Visit, name: str, by: Person, organisation_name: str = "", pillar: str = "", role: str = ""
) -> Delegate:
    """Somebody without an account, who has told the lead that they come. The same guest twice is one."""
    rules.can_change(queries.place_now(by, visit)).require()
    name = " ".join(name.split())
    same = Delegate.objects.filter(visit=visit, person=None, name__iexact=name, state=State.ACCEPTED).first()
    if same is not None:
        return same
    _room_for_one_more(visit)
    return Delegate.objects.create(
        visit=visit,
        name=name,
        organisation_name=" ".join(organisation_name.split()),
        pillar=pillar,
        role=role.strip(),
        state=State.ACCEPTED,
        answered_at=timezone.now(),
    )


@transaction.atomic
def answer(*, visit: Visit, comes: bool, by: Person) -> Delegate:
    """Say whether one comes. Said again, the last word counts."""
    place = queries.place_now(by, visit)
    rules.can_answer(place).require()
    delegate = Delegate.objects.select_for_update(of=("self",)).get(pk=place.delegate.pk)
    if delegate.state == State.WITHDRAWN:
        raise NotAllowed(_("The invitation was withdrawn meanwhile."))
    delegate.state = State.ACCEPTED if comes else State.DECLINED
    delegate.answered_at = timezone.now()
    delegate.save()
    return delegate


@transaction.atomic
def withdraw_delegate(*, delegate: Delegate, by: Person) -> None:
    """Take somebody out of the delegation; they read nothing more of the visit. A guest's name goes with them."""
    visit = delegate.visit
    rules.can_change(queries.place_now(by, visit)).require()
    held = Delegate.objects.select_for_update(of=("self",)).get(pk=delegate.pk)
    held.state, held.answered_at = State.WITHDRAWN, timezone.now()
    if held.person_id is None:
        held.name = held.organisation_name = ""
    held.save()
