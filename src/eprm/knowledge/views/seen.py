"""Whether the person may see what the address names, said the same way everywhere."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from eprm.knowledge import rules
from eprm.knowledge.models import ForWhom
from eprm.people import audiences

Thing = TypeVar("Thing", bound=ForWhom)
TOLD = (audiences.PUBLIC, audiences.SIGNED_IN, "members")


def shown_to(request: HttpRequest, thing: Thing | None) -> Thing | HttpResponse:
    """The thing, or the way to sign in; a refusal with its reason. What is for a group does not exist for others."""
    if thing is None:
        raise Http404
    if seen := rules.can_see(request.user, thing):
        return thing
    if thing.audience not in TOLD:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    seen.require()
    raise Http404
