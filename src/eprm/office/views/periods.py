"""For how long things are kept, and what was removed when."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from eprm.base import retention
from eprm.base.errors import NotAllowed
from eprm.office import queries, rules
from eprm.office.actions import periods
from eprm.office.forms import PeriodForm
from eprm.office.tables import ErasureTable, PeriodTable, RemovalTable, periods_on
from eprm.ui import tables
from eprm.ui.tables import Empty


@login_required
@require_GET
def period_list(request: HttpRequest) -> HttpResponse:
    """Everything that goes after a time, each with its period; then what went, and who was erased."""
    rules.can_see(request.user).require()
    nothing = Empty(title=_("Nothing was removed yet"))
    removed = tables.prepare(request, RemovalTable(queries.removals(), prefix="removed-", empty=nothing))
    erased = ErasureTable(
        queries.erasures_visible_to(request.user), prefix="erased-", empty=Empty(title=_("Nobody was erased yet"))
    )
    today = timezone.localdate()
    context = {"removed": removed, "erased": tables.prepare(request, erased)}
    return tables.respond(request, PeriodTable(periods_on(today), on=today), "office/period_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def period_new(request: HttpRequest, name: str) -> HttpResponse:
    """The periods of one thing, and a new one."""
    rules.can_see(request.user).require()
    if (kept := retention.find(name)) is None:
        raise Http404
    today = timezone.localdate()
    form = PeriodForm(request.POST or None, initial={"days": retention.days_on(name, today), "since": today})
    if form.is_valid():
        try:
            periods.set_period(kept, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            if not rules.can_write(request.user):
                raise
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The period is set."))
            return redirect("office:period_list")
    context = {"kept": kept, "form": form, "rows": queries.periods_of(name), "writing": rules.can_write(request.user)}
    return render(request, "office/period_new.html", context, status=422 if form.errors else 200)
