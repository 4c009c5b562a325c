"""Who may see, write, decide and answer in the hub. Each rule answers with its reason."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from eprm.knowledge.models import ForWhom, Suggestion
from eprm.people import audiences
from eprm.people.models import Membership, Person
from eprm.people.rules import YES, Ruling

EDITORS, PUBLISHERS = "Editors", "Moderators"  # as Wagtail names its two groups


def is_editor(person: Person | AnonymousUser) -> bool:
    """Whether the person writes for the hub."""
    return person.is_authenticated and not person.group_names.isdisjoint((EDITORS, PUBLISHERS))


def can_see(person: Person | AnonymousUser, item: ForWhom) -> Ruling:
    """Whoever holds the item's key. What is for a group only does not exist for others: the caller answers 404."""
    if item.audience in audiences.keys_of(person):
        return YES
    return Ruling(
        _("This is for %(audience)s. Ask the secretariat if you should be among them.")
        % {"audience": audiences.name_of(item.audience)}
    )


def can_appoint_editors(person: Person) -> Ruling:
    """The secretariat's managers name who writes and who publishes."""
    if any(
        m.organisation.tier == m.organisation.Tier.SECRETARIAT and m.role == Membership.Role.MANAGER
        for m in person.current_memberships
    ):
        return YES
    return Ruling(_("The secretariat's managers name the editors of the hub; you are not one of them. Ask them."))


def appoints_editors(person: Person | AnonymousUser) -> bool:
    return person.is_authenticated and bool(can_appoint_editors(person))


def can_edit(person: Person | AnonymousUser) -> Ruling:
    if is_editor(person):
        return YES
    return Ruling(_("The editors of the hub do this. The secretariat names them; ask it if you should be one."))


def can_speak(person: Person | AnonymousUser, key: str) -> Ruling:
    """Publish news for a group: whoever speaks for it, as its facilitators do."""
    if key and any(voice.key == key for voice in audiences.voices_of(person)):
        return YES
    return Ruling(_("The facilitators of a group write its news. Ask one of them, or suggest it in a thread."))


def can_decide_suggestion(person: Person, suggestion: Suggestion) -> Ruling:
    """An editor decides, once."""
    if not (editing := can_edit(person)):
        return editing
    if suggestion.state != Suggestion.State.OPEN:
        return Ruling(
            _("%(person)s has decided this suggestion already: %(state)s.")
            % {"person": suggestion.decided_by or _("An editor"), "state": suggestion.get_state_display()}
        )
    return YES
