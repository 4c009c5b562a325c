"""A person's own account and the keys to the API."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.people import queries, rules
from eprm.people.models import ApiToken, Organisation, Person, PersonLanguage

TOKEN_AT_MOST = timedelta(days=366)
TOKEN_PREFIX = "eprm_"  # lets scanners find a token that leaked into a repository  # noqa: S105


def save_profile(*, name: str, language: str, by: Person) -> Person:
    """The person's own name and the language the site speaks to them."""
    by.name, by.language = name.strip(), language
    by.save(update_fields=["name", "language"])
    return by


def save_spoken_languages(*, codes: Sequence[str], by: Person) -> None:
    """The languages the person speaks, in their order; those no longer named are taken out."""
    with transaction.atomic():
        PersonLanguage.objects.filter(person=by).delete()
        PersonLanguage.objects.bulk_create(PersonLanguage(person=by, code=code) for code in dict.fromkeys(codes))


def end_session(session: UserSession, *, by: Person) -> None:
    """Sign out of one browser, from any other."""
    if session.user_id != by.pk:
        raise NotAllowed(_("This browser is signed in as somebody else."))
    session.end()


def open_account(*, email: str, name: str, password: str, language: str = "en") -> Person:
    """An account whose address counts as confirmed. For whoever runs the site, on the command line.

    `password` is already hashed (`django.contrib.auth.hashers.make_password`).
    """
    email = email.strip().lower()
    with transaction.atomic():
        person = Person.objects.create(email=email, name=name, language=language, password=password)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def create_token(
    organisation: Organisation, *, label: str, scopes: Sequence[str], expires_at: datetime, by: Person
) -> tuple[ApiToken, str]:
    """A new API token for these scopes (`eprm.people.scopes`), and its key.

    The key is shown this once; only its digest is kept.
    """
    rules.can_make_token(by, organisation, scopes).require()
    if not timezone.now() < expires_at <= timezone.now() + TOKEN_AT_MOST:
        raise NotAllowed(_("A token ends within a year. Choose a day from tomorrow to a year from now."))
    key = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=by,
        organisation=organisation,
        label=label.strip(),
        digest=queries.digest_of(key),
        scopes=sorted(set(scopes)),
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
