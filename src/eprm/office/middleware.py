"""Leads whoever needs a second factor and has none to setting one up, before anything else."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from eprm.base.limits import TooMany
from eprm.office.factors import needs_factor
from eprm.ui import errors

# Setting up and signing out, switching language and theme, style sheets, and the API, which knows tokens only.
FREE = ("/account/", "/ui/", "/static/", "/api/")


class SecondFactorMiddleware:
    """Stands below the identity: who somebody is, and in which role, must be known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        explained = reverse("office:factor_needed")
        if (
            request.user.is_authenticated
            and request.path != explained
            and not request.path.startswith(FREE)
            and needs_factor(request.user)
            and not is_mfa_enabled(request.user)
        ):
            return redirect(explained)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A limit was reached on a page: 429, with the sentence and when it goes on."""
        if isinstance(exception, TooMany):
            answer = errors.answer(request, 429, text=exception.reason)
            answer.headers["Retry-After"] = str(exception.seconds)
            return answer
        return None
