"""The API: each app's part, mounted here; every refusal is JSON with the sentence the page would say."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from eprm.api.auth import TokenAuth
from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.limits import TooMany
from eprm.diligence.api import router as diligence
from eprm.diligence.api.shapes import FormProblems
from eprm.events.api import router as events
from eprm.groups.api import router as groups
from eprm.knowledge.api import router as knowledge
from eprm.members.api import router as members
from eprm.people.api import router as people
from eprm.returns.api import router as returns
from eprm.surveys.api import router as surveys
from eprm.visits.api import router as visits

api = NinjaAPI(
    title="EPRM",
    version="1",
    description="Due diligence on minerals. Send `Authorization: Bearer <token>`; Accept-Language is heeded.",
    urls_namespace="api",
    docs_url=None,
    auth=TokenAuth(),
)
api.add_router("/diligence", diligence, tags=["diligence"])
api.add_router("/events", events, tags=["events"])
api.add_router("/groups", groups, tags=["groups"])
api.add_router("/people", people, tags=["people"])
api.add_router("/knowledge", knowledge, tags=["knowledge"])
api.add_router("/returns", returns, tags=["returns"])
api.add_router("/surveys", surveys, tags=["surveys"])
api.add_router("/members", members, tags=["members"])
api.add_router("/visits", visits, tags=["visits"])


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    said = _("Send a live token as “Authorization: Bearer <token>”. You make one on the page of your account.")
    return api.create_response(request, {"message": said}, status=401)


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    answer = api.create_response(request, {"message": error.reason}, status=429)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


@api.exception_handler(Overtaken)
def overtaken(request: HttpRequest, error: Overtaken) -> HttpResponse:
    return api.create_response(request, {"message": error.reason}, status=409)


@api.exception_handler(NotAllowed)
def refused(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    return api.create_response(request, {"message": error.reason}, status=403)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return api.create_response(request, {"message": _("You may not do this.")}, status=403)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    said = _("Nothing of your organisation has this address.")
    return api.create_response(request, {"message": said}, status=404)


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What Ninja itself refuses, a body that is no JSON above all, in the shape of every other answer."""
    said = _("The body could not be read. Send JSON.") if error.status_code == HTTPStatus.BAD_REQUEST else str(error)
    return api.create_response(request, {"message": said}, status=error.status_code)


@api.exception_handler(FormProblems)
def unfit(request: HttpRequest, error: FormProblems) -> HttpResponse:
    return _problems(request, error.problems)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _problems(request, [(str(each["loc"][-1]), str(each["msg"])) for each in error.errors])


def _problems(request: HttpRequest, problems: list[tuple[str, str]]) -> HttpResponse:
    body = {
        "message": " ".join(message for _field, message in problems),
        "problems": [{"field": field, "message": message} for field, message in problems],
    }
    return api.create_response(request, body, status=422)
