"""Who may do what with an organisation's suppliers and declarations, each with the reason why not.

A reader sees everything of their organisation; an officer and a manager also send, decide and accept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eprm.base.errors import Overtaken
from eprm.diligence import lifecycle
from eprm.people.models import Membership, Person
from eprm.people.rules import YES, Ruling
from eprm.ui.words import moment

if TYPE_CHECKING:
    from eprm.diligence.models import Upload

WRITERS = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})


NOT_A_WRITER = Ruling(
    gettext_lazy(
        "You may read here, but not change anything. A manager of your organisation can make you a compliance officer."
    )
)


def can_write(person: Person, organisation_id: int) -> Ruling:
    """Send files, keep suppliers, ask for declarations."""
    return YES if person.role_in(organisation_id) in WRITERS else NOT_A_WRITER


def can_decide(person: Person, upload: Upload) -> Ruling:
    """Say what a name on the smelter list means, or who sent the file."""
    return can_write(person, upload.organisation_id) and _in_state("decide", upload)


def can_assign(person: Person, upload: Upload) -> Ruling:
    """Say which supplier a file is from."""
    return can_write(person, upload.organisation_id) and _in_state("assign", upload)


def can_replace(person: Person, upload: Upload) -> Ruling:
    """Send a corrected file in its place."""
    return can_write(person, upload.organisation_id) and _in_state("replace", upload)


def can_return(person: Person, upload: Upload) -> Ruling:
    """Send it back to the supplier."""
    return can_write(person, upload.organisation_id) and _in_state("return", upload)


def can_accept(person: Person, upload: Upload) -> Ruling:
    """Only with no finding of level error and no open name, by an officer or a manager."""
    if not (ruling := can_write(person, upload.organisation_id)):
        return ruling
    is_checked = upload.state in (lifecycle.CHECKED, lifecycle.DECIDED, lifecycle.RETURNED)
    if is_checked and (reason := _what_stands_against(upload)):
        return Ruling(reason)
    return _in_state("accept", upload)


def require_acceptable(person: Person, upload: Upload) -> None:
    """As `can_accept`, raising; a colleague's acceptance a moment ago is told as the news it is."""
    if upload.state == lifecycle.ACCEPTED and can_write(person, upload.organisation_id):
        raise Overtaken(str(_state_reason(upload)))
    can_accept(person, upload).require()


def _what_stands_against(upload: Upload) -> str:
    errors = ngettext("the error is gone", "the %(count)d errors are gone", upload.error_count)
    names = ngettext("the open name is decided", "the %(count)d open names are decided", upload.open_count)
    said = {"errors": errors % {"count": upload.error_count}, "names": names % {"count": upload.open_count}}
    if upload.error_count and upload.open_count:
        return _("Possible when %(errors)s and %(names)s.") % said
    if upload.error_count:
        return _("Possible when %(errors)s: ask the supplier for a corrected file.") % said
    if upload.open_count:
        return _("Possible when %(names)s; a name marked as unsure waits for the supplier’s answer.") % said
    return ""


def _in_state(deed: str, upload: Upload) -> Ruling:
    return YES if lifecycle.is_possible(deed, upload.state) else Ruling(_state_reason(upload))


def _state_reason(upload: Upload) -> str:
    match upload.state:
        case lifecycle.RECEIVED:
            return _("The file is still being checked; this takes seconds.")
        case lifecycle.UNREADABLE:
            return _("The file cannot be read: send a new one in its place.")
        case lifecycle.CHECKED | lifecycle.DECIDED | lifecycle.RETURNED:
            return _("It was sent back to the supplier: send the corrected file in its place.")
        case lifecycle.ACCEPTED:
            said = {"person": upload.accepted_by, "moment": moment(upload.accepted_at)}
            return _("%(person)s accepted it on %(moment)s. A corrected file can replace it.") % said
        case _:
            return _("A newer file has replaced this one; work on that one.")
