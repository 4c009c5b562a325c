"""Who may do what in the network of authorities and at a desk, each with the reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from eprm.authorities import lifecycle
from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling

if TYPE_CHECKING:
    from eprm.authorities.models import CompetentAuthority, Filing

WRITERS = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})


def can_keep_network(person: Person) -> Ruling:
    """Say which authorities there are, and set the dated rules."""
    if person.is_authenticated and person.is_secretariat:
        return YES
    return Ruling(_("The secretariat keeps the list of authorities. Tell it what is wrong, and it will mend it."))


def can_see_network(person: Person, authority: CompetentAuthority | None) -> Ruling:
    """Contacts, notes and questions. `authority` is the one the person works for, if any."""
    if person.is_authenticated and (authority is not None or person.is_secretariat):
        return YES
    return Ruling(
        _(
            "The authorities' contacts, notes and questions are for their own people and the secretariat. "
            "If you work for an authority, ask one of its managers to invite you."
        )
    )


def can_write_in_network(person: Person, authority: CompetentAuthority | None) -> Ruling:
    """Write a note, ask, answer: as the authority or as the secretariat."""
    if not (seen := can_see_network(person, authority)):
        return seen
    if authority is not None and person.role_in(authority.organisation_id) not in WRITERS and not person.is_secretariat:
        return Ruling(
            _("You read for %(authority)s; its officers and managers write. One of its managers can make you one.")
            % {"authority": authority}
        )
    return YES


def can_keep_contact(person: Person, authority: CompetentAuthority) -> Ruling:
    """An authority's own officers and managers keep its contacts; the secretariat may too."""
    if person.is_secretariat or person.role_in(authority.organisation_id) in WRITERS:
        return YES
    return Ruling(
        _("%(authority)s keeps its own contacts, and the secretariat helps; you work for neither.")
        % {"authority": authority}
    )


def can_file(person: Person, organisation: Organisation) -> Ruling:
    """Only an importer's own officers and managers file, and nobody in its name."""
    if person.role_in(organisation.pk) in WRITERS:
        return YES
    return Ruling(
        _(
            "Only officers and managers of %(organisation)s file with an authority. "
            "One of its managers can make you one."
        )
        % {"organisation": organisation}
    )


def can_withdraw(person: Person, filing: Filing, state: str) -> Ruling:
    """The importer takes a file back as long as the authority has not taken it up."""
    if not (filing_rule := can_file(person, filing.organisation)):
        return filing_rule
    if not lifecycle.is_possible("withdraw", state):
        return Ruling(
            _(
                "%(authority)s has taken this file up, so it stays. "
                "You can write to the authority, or file a correction."
            )
            % {"authority": filing.authority}
        )
    return YES


def can_correct(person: Person, filing: Filing, state: str) -> Ruling:
    """The importer files a correction in place of a file that is not answered yet."""
    if not (filing_rule := can_file(person, filing.organisation)):
        return filing_rule
    if not lifecycle.is_possible("correct", state):
        return Ruling(_("This file is closed, replaced or withdrawn. File the year anew."))
    return YES


def can_work_desk(person: Person, organisation: Organisation | None, authority: CompetentAuthority | None) -> Ruling:
    """Take up, check, write, answer: the authority's own officers and managers."""
    if authority is None or organisation is None:
        return Ruling(_("A desk belongs to a competent authority, and you do not work for one. Nobody else sees in."))
    if person.role_in(organisation.pk) not in WRITERS:
        return Ruling(
            _("You read at this desk; officers and managers of %(authority)s work there.") % {"authority": authority}
        )
    return YES


def can_write_message(person: Person, filing: Filing, state: str) -> Ruling:
    """Importer and authority write to each other while a file is open."""
    if not any(person.role_in(party) in WRITERS for party in (filing.organisation_id, filing.authority_id)):
        return Ruling(_("Officers and managers of the importer and of the authority write here; you only read."))
    if not lifecycle.is_possible("write", state):
        return Ruling(_("This file is closed, so nothing more is written in it."))
    return YES
