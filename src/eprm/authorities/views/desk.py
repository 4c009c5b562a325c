"""An authority's desk: importers by rank, checks, answers, and the weights of the rank."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from eprm.authorities import charts, forms, queries, rules, tables
from eprm.authorities.actions import desk as actions
from eprm.authorities.models import CompetentAuthority, Filing
from eprm.authorities.views.filings import found
from eprm.authorities.wording import RANKED_BY
from eprm.base.errors import NotAllowed, Overtaken
from eprm.people.access import for_an_organisation
from eprm.ui.tables import Empty, respond
from lode.importer_ranking import KEYS


def _own_desk(request: HttpRequest) -> CompetentAuthority:
    """The desk of the organisation the person works for now; a refusal with its reason for everybody else."""
    authority = queries.desk_of(request.organisation)
    if authority is None:
        reason = rules.can_work_desk(request.user, request.organisation, None).reason
        raise NotAllowed(str(reason))
    return authority


def _on_own_desk(request: HttpRequest, pk: int) -> Filing:
    filing = found(request, pk)
    if request.user.role_in(filing.authority_id) is None:
        raise Http404("Not on a desk of yours.")
    return filing


@for_an_organisation
def desk(request: HttpRequest) -> HttpResponse:
    """The importers of a year, by rank with reasons."""
    authority = _own_desk(request)
    years = queries.desk_years(authority.organisation)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else (years[0] if years else timezone.localdate().year)
    today = timezone.localdate()
    empty = Empty(
        title=_("No importer has filed with you"),
        text=_("Importers file by their own act. Tell them that you take files over this platform."),
    )
    table = tables.DeskTable(queries.desk(authority.organisation, year=year, on=today), on=today, empty=empty)
    masses = queries.masses_by_mineral(authority.organisation, year)
    shown = {
        "authority": authority,
        "years": years,
        "year": year,
        "chart": charts.masses_chart(masses, year, today) if masses else None,
        "past": sum(map(len, queries.past_keeping(authority.organisation, today))),
        "waiting": sum(rows.count() for rows in queries.waiting_at_desk_for(request.user)),
    }
    return respond(request, table, "authorities/desk.html", shown)


@require_POST
@for_an_organisation
def filing_take(request: HttpRequest, pk: int) -> HttpResponse:
    actions.take_up(filing=_on_own_desk(request, pk), by=request.user)
    messages.success(request, _("You have taken this file up. The importer sees that you look at it."))
    return redirect("authorities:filing_detail", pk)


@require_POST
@for_an_organisation
def filing_close(request: HttpRequest, pk: int) -> HttpResponse:
    filing = _on_own_desk(request, pk)
    form = forms.OutcomeForm(request.POST)
    if form.is_valid():
        actions.close_case(filing=filing, **form.cleaned_data, by=request.user)
        messages.success(request, _("The importer has your answer; the file is closed."))
    else:
        messages.error(request, _("The answer was empty or longer than 20,000 characters; nothing was sent."))
    return redirect("authorities:filing_detail", pk)


@for_an_organisation
def check_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a check of the importer who filed this."""
    filing = _on_own_desk(request, pk)
    rules.can_work_desk(request.user, filing.authority, queries.desk_of(filing.authority)).require()
    form = forms.CheckForm(request.POST or None, initial={"checked_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        actions.record_check(
            authority=filing.authority,
            importer=filing.organisation,
            filing=filing,
            **form.cleaned_data,
            by=request.user,
        )
        messages.success(request, _("The check is recorded. It stays with your authority."))
        return redirect("authorities:filing_detail", pk)
    shown = {"form": form, "filing": filing}
    return render(request, "authorities/check_new.html", shown, status=422 if form.is_bound else 200)


@for_an_organisation
def check_list(request: HttpRequest) -> HttpResponse:
    """Every check the authority has recorded."""
    authority = _own_desk(request)
    empty = Empty(title=_("No check is recorded yet"), text=_("Open a file at your desk and record the check there."))
    table = tables.CheckTable(queries.checks_of(authority.organisation), on=timezone.localdate(), empty=empty)
    return respond(request, table, "authorities/check_list.html", {"authority": authority})


@require_POST
@for_an_organisation
def check_remedied(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _own_desk(request)
    check = get_object_or_404(queries.checks_of(authority.organisation), pk=pk)
    actions.note_remedied(check=check, on=timezone.localdate(), by=request.user)
    messages.success(request, _("The remedial action is noted as done today."))
    return (
        redirect("authorities:filing_detail", check.filing_id)
        if check.filing_id
        else redirect("authorities:check_list")
    )


@for_an_organisation
def weights(request: HttpRequest) -> HttpResponse:
    """What each fact adds to a rank, and since when; the authority's own choice."""
    authority = _own_desk(request)
    today = timezone.localdate()
    now = queries.weights_on(authority.organisation, today)
    form = forms.WeightsForm(request.POST or None, now={key: row.points for key, row in now.items()})
    may_work = rules.can_work_desk(request.user, authority.organisation, authority)
    if form.is_bound:
        may_work.require()
        if form.is_valid():
            actions.set_weights(
                authority=authority.organisation,
                points=form.points(),
                since=form.cleaned_data["since"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, _("The weights hold from the day you gave."))
            return redirect("authorities:weights")
    named = [(RANKED_BY[key], now[key]) for key in KEYS if key in now]
    shown = {"form": form, "now": named, "may_work": may_work}
    return render(request, "authorities/weights.html", shown, status=422 if form.is_bound else 200)


@for_an_organisation
def past_remove(request: HttpRequest) -> HttpResponse:
    """What need be kept no longer, and its removal for good."""
    authority = _own_desk(request)
    rules.can_work_desk(request.user, authority.organisation, authority).require()
    filings, checks = queries.past_keeping(authority.organisation, timezone.localdate())
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            count = actions.remove_past(
                authority=authority.organisation, seen=int(seen) if seen.isdigit() else -1, by=request.user
            )
        except Overtaken as news:
            messages.info(request, news.reason)
            return redirect("authorities:past_remove")
        messages.success(
            request,
            ngettext("%(n)s file or check is removed.", "%(n)s files and checks are removed.", count) % {"n": count},
        )
        return redirect("authorities:desk")
    context = {"filings": filings, "checks": checks, "count": len(filings) + len(checks)}
    return render(request, "authorities/past_remove.html", context)
