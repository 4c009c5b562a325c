"""Gives a page to the refusals Django answers with an empty body."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from eprm.ui import errors


class ErrorPages:
    """A person who meets an empty 405 reads a page instead; programs and HTMX keep the bare status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        empty = not response.streaming and not response.content
        if response.status_code == 405 and empty and request.accepts("text/html"):
            page = errors.answer(request, 405, allowed=response.headers.get("Allow", ""))
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        return response
