"""The reader's language, and a page for the refusals Django answers with an empty body."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from eprm.ui import errors, languages


class ReadersLanguage(LocaleMiddleware):
    """The language chosen in the page's head, else the one the browser asks for."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "").lower()
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
        else:
            translation.activate(languages.asked_for(request.headers.get("Accept-Language", "")))
        request.LANGUAGE_CODE = translation.get_language()


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
