"""Opens the request's transaction under the identity of the person signed in, around view and template alike."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from eprm.base.identity import acting_as
from eprm.people.actions import save_profile
from eprm.people.identity import acting_for

ORGANISATION_KEY = "organisation"
LANGUAGE_SWITCH = "ui:language"


class IdentityMiddleware:
    """Sets `request.organisation`, the organisation the person works for now (None without one), and acts as both.

    The transaction lies around `get_response`, not inside it: a template rendered after the view still sees the rows.
    Inside it ATOMIC_REQUESTS gives the view a savepoint, so that an exception undoes the view's writes. Whoever is
    signed in is spoken to in their own language, on any machine.
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
        translation.activate(person.language)
        request.LANGUAGE_CODE = translation.get_language()
        with acting_for(person, path=request.path):
            response = self.get_response(request)
            _keep_language(request)
            return response


def _keep_language(request: HttpRequest) -> None:
    """Whoever switches the language in the page's head means it for every machine."""
    if request.method == "POST" and request.resolver_match and request.resolver_match.view_name == LANGUAGE_SWITCH:
        chosen = request.POST.get("language")
        if chosen in dict(settings.LANGUAGES):
            save_profile(name=request.user.name, language=chosen, by=request.user)
