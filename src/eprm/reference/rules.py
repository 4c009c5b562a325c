"""Who may load a list: the secretariat those everybody shares, an organisation's officers its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from eprm.people.models import Membership, Organisation, Person
from eprm.people.rules import YES, Ruling
from eprm.reference.models import ReferenceList

Kind = ReferenceList.Kind
WRITERS = frozenset({Membership.Role.MANAGER, Membership.Role.OFFICER})

# The smelter register is its publisher's compilation: each organisation loads it from a workbook it owns, for itself.
OWNED = frozenset({Kind.REGISTER})
# A status list may be public (the secretariat loads it for all) or come from a service an organisation pays for.
EITHER = frozenset({Kind.STATUS})

NOT_SECRETARIAT = Ruling(
    _("The secretariat keeps this list for everybody. Tell it if an edition is missing or a row is wrong.")
)
NO_ORGANISATION = Ruling(_("Lists are loaded for an organisation. Register yours, or ask to be invited, first."))
NOT_A_WRITER = Ruling(
    _("You may read here, but not load lists. A manager of your organisation can make you a compliance officer.")
)


def is_shared(kind: str, organisation: Organisation) -> bool:
    """Whether a release that this organisation loads of a list of this kind is everybody's."""
    if kind in OWNED:
        return False
    return kind not in EITHER or organisation.tier == Organisation.Tier.SECRETARIAT


def can_load(person: Person, kind: str, organisation: Organisation) -> Ruling:
    """Load a release of a list of this kind, working for this organisation."""
    if is_shared(kind, organisation):
        return can_keep_shared(person, organisation)
    return YES if person.role_in(organisation.pk) in WRITERS else NOT_A_WRITER


def can_keep_shared(person: Person, organisation: Organisation) -> Ruling:
    """Load, amend and confirm what everybody shares: an officer or manager of the secretariat."""
    if organisation.tier != Organisation.Tier.SECRETARIAT:
        return NOT_SECRETARIAT
    return YES if person.role_in(organisation.pk) in WRITERS else NOT_A_WRITER
