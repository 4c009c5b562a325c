"""Who calls the API: a bearer token, of one person in one organisation.

The middleware lies around the whole call, so that the database shows exactly that organisation's rows; the operation
itself then only asks whether a token was given, and whether it may write.
"""

from __future__ import annotations

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from eprm.base import limits
from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.people import scopes
from eprm.people.actions import use_token
from eprm.people.models import ApiToken

PREFIX = "/api/"
CALLS = limits.Limit("api", most=600, seconds=60)
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
        if (wait := limits.wait_for(CALLS, token.pk)) is not None:
            return _rest(wait)
        try:
            return self._as(token, request)
        finally:
            # Counted last: a counted row stays locked to the end of the transaction, and calls would queue behind it.
            limits.take(CALLS, token.pk)

    def _as(self, token: ApiToken, request: HttpRequest) -> HttpResponse:
        person = token.person
        # Also what is asked of the person in Python, not only of the database, ends at the token's organisation.
        person.current_memberships = [
            m for m in person.current_memberships if m.organisation_id == token.organisation_id
        ]
        request.user, request.organisation = person, token.organisation
        with (
            acting_as(person.pk, [token.organisation_id], secretariat=person.is_secretariat),
            pghistory.context(person=person.pk, path=request.path, token=token.pk),
        ):
            return self.get_response(request)


def _rest(seconds: int) -> HttpResponse:
    said = _("This token has made %(most)s calls within a minute. It may go on in %(seconds)s seconds.")
    answer = JsonResponse({"message": said % {"most": CALLS.most, "seconds": seconds}}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


class TokenAuth(HttpBearer):
    """Asks for a live token whose scopes allow the deed in this area of the API."""

    def authenticate(self, request: HttpRequest, _key: str) -> ApiToken | None:
        token: ApiToken | None = request.token
        if token is None:
            return None
        area = request.path.removeprefix(PREFIX).partition("/")[0]
        deed = scopes.READ if request.method in READS else scopes.WRITE
        if not scopes.allows(token.scopes, area, deed):
            said = _("This needs a token for “%(scope)s”, and this one is for “%(given)s”. Make another.")
            raise NotAllowed(said % {"scope": f"{area}:{deed}", "given": ", ".join(token.scopes)})
        return token
