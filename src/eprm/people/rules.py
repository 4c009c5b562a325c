"""Who may do what with people and organisations. Each rule answers with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people.models import Invitation, JoinRequest, Membership, Organisation, Person
from eprm.people.scopes import choices, writes
from lode.identifiers import domain_of

Role = Membership.Role
MOST_WAITING = 5


@dataclass(frozen=True, slots=True)
class Ruling:
    """True where there is no reason against it. `require()` raises NotAllowed with the reason."""

    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return not self.reason

    def require(self) -> None:
        if self.reason:
            raise NotAllowed(str(self.reason))


YES = Ruling()


def can_register_organisation(person: Person, tier: str) -> Ruling:
    """Whoever has an account may register an organisation, but not as the secretariat."""
    if tier == Organisation.Tier.SECRETARIAT:
        return Ruling(_("There is one secretariat, and whoever runs this site sets it up. Choose another place."))
    return YES


def can_see_organisation(person: Person, organisation: Organisation) -> Ruling:
    """Its people, invitations and history are for those who work there."""
    if person.role_in(organisation.pk) is None:
        return Ruling(
            _("%(organisation)s shows this to its own people. One of its managers can invite you.")
            % {"organisation": organisation}
        )
    return YES


def can_manage_people(person: Person, organisation: Organisation) -> Ruling:
    """Managers edit the organisation and decide who works for it."""
    if not (seen := can_see_organisation(person, organisation)):
        return seen
    if person.role_in(organisation.pk) != Role.MANAGER:
        return Ruling(
            _("The managers of %(organisation)s decide who works for it; you are not one of them. Ask one of them.")
            % {"organisation": organisation}
        )
    return YES


def can_end_membership(person: Person, membership: Membership, managers: int) -> Ruling:
    """Managers end any membership, everybody their own. `managers` is how many the organisation has now."""
    if membership.until is not None:
        return Ruling(_("This membership has ended already."))
    if membership.person_id != person.pk and not (managing := can_manage_people(person, membership.organisation)):
        return managing
    return _leaves_a_manager(membership, managers)


def can_change_role(person: Person, membership: Membership, role: str, managers: int) -> Ruling:
    """Managers change roles. `managers` is how many the organisation has now."""
    if not (managing := can_manage_people(person, membership.organisation)):
        return managing
    if membership.until is not None:
        return Ruling(_("This membership has ended already."))
    return YES if role == Role.MANAGER else _leaves_a_manager(membership, managers)


def _leaves_a_manager(membership: Membership, managers: int) -> Ruling:
    if membership.role == Role.MANAGER and managers < 2:
        return Ruling(
            _("%(person)s is the only manager of %(organisation)s. Make somebody else a manager first.")
            % {"person": membership.person, "organisation": membership.organisation}
        )
    return YES


def can_accept_invitation(person: Person, emails: set[str], invitation: Invitation, at: datetime) -> Ruling:
    """An invitation is for its address: `emails` are the person's confirmed addresses in lower case."""
    if invitation.email.lower() not in emails:
        return Ruling(
            _("This invitation is for %(invited)s; you are signed in as %(person)s. Sign in with that address.")
            % {"invited": invitation.email, "person": person.email}
        )
    if invitation.accepted_at is not None:
        return Ruling(_("This invitation has been used already."))
    if invitation.withdrawn_at is not None:
        return Ruling(
            _("%(organisation)s has withdrawn this invitation. Ask one of its managers.")
            % {"organisation": invitation.organisation}
        )
    if invitation.expires_at <= at:
        return Ruling(
            _("This invitation has expired. Ask a manager of %(organisation)s for a new one.")
            % {"organisation": invitation.organisation}
        )
    return YES


def can_make_token(person: Person, organisation: Organisation, scopes: Sequence[str]) -> Ruling:
    """A token does at most what its owner may do: a reader's token only reads. It is for something, and known."""
    if not (seen := can_see_organisation(person, organisation)):
        return seen
    known = {scope for scope, _words in choices()}
    if not scopes or not known.issuperset(scopes):
        return Ruling(_("Choose what the token may do: at least one of the things on the list."))
    if writes(scopes) and person.role_in(organisation.pk) == Role.READER:
        return Ruling(
            _("You are a reader of %(organisation)s, so your token can only read.") % {"organisation": organisation}
        )
    return YES


def can_keep_directory(person: Person) -> Ruling:
    """The secretariat lists organisations, names partners, keeps the vocabulary and merges what is there twice."""
    if not person.is_secretariat:
        return Ruling(_("The secretariat keeps the directory, and you do not work for it. Tell it what is wrong."))
    return YES


def can_edit_organisation(person: Person, organisation: Organisation, has_people: bool) -> Ruling:
    """Managers speak for their organisation; for one without people here the secretariat does."""
    if person.is_secretariat and not has_people:
        return YES
    return can_manage_people(person, organisation)


def can_ask_to_join(person: Person, organisation: Organisation, waiting: int) -> Ruling:
    """Whoever has an account may ask; `waiting` is how many of the person's requests have no answer yet."""
    if person.role_in(organisation.pk) is not None:
        return Ruling(_("You work for %(organisation)s already.") % {"organisation": organisation})
    if organisation.tier == Organisation.Tier.SECRETARIAT:
        return Ruling(_("The secretariat invites its own people; nobody asks to join it."))
    if waiting >= MOST_WAITING:
        return Ruling(
            _("%(count)s of your requests wait for an answer. Withdraw one, or wait for its answer.")
            % {"count": waiting}
        )
    return YES


def can_answer_request(person: Person, request: JoinRequest, managers: int) -> Ruling:
    """The managers answer; where the organisation has none (`managers`), the secretariat does."""
    if request.outcome != JoinRequest.Outcome.WAITING:
        return Ruling(
            _("This request is %(outcome)s already.") % {"outcome": request.get_outcome_display()},
        )
    if managers:
        return can_manage_people(person, request.organisation)
    if not person.is_secretariat:
        return Ruling(
            _("%(organisation)s has no manager here yet, so the secretariat answers this request.")
            % {"organisation": request.organisation}
        )
    return YES


def can_withdraw_request(person: Person, request: JoinRequest) -> Ruling:
    if request.person_id != person.pk:
        return Ruling(_("%(person)s made this request and can withdraw it.") % {"person": request.person})
    if request.outcome != JoinRequest.Outcome.WAITING:
        return Ruling(_("This request is %(outcome)s already.") % {"outcome": request.get_outcome_display()})
    return YES


def can_claim_domain(person: Person, emails: set[str], domain: str) -> Ruling:
    """A domain is the organisation's where the manager has a confirmed address at it, or the secretariat says so."""
    if domain not in {domain_of(email) for email in emails}:
        return Ruling(
            _("You have no confirmed address at “%(domain)s”. Add one under E-mail addresses, or ask the secretariat.")
            % {"domain": domain}
        )
    return YES


def can_merge(person: Person, loser: Organisation, winner: Organisation) -> Ruling:
    """The secretariat merges two that are the same; never itself, and never one that is merged already."""
    if not (keeping := can_keep_directory(person)):
        return keeping
    if loser.pk == winner.pk:
        return Ruling(_("This is one organisation, not two. Choose another one to keep."))
    for each in (loser, winner):
        if each.merged_into_id is not None:
            return Ruling(
                _("%(organisation)s was merged into another already. Choose that one.") % {"organisation": each}
            )
    if Organisation.Tier.SECRETARIAT in (loser.tier, winner.tier):
        return Ruling(_("The secretariat is not merged with anybody."))
    return YES


def can_give_seat(person: Person, membership: Membership, pillar: str) -> Ruling:
    """The secretariat records who the partnership chose: somebody who works for an organisation of that pillar."""
    if not (keeping := can_keep_directory(person)):
        return keeping
    if membership.until is not None:
        return Ruling(_("This membership has ended already."))
    if membership.organisation.pillar != pillar:
        return Ruling(
            _("%(organisation)s is not of the pillar “%(pillar)s”. Choose its own, or correct the organisation first.")
            % {"organisation": membership.organisation, "pillar": dict(Organisation.Pillar.choices).get(pillar, pillar)}
        )
    return YES
