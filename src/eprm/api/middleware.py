"""Gives programs their own shape of the refusals that never reach an operation of the API."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from eprm.api.auth import PREFIX


class JsonRefusals:
    """An address of the API that does not exist, or takes another method, is answered in JSON; pages are left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        if not request.path.startswith(PREFIX) or is_json or response.status_code not in (404, 405):
            return response
        if response.status_code == 404:
            said = _("The API has no address %(path)s. The list of all stands at %(docs)s.")
            return JsonResponse({"message": said % {"path": request.path, "docs": PREFIX}}, status=404)
        allowed = response.headers.get("Allow", "")
        said = _("This address does not take %(method)s, only %(allowed)s.")
        answer = JsonResponse({"message": said % {"method": request.method, "allowed": allowed}}, status=405)
        answer.headers["Allow"] = allowed
        return answer
