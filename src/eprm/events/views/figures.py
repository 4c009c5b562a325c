"""Events in figures: how many took place, who registered and who was there, told of no group under five."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from eprm.events import charts, queries, rules, tables
from eprm.ui.tables import Empty, respond


@login_required
def figure_list(request: HttpRequest) -> HttpResponse:
    rules.can_read_figures(request.user).require()
    at = timezone.now()
    rows = queries.figures(at)
    table = tables.FigureTable(rows, on=at.date(), empty=Empty(title=tables.NOTHING_YET))
    shown = {"chart": charts.years_chart(rows, at.date()), "pillars": charts.pillars_chart(rows, at.date())}
    return respond(request, table, "events/figure_list.html", shown)
