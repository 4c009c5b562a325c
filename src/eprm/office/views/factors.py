"""Which roles need a second factor."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.office import queries, rules
from eprm.office.actions import factors
from eprm.office.forms import FactorForm
from eprm.office.tables import FactorTable
from eprm.people.stepup import step_up
from eprm.ui import tables
from eprm.ui.tables import Empty


@login_required
@require_GET
def factor_list(request: HttpRequest) -> HttpResponse:
    rules.can_see(request.user).require()
    empty = Empty(
        title=_("No role needs a second factor"), text=_("Anybody may set one up on the page of the account.")
    )
    context = {"managing": rules.can_manage_factors(request.user)}
    return tables.respond(request, FactorTable(queries.factor_rules(), empty=empty), "office/factor_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@step_up
def factor_new(request: HttpRequest) -> HttpResponse:
    rules.can_manage_factors(request.user).require()
    form = FactorForm(request.POST or None)
    if form.is_valid():
        try:
            factors.demand_factor(**form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The rule is set."))
            return redirect("office:factor_list")
    return render(request, "office/factor_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
@step_up
def factor_end(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_see(request.user).require()
    rule = get_object_or_404(queries.factor_rules(), pk=pk)
    factors.end_factor(rule, by=request.user)
    messages.success(request, _("The rule has ended."))
    return redirect("office:factor_list")


@login_required
@require_GET
def factor_needed(request: HttpRequest) -> HttpResponse:
    """Where whoever needs a second factor is led: why, and how to set one up."""
    return render(request, "office/factor_needed.html", {"demanded": queries.factor_rules().filter(until=None)})
