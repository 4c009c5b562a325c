"""Who calls the API: a bearer token, of one person in one organisation.

The middleware lies around the whole call, so that the database shows exactly that organisation's rows; the operation
itself then only asks whether a token was given, and whether it may write.
"""

from __future__ import annotations

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.people.actions import use_token
from eprm.people.models import ApiToken

PREFIX = "/api/"
READS = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenMiddleware:
    """Acts as the token's person, for the token's organisation alone, around a call of the API.

    Stands below the middleware of the session: whoever is signed in on the pages is nobody here without a token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        scheme, _blank, key = request.headers.get("Authorization", "").partition(" ")
        token = use_token(key.strip()) if scheme.lower() == "bearer" else None
        request.token = token
        if token is None:
            return self.get_response(request)
        person = token.person
        # Also what is asked of the person in Python, not only of the database, ends at the token's organisation.
        person.current_memberships = [
            m for m in person.current_memberships if m.organisation_id == token.organisation_id
        ]
        request.user, request.organisation = person, token.organisation
        with (
            acting_as(person.pk, [token.organisation_id]),
            pghistory.context(person=person.pk, path=request.path, token=token.pk),
        ):
            return self.get_response(request)


class TokenAuth(HttpBearer):
    """Asks for a live token; one that may only read is refused for everything else."""

    def authenticate(self, request: HttpRequest, _key: str) -> ApiToken | None:
        token: ApiToken | None = request.token
        if token is not None and request.method not in READS and not token.may_write:
            raise NotAllowed(_("This token may only read. Make one that may also write, on the page of your tokens."))
        return token
