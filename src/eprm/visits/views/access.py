"""The visit a page is about, how the reader stands to it, and pages that are one form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from eprm.base.errors import Overtaken
from eprm.visits.actions.sending import SavedMeanwhile
from eprm.visits.queries.visits import place_of, visits_visible_to

View = Callable[..., HttpResponse]


def in_visit(view: View) -> View:
    """The view gets the visit of its address as a Place; 404 for one the reader cannot know of."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = get_object_or_404(visits_visible_to(request.user), pk=pk)
        return view(request, place_of(request.user, visit), *args, **kwargs)

    return login_required(guarded)


def form_page(
    request: HttpRequest, form: Form, *, title: object, action: object, back: str, crumbs: object = "", **words: Any
) -> HttpResponse:
    """A page that is one form. `back` is where leaving it leads; `words` may hold `lede`, `note`, `theirs`."""
    shown = {"form": form, "title": title, "action": action, "back": back, **words}
    status = words.get("status") or (422 if form.is_bound and form.errors else 200)
    return render(request, words.get("template", "visits/form.html"), shown, status=status)


def overtaken(form: Form, clash: Overtaken) -> Form:
    """The same form with the reader's own words, ready to be sent again over the newer version."""
    if isinstance(clash, SavedMeanwhile):
        form.data = form.data.copy()
        form.data["version"] = str(clash.version)
    form.add_error(None, clash.reason)
    return form
