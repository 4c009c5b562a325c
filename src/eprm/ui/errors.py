"""Every page that is not the page asked for: what happened, what is kept, and the way on.

The handlers stand in `config/urls.py`; `answer` draws the page of any status with the words of whoever knows them.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from eprm.ui import words

logger = logging.getLogger("eprm.incident")
# The error pages there are; 422 stands with the form that has the errors, or alone with a finding.
STATUSES = (400, 403, 404, 405, 413, 422, 429, 500)


def answer(request: HttpRequest, status: int, *, title: str = "", text: str = "", **context: Any) -> HttpResponse:
    """The page of this status; `title` and `text` replace its general words. ValueError for a status without a page."""
    if status not in STATUSES:
        raise ValueError(f"There is no page for status {status}; there are {', '.join(map(str, STATUSES))}.")
    return render(request, f"{status}.html", {"title": title, "text": text, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. A request larger than the site takes is a 413, with the bound in words.

    A name that is not this site's is refused before anybody is known, so its page is drawn without the request.
    """
    if isinstance(exception, DisallowedHost):
        page = loader.get_template("ui/unknown_host.html").render({"site": settings.PUBLIC_URL})
        return HttpResponse(page, status=400)
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return answer(request, 413, bound=words.size(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    return answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403. The exception's words are the reason: whose it is, why not you, who can change it."""
    return answer(request, 403, text=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404. Says the address back, so that a typing error shows itself."""
    return answer(request, 404, path=request.path)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: mostly a page left open for too long, seldom an attack."""
    logger.info("CSRF check failed for %s: %s", request.path, reason)
    return answer(
        request,
        403,
        title=_("This page was open for too long"),
        text=_("Nothing was changed. Go back, load the page again and repeat the last step."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Needs no database and no session; the incident number on the page is the one in the log."""
    incident = "-".join((secrets.token_hex(2), secrets.token_hex(2)))
    logger.error("Incident %s: %s %s", incident, request.method, request.path, exc_info=True)
    page = loader.get_template("500.html").render({"incident": incident})
    return HttpResponse(page, status=500)
