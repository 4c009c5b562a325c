"""Pages that speak for an organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

Args = ParamSpec("Args")
View = Callable[Concatenate[HttpRequest, Args], HttpResponse]


def for_an_organisation(view: View) -> View:
    """The page needs a person who works for an organisation: others sign in, or register theirs, first."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        if request.organisation is None:
            return redirect("people:organisation_new")
        return view(request, *args, **kwargs)

    return guarded
