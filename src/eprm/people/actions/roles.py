"""Who works for whom: invitations, roles and their end."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base import limits
from eprm.base.errors import NotAllowed
from eprm.base.outbox import post
from eprm.people import queries, rules
from eprm.people.models import ApiToken, Invitation, Membership, Organisation, Person

INVITED_FOR = timedelta(days=14)
INVITATIONS = limits.Limit("invitations", most=100, seconds=86_400)
INVITATION_MAIL = "people.invitation"


def invite_person(organisation: Organisation, *, email: str, role: str, by: Person) -> tuple[Invitation, str]:
    """Offer a role to an e-mail address, and mail it the link: as `offer_role`."""
    with transaction.atomic():
        invitation, key = offer_role(organisation, email=email, role=role, by=by)
        if (wait := limits.take(INVITATIONS, by.pk)) is not None:
            said = _("You may invite %(most)s people a day, so that nobody is flooded with mails. Go on tomorrow.")
            raise limits.TooMany(said % {"most": INVITATIONS.most}, wait)
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
        return join(by, locked.organisation, locked.role)


def join(person: Person, organisation: Organisation, role: str) -> Membership:
    """The person works there in this role from today; a manager stays one. For the actions of this app."""
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
