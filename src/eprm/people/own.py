"""What people itself keeps about a person, for that person: the copy of it, and its erasure."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base import personal
from eprm.base.models import Erasure
from eprm.people.models import (
    ApiToken,
    BoardSeat,
    Consent,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    Person,
    PersonLanguage,
)
from eprm.people.rules import YES, Ruling

Rows = list[dict[str, object]]


def export_account(person_id: int) -> Rows:
    """The account, its addresses, second factors and sessions, each row saying what it is."""
    told: Rows = [
        {"what": "account"} | Person.objects.values("email", "name", "language", "joined_at").get(pk=person_id)
    ]
    told += _each("e-mail address", EmailAddress.objects.filter(user=person_id).values("email", "verified", "primary"))
    told += _each("second factor", Authenticator.objects.filter(user=person_id).values("type", "created_at"))
    sessions = UserSession.objects.filter(user=person_id)
    return told + _each("session", sessions.values("ip", "user_agent", "created_at", "last_seen_at"))


def export_roles(person_id: int) -> Rows:
    """Roles, seats on the board, tokens, and invitations sent or received."""
    dated = ("organisation__name", "since", "until")
    told = _each("role", Membership.objects.filter(person=person_id).values(*dated, "role"))
    told += _each("seat on the board", BoardSeat.objects.filter(person=person_id).values(*dated, "pillar"))
    tokens = ApiToken.objects.filter(person=person_id)
    told += _each("API token", tokens.values("organisation__name", "label", "created_at", "expires_at", "used_at"))
    address = Person.objects.values_list("email", flat=True).get(pk=person_id)
    invitations = Invitation.objects.filter(Q(invited_by=person_id) | Q(email__iexact=address))
    return told + _each("invitation", invitations.values("organisation__name", "email", "role", "invited_at"))


def export_said(person_id: int) -> Rows:
    """What the person said about themselves: languages, requests to join and their answers, consents."""
    told = _each("language spoken", PersonLanguage.objects.filter(person=person_id).values("code"))
    asked = ("organisation__name", "sentence", "evidence", "asked_at", "outcome", "reason", "decided_at")
    told += _each("request to join", JoinRequest.objects.filter(person=person_id).values(*asked))
    agreed = ("wording__purpose", "wording__version", "given_at", "withdrawn_at")
    return told + _each("consent", Consent.objects.filter(person=person_id).values(*agreed))


def erase_said(person_id: int) -> None:
    """Languages go, requests lose their words, consents are taken back: from today nothing relies on them."""
    PersonLanguage.objects.filter(person=person_id).delete()
    asked = JoinRequest.objects.filter(person=person_id)
    asked.filter(outcome=JoinRequest.Outcome.WAITING).update(outcome=JoinRequest.Outcome.WITHDRAWN)
    asked.update(sentence="", evidence="")
    Consent.objects.filter(person=person_id, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _each(what: str, rows: Rows) -> Rows:
    return [{"what": what} | row for row in rows]


def erase_roles(person_id: int) -> None:
    """Roles and seats end today, tokens at once; invitations to the person are withdrawn."""
    address = Person.objects.values_list("email", flat=True).get(pk=person_id)
    today, now = timezone.localdate(), timezone.now()
    Membership.objects.filter(person=person_id, until=None).update(until=today)
    BoardSeat.objects.filter(person=person_id, until=None).update(until=today)
    ApiToken.objects.filter(person=person_id, revoked_at=None).update(revoked_at=now)
    ApiToken.objects.filter(person=person_id).update(label="")
    Invitation.objects.filter(email__iexact=address, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)


def erase_account(person_id: int) -> None:
    """The account closes for good: no name, no address, no way in. Its number stays, for what others rely on."""
    keys = UserSession.objects.filter(user=person_id).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    for model in (UserSession, EmailAddress, Authenticator):
        model.objects.filter(user=person_id).delete()
    Person.objects.filter(pk=person_id).update(
        email=f"erased-{person_id}@erased.invalid",
        name="",
        password=make_password(None),
        is_active=False,
        is_staff=False,
        last_login=None,
    )


def can_erase(person: Person) -> Ruling:
    """Everybody may leave, but not leave others without a manager."""
    for membership in person.current_memberships:
        if membership.role != Membership.Role.MANAGER:
            continue
        organisation = membership.organisation
        others = Membership.objects.filter(organisation=organisation, until=None).exclude(person=person)
        alone = not others.filter(role=Membership.Role.MANAGER).exists()
        if alone and (others.exists() or organisation.tier == Organisation.Tier.SECRETARIAT):
            return Ruling(
                _("You are the only manager of %(organisation)s. Make somebody else a manager first, then come back.")
                % {"organisation": organisation}
            )
    return YES


def erase_person(*, by: Person) -> Erasure:
    """Erase one's own account, and every trace of name and address. Cannot be taken back."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=by.pk)
        can_erase(person).require()
        names, addresses = _known_as(person)
        return personal.erase(person, names=names, addresses=addresses)


def _known_as(person: Person) -> tuple[set[str], set[str]]:
    """Every name and address the person ever had here."""
    history = list(Person.pgh_event_model.objects.filter(pgh_obj=person.pk).values_list("name", "email"))
    addresses = set(EmailAddress.objects.filter(user=person).values_list("email", flat=True))
    return (
        {name for name, _email in history} | {person.name},
        {email for _name, email in history} | {person.email} | addresses,
    )
