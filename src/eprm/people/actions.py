"""Every write about people and organisations."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.outbox import post
from eprm.people import queries, rules
from eprm.people.models import ApiToken, Invitation, Membership, Organisation, Person

INVITED_FOR = timedelta(days=14)
TOKEN_AT_MOST = timedelta(days=366)
INVITATION_MAIL = "people.invitation"
TOKEN_PREFIX = "eprm_"  # lets scanners find a token that leaked into a repository  # noqa: S105


def save_profile(*, name: str, language: str, by: Person) -> Person:
    """The person's own name and the language the site speaks to them."""
    by.name, by.language = name.strip(), language
    by.save(update_fields=["name", "language"])
    return by


def register_organisation(
    *, name: str, country: str, tier: str, by: Person, place: str = "", staff: int | None = None
) -> Organisation:
    """A new organisation with the person as its first manager."""
    rules.can_register_organisation(by, tier).require()
    with transaction.atomic():
        organisation = Organisation.objects.create(
            name=name.strip(), country=country, place=place.strip(), tier=tier, staff=staff
        )
        _join(by, organisation, Membership.Role.MANAGER)
    return organisation


def found_secretariat(*, name: str, country: str, place: str, by: Person) -> Organisation:
    """The one secretariat, with the person as its first manager. For whoever runs the site, on the command line."""
    if found := Organisation.objects.filter(tier=Organisation.Tier.SECRETARIAT).first():
        raise NotAllowed(_("There is a secretariat already: %(organisation)s.") % {"organisation": found})
    with transaction.atomic():
        organisation = Organisation.objects.create(
            name=name, country=country, place=place, tier=Organisation.Tier.SECRETARIAT
        )
        _join(by, organisation, Membership.Role.MANAGER)
    return organisation


def open_account(*, email: str, name: str, password: str, language: str = "en") -> Person:
    """An account whose address counts as confirmed. For whoever runs the site, on the command line.

    `password` is already hashed (`django.contrib.auth.hashers.make_password`).
    """
    email = email.strip().lower()
    with transaction.atomic():
        person = Person.objects.create(email=email, name=name, language=language, password=password)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def edit_organisation(
    organisation: Organisation,
    *,
    name: str,
    country: str,
    tier: str,
    by: Person,
    place: str = "",
    staff: int | None = None,
) -> Organisation:
    """Correct what an organisation says of itself; its history keeps what it said before."""
    rules.can_manage_people(by, organisation).require()
    if tier != organisation.tier:
        rules.can_register_organisation(by, tier).require()
    organisation.name, organisation.country, organisation.place = name.strip(), country, place.strip()
    organisation.tier, organisation.staff = tier, staff
    organisation.save()
    return organisation


def invite_person(organisation: Organisation, *, email: str, role: str, by: Person) -> tuple[Invitation, str]:
    """Offer a role to an e-mail address, and mail it the link: as `offer_role`."""
    with transaction.atomic():
        invitation, key = offer_role(organisation, email=email, role=role, by=by)
        _mail_invitation(invitation, key)
    return invitation, key


def offer_role(organisation: Organisation, *, email: str, role: str, by: Person) -> tuple[Invitation, str]:
    """An invitation, handed over without a mail. An older open one for the same address is replaced.

    Answers the invitation and the link's key, which nobody can read again later.
    """
    rules.can_manage_people(by, organisation).require()
    email = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, until=None, person__email__iexact=email).exists():
        raise NotAllowed(
            _("%(email)s works for %(organisation)s already.") % {"email": email, "organisation": organisation}
        )
    key, at = secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic():
        Invitation.objects.filter(
            organisation=organisation, email__iexact=email, accepted_at=None, withdrawn_at=None
        ).update(withdrawn_at=at)
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=email,
            role=role,
            digest=queries.digest_of(key),
            invited_by=by,
            expires_at=at + INVITED_FOR,
        )
    return invitation, key


def _mail_invitation(invitation: Invitation, key: str) -> None:
    known = Person.objects.filter(email__iexact=invitation.email).first()
    told = {"invitation": invitation, "address": settings.PUBLIC_URL + reverse("people:invitation_detail", args=[key])}
    with translation.override(known.language if known else invitation.invited_by.language):
        subject = _("%(organisation)s invites you to the EPRM platform") % {"organisation": invitation.organisation}
        text = render_to_string("people/mail/invitation.txt", told)
    post(
        to=invitation.email,
        subject=subject,
        text=text,
        kind=INVITATION_MAIL,
        person_id=known.pk if known else None,
        organisation_id=invitation.organisation_id,
    )


def withdraw_invitation(invitation: Invitation, *, by: Person) -> None:
    """Take an open invitation back: its link opens nothing any more."""
    rules.can_manage_people(by, invitation.organisation).require()
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


def accept_invitation(invitation: Invitation, *, by: Person) -> Membership:
    """The invited person joins. Somebody who works there already gets the offered role."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
        at = timezone.now()
        rules.can_accept_invitation(by, queries.confirmed_emails(by), locked, at).require()
        locked.accepted_at = at
        locked.save(update_fields=["accepted_at"])
        return _join(by, locked.organisation, locked.role)


def _join(person: Person, organisation: Organisation, role: str) -> Membership:
    membership, made = Membership.objects.get_or_create(
        person=person, organisation=organisation, until=None, defaults={"role": role, "since": timezone.localdate()}
    )
    if not made and membership.role != Membership.Role.MANAGER:
        membership.role = role
        membership.save(update_fields=["role"])
    person.__dict__.pop("current_memberships", None)  # read anew: it is kept for the length of a request
    return membership


def change_role(membership: Membership, *, role: str, by: Person) -> Membership:
    """Give a member another role; an organisation keeps a manager."""
    with transaction.atomic():
        managers = _locked_managers(membership.organisation)
        rules.can_change_role(by, membership, role, managers).require()
        membership.role = role
        membership.save(update_fields=["role"])
    return membership


def end_membership(membership: Membership, *, by: Person, on: date | None = None) -> Membership:
    """The person works there no longer; their tokens for it end too. What they did stays recorded."""
    with transaction.atomic():
        managers = _locked_managers(membership.organisation)
        rules.can_end_membership(by, membership, managers).require()
        membership.until = on or timezone.localdate()
        membership.save(update_fields=["until"])
        ApiToken.objects.filter(
            person=membership.person_id, organisation=membership.organisation_id, revoked_at=None
        ).update(revoked_at=timezone.now())
    return membership


def _locked_managers(organisation: Organisation) -> int:
    """How many managers there are; until the transaction ends nobody else can change that number."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return queries.manager_count(organisation)


def create_token(
    organisation: Organisation, *, label: str, may_write: bool, expires_at: datetime, by: Person
) -> tuple[ApiToken, str]:
    """A new API token and its key. The key is shown this once; only its digest is kept."""
    rules.can_make_token(by, organisation, may_write).require()
    if not timezone.now() < expires_at <= timezone.now() + TOKEN_AT_MOST:
        raise NotAllowed(_("A token ends within a year. Choose a day from tomorrow to a year from now."))
    key = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=by,
        organisation=organisation,
        label=label.strip(),
        digest=queries.digest_of(key),
        may_write=may_write,
        expires_at=expires_at,
    )
    return token, key


def revoke_token(token: ApiToken, *, by: Person) -> None:
    """End one's own token at once."""
    if token.person_id != by.pk:
        raise NotAllowed(_("This token belongs to somebody else."))
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def use_token(key: str) -> ApiToken | None:
    """The live token this key opens, noting its use (to the minute); None where it opens nothing.

    A token whose owner no longer works for the organisation, or may not sign in, opens nothing.
    """
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("person", "organisation")
        .filter(digest=queries.digest_of(key), revoked_at=None, expires_at__gt=now, person__is_active=True)
        .first()
    )
    if token is None or token.person.role_in(token.organisation_id) is None:
        return None
    if token.used_at is None or now - token.used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token
