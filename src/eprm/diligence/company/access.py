"""Which year a page is about."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from eprm.diligence.company.forms import YearForm
from eprm.diligence.company.queries.year import CompanyYear, declared_years, years_for


def today() -> date:
    return timezone.localdate()


def year_asked(request: HttpRequest) -> tuple[CompanyYear, YearForm]:
    """The year the address asks for, with the form to choose another."""
    declared = declared_years(request.user, request.organisation)
    years = years_for(request.user, request.organisation, declared)
    year, on = YearForm(request.GET, years=years, today=today()).chosen()
    form = YearForm({"year": year, "on": on.isoformat()}, years=years, today=today())
    return CompanyYear(request.user, request.organisation, year, on, declared), form
