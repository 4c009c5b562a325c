"""Deciding what a written name means, one by one or the clear ones together, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from eprm.base.errors import Overtaken
from eprm.diligence import rules, tables
from eprm.diligence.actions import decisions
from eprm.diligence.company.access import today
from eprm.diligence.forms import DecideForm
from eprm.diligence.models import Decision, SmelterRow, Upload
from eprm.diligence.queries import decisions as decision_queries
from eprm.diligence.queries import uploads as queries
from eprm.diligence.upload_page import dress_candidates
from eprm.people.access import for_an_organisation
from eprm.ui import parts
from eprm.ui.tables import respond


@for_an_organisation
def smelter_decide(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """One name, its candidates with reasons, and the answer; then the next name."""
    upload = get_object_or_404(queries.upload_in_full(request.user), pk=pk)
    line = get_object_or_404(queries.lines_of(upload).prefetch_related("candidates"), pk=line_pk)
    form = DecideForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, upload, line, form)
    rules.can_decide(request.user, upload).require()
    data = form.cleaned_data
    try:
        decision = decisions.decide_smelter(
            line=line,
            judgement=data["judgement"],
            cid=data["cid"],
            reason=data["reason"],
            seen=data["seen"],
            by=request.user,
        )
    except Overtaken as news:
        messages.info(request, news.reason)
    else:
        _say(request, decision)
    return _to_the_next(upload)


def _show(request: HttpRequest, upload: Upload, line: SmelterRow, form: DecideForm) -> HttpResponse:
    dress_candidates([line], upload)
    context = {
        "upload": upload,
        "line": line,
        "form": form,
        "decision": decision_queries.decision_about(line),
        "may_decide": rules.can_decide(request.user, upload),
        "left": upload.open_count,
    }
    return render(request, "diligence/smelter_decide.html", context, status=422 if form.is_bound else 200)


def _say(request: HttpRequest, decision: Decision) -> None:
    what = f"{decision.get_judgement_display()} {decision.cid}".strip()
    said = _("“%(name)s”: %(what)s.") % {"name": decision.name, "what": what}
    messages.success(request, parts.undoable(said, reverse("diligence:decision_undo", args=[decision.pk])))


def _to_the_next(upload: Upload) -> HttpResponse:
    names = queries.names_to_decide(upload, None)
    still_open = [line for line in names if line.outcome == SmelterRow.Outcome.OPEN]
    if still_open:
        return redirect("diligence:smelter_decide", upload.pk, still_open[0].pk)
    return redirect("diligence:upload_detail", upload.pk)


@for_an_organisation
def decide_best(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows each open name with its best candidate; only what stays ticked is taken."""
    upload = get_object_or_404(queries.upload_in_full(request.user), pk=pk)
    rules.can_decide(request.user, upload).require()
    names = [line for line in queries.names_to_decide(upload) if line.outcome == SmelterRow.Outcome.OPEN]
    with_best = [(line, best) for line in names if (best := next(iter(line.candidates.all()), None))]
    if request.method == "POST":
        shown = {f"{line.pk}:{best.cid}": decisions.Choice(line, best.cid) for line, best in with_best}
        choices = [shown[key] for key in request.POST.getlist("take") if key in shown]
        taken = decisions.accept_best_candidates(
            upload=upload, choices=choices, reason=_("best candidate, taken together with others"), by=request.user
        )
        said = ngettext("%(count)d name is decided.", "%(count)d names are decided.", len(taken))
        messages.success(request, said % {"count": len(taken)})
        return redirect("diligence:upload_detail", pk)
    return render(request, "diligence/decide_best.html", {"upload": upload, "with_best": with_best})


@for_an_organisation
def decision_list(request: HttpRequest) -> HttpResponse:
    """Every decision in force: who said what, when and why."""
    mine = decision_queries.decisions_visible_to(request.user)
    mine = mine.filter(organisation=request.organisation, superseded_by=None)
    found = tables.DecisionFilter(request.GET, mine)
    table = tables.DecisionTable(found.qs, on=today())
    return respond(request, table, "diligence/decision_list.html", {"filter": found})


@for_an_organisation
@require_POST
def decision_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    decision = get_object_or_404(decision_queries.decisions_visible_to(request.user), pk=pk)
    try:
        decisions.undo_decision(decision=decision, by=request.user)
    except Overtaken as news:
        messages.info(request, news.reason)
    else:
        messages.success(request, _("Taken back: “%(name)s” is as it was before.") % {"name": decision.name})
    if decision.upload_id:
        return redirect("diligence:upload_detail", decision.upload_id)
    return redirect("diligence:decision_list")
