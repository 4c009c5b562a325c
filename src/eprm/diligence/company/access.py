"""Which organisation and year a page is about, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from eprm.diligence.company.forms import YearForm
from eprm.diligence.company.queries.year import CompanyYear, years_for

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


def today() -> date:
    return timezone.localdate()


def year_asked(request: HttpRequest) -> tuple[CompanyYear, YearForm]:
    """The year the address asks for, with the form to choose another."""
    years = years_for(request.user, request.organisation)
    year, on = YearForm(request.GET, years=years, today=today()).chosen()
    form = YearForm({"year": year, "on": on.isoformat()}, years=years, today=today())
    return CompanyYear(request.user, request.organisation, year, on), form
