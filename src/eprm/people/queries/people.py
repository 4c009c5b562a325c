"""Who works where, who is invited, and whose tokens are whose."""

from __future__ import annotations

import hashlib
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.db.models.functions import Lower

from eprm.people.models import ApiToken, Invitation, Membership, Organisation, Person


def digest_of(key: str) -> str:
    """What is kept of a secret key: its SHA-256. The keys are random and long, so no salt is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def organisations_visible_to(person: Person) -> QuerySet[Organisation]:
    """The organisations the person works for."""
    return Organisation.objects.filter(pk__in=person.organisation_ids()).order_by("name")


def memberships_visible_to(person: Person) -> QuerySet[Membership]:
    """The memberships, also ended ones, in the person's organisations."""
    found = Membership.objects.filter(organisation__in=person.organisation_ids())
    return found.select_related("person", "organisation").order_by("until", "person__name", "pk")


def manager_count(organisation: Organisation) -> int:
    return Membership.objects.filter(organisation=organisation, until=None, role=Membership.Role.MANAGER).count()


def invitations_visible_to(person: Person) -> QuerySet[Invitation]:
    """The invitations neither accepted nor withdrawn, of the person's organisations."""
    found = Invitation.objects.filter(organisation__in=person.organisation_ids(), accepted_at=None, withdrawn_at=None)
    return found.select_related("organisation", "invited_by").order_by("email")


def invitations_for(person: Person, at: datetime) -> QuerySet[Invitation]:
    """The invitations waiting for the person's answer, by any of their confirmed addresses."""
    found = Invitation.objects.annotate(address=Lower("email")).filter(
        address__in=confirmed_emails(person), accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return found.select_related("organisation", "invited_by").order_by("invited_at")


def invitation_of(key: str) -> Invitation | None:
    """The invitation the link's key opens, in whatever state."""
    return Invitation.objects.select_related("organisation", "invited_by").filter(digest=digest_of(key)).first()


def confirmed_emails(person: Person) -> set[str]:
    """The person's addresses whose ownership was proven, in lower case."""
    found = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {email.lower() for email in found}


def tokens_visible_to(person: Person) -> QuerySet[ApiToken]:
    """The person's own tokens, newest first, also ended ones."""
    return ApiToken.objects.filter(person=person).select_related("organisation").order_by("-created_at")


def sessions_of(person: Person) -> QuerySet[UserSession]:
    """Where the person is signed in."""
    return UserSession.objects.filter(user=person).order_by("-created_at")


def spoken_by(person: Person) -> list[str]:
    """The codes of the languages the person says they speak."""
    return list(person.languages.values_list("code", flat=True))
