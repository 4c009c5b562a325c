"""Opens the request's transaction under the identity of the person signed in, around view and template alike."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse

from eprm.base.identity import acting_as

ORGANISATION_KEY = "organisation"


class IdentityMiddleware:
    """Sets `request.organisation`, the organisation the person works for now (None without one), and acts as both.

    The transaction lies around `get_response`, not inside it: a template rendered after the view still sees the rows.
    Inside it ATOMIC_REQUESTS gives the view a savepoint, so that an exception undoes the view's writes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        request.organisation = None
        if not person.is_authenticated:
            with acting_as(None):
                return self.get_response(request)
        chosen = request.session.get(ORGANISATION_KEY)
        for membership in person.current_memberships:
            if request.organisation is None or membership.organisation_id == chosen:
                request.organisation = membership.organisation
        with (
            acting_as(person.pk, person.organisation_ids(), secretariat=person.is_secretariat),
            pghistory.context(person=person.pk, path=request.path),
        ):
            return self.get_response(request)
