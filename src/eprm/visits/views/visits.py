"""Visits: the list, one visit, planning, changing, moving on, the programme, safety notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from eprm.base.errors import Overtaken
from eprm.groups.queries.groups import groups_visible_to
from eprm.ui.tables import Empty, respond
from eprm.visits import charts, forms, lifecycle, rules, tables
from eprm.visits.actions import visits as actions
from eprm.visits.models import Visit
from eprm.visits.queries import field as field_queries
from eprm.visits.queries import findings as finding_queries
from eprm.visits.queries import history
from eprm.visits.queries import stories as story_queries
from eprm.visits.queries import visits as queries
from eprm.visits.rules import Place
from eprm.visits.views.access import form_page, in_visit, overtaken
from lode.visits import check_visit

State = Visit.State
SHOWN = ("title", "purpose", "country", "region", "place", "minerals", "starts_on", "ends_on", "version")
# What the button that leads to a state says.
MOVES = {
    State.UNDER_WAY.value: gettext_lazy("The delegation has left"),
    State.REPORTING.value: gettext_lazy("The delegation is back"),
    State.CLOSED.value: gettext_lazy("Close the visit"),
}


def _move(visit: Visit, to: str) -> object:
    return _("Open the visit again") if visit.state == State.CLOSED else MOVES[to]


def visit_url(place: Place) -> str:
    return reverse("visits:visit_detail", args=[place.visit.pk])


def _may_plan(request: HttpRequest) -> bool:
    return bool(rules.can_plan(request.user)) or bool(queries.facilitated(request.user))


@login_required
def visit_list(request: HttpRequest) -> HttpResponse:
    """The visits the reader may know of."""
    found = tables.VisitFilter(request.GET, queries.visits_visible_to(request.user))
    empty = Empty(
        title=_("No visit fits these filters") if request.GET else _("No field visit of yours"),
        text=_("You see a visit here once you are invited to it. Reports and stories are read by more."),
        url=reverse("visits:story_list"),
        action=_("Stories from the field"),
    )
    shown = {"filter": found, "may_plan": _may_plan(request), "may_keep": bool(rules.can_keep_editions(request.user))}
    return respond(request, tables.VisitTable(found.qs, empty=empty), "visits/visit_list.html", shown)


@login_required
def visit_new(request: HttpRequest) -> HttpResponse:
    """Plan a visit."""
    office = rules.can_plan(request.user)
    groups = queries.groups_to_go_for(request.user)
    if not groups:
        office.require()
    form = forms.PlanForm(request.POST or None, groups=groups, office=bool(office))
    if form.is_bound and form.is_valid():
        visit = actions.plan_visit(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%(visit)s” is planned. Invite the delegation now.") % {"visit": visit})
        return redirect("visits:visit_detail", visit.pk)
    return form_page(
        request,
        form,
        title=_("Plan a field visit"),
        lede=_("Until you share a report or a story, only the delegation and the secretariat know of it."),
        action=_("Plan the visit"),
        back=reverse("visits:visit_list"),
    )


@in_visit
def visit_detail(request: HttpRequest, place: Place) -> HttpResponse:
    """One visit: what is next, who goes, the programme, what was heard and seen, what follows."""
    visit, today = place.visit, timezone.localdate()
    counts = queries.pillar_counts(visit)
    following = [to for to in lifecycle.MOVES[visit.state] if to in MOVES]
    group = groups_visible_to(request.user).filter(pk=visit.group_id).first() if visit.group_id else None
    facts = queries.facts_of(visit)
    shown: dict[str, Any] = {
        "visit": visit,
        "place": place,
        "group": group,
        "days": tables.days_of(visit),
        "findings": check_visit(facts) if visit.state != State.CANCELLED else [],
        "delegation": queries.delegation_of(visit),
        "chart": charts.balance(counts, today),
        "programme": queries.programme_of(visit),
        "heard": field_queries.actors_of(visit).count(),
        "observed": field_queries.observations_of(visit).count(),
        "conclusions": finding_queries.findings_of(visit),
        "late": finding_queries.overdue(finding_queries.follow_ups_of(visit), today).count(),
        "report": story_queries.report_of(visit),
        "story": story_queries.story_of(visit),
        "today": today,
        "moves": [(to, _move(visit, to), rules.can_move(place, to, today)) for to in following],
        "may_manage": bool(rules.can_manage(place)),
        "may_change": bool(rules.can_change(place)),
        "may_cancel": bool(rules.can_move(place, State.CANCELLED, today)),
        "may_take_over": bool(rules.can_take_over(place)),
        "may_answer": bool(rules.can_answer(place)),
        "may_observe": rules.can_observe(place),
        "may_report": bool(rules.can_report(place)),
        "may_follow_up": bool(rules.can_follow_up(place)),
        "safety": rules.can_read_safety(place),
    }
    return render(request, "visits/visit_detail.html", shown)


@in_visit
def visit_edit(request: HttpRequest, place: Place) -> HttpResponse:
    rules.can_change(place).require()
    form = forms.EditForm(request.POST or None, initial={name: getattr(place.visit, name) for name in SHOWN})
    status = 0
    if form.is_bound and form.is_valid():
        try:
            actions.change_visit(visit=place.visit, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form, status = overtaken(form, clash), 409
        else:
            messages.success(request, _("The plan is changed."))
            return redirect("visits:visit_detail", place.visit.pk)
    return form_page(
        request, form, title=_("Change the plan"), action=_("Save"), back=visit_url(place), visit=place.visit,
        status=status,
    )  # fmt: skip


@require_POST
@in_visit
def visit_move(request: HttpRequest, place: Place, to: str) -> HttpResponse:
    visit = actions.move_visit(visit=place.visit, to=to, by=request.user)
    messages.success(request, _("“%(visit)s”: %(state)s.") % {"visit": visit, "state": visit.get_state_display()})
    return redirect("visits:visit_detail", visit.pk)


@require_GET
@in_visit
def visit_history(request: HttpRequest, place: Place) -> HttpResponse:
    """Who changed what in the visit and in what hangs on it, newest first."""
    table = tables.HistoryTable(history.history_of(place.visit))
    return respond(request, table, "visits/visit_history.html", {"visit": place.visit})


@in_visit
def visit_cancel(request: HttpRequest, place: Place) -> HttpResponse:
    rules.can_move(place, State.CANCELLED, timezone.localdate()).require()
    form = forms.ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.move_visit(
            visit=place.visit, to=State.CANCELLED.value, reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, _("The visit is cancelled, and the delegation is told."))
        return redirect("visits:visit_detail", place.visit.pk)
    return form_page(
        request, form, title=_("Cancel the visit"), action=_("Cancel it"), back=visit_url(place), visit=place.visit
    )


@require_POST
@in_visit
def visit_take_over(request: HttpRequest, place: Place) -> HttpResponse:
    visit = actions.take_over(visit=place.visit, by=request.user)
    messages.success(request, _("You lead “%(visit)s” now. The delegation is told.") % {"visit": visit})
    return redirect("visits:visit_detail", visit.pk)


@in_visit
def line_new(request: HttpRequest, place: Place) -> HttpResponse:
    """A line of the programme."""
    rules.can_change(place).require()
    form = forms.LineForm(request.POST or None, initial={"day": place.visit.starts_on})
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["day"]
        if place.visit.starts_on <= day <= place.visit.ends_on:
            actions.add_line(visit=place.visit, **form.cleaned_data, by=request.user)
            messages.success(request, _("The programme has one more line."))
            return redirect("visits:visit_detail", place.visit.pk)
        form.add_error("day", _("The visit lasts %(days)s.") % {"days": tables.days_of(place.visit)})
    return form_page(
        request, form, title=_("Add to the programme"), action=_("Add it"), back=visit_url(place), visit=place.visit
    )


@require_POST
@in_visit
def line_remove(request: HttpRequest, place: Place, line: int) -> HttpResponse:
    actions.remove_line(line=get_object_or_404(queries.programme_of(place.visit), pk=line), by=request.user)
    messages.success(request, _("The line is taken out."))
    return redirect("visits:visit_detail", place.visit.pk)


@in_visit
def safety_notes(request: HttpRequest, place: Place) -> HttpResponse:
    """The safety notes, to read and to write: the delegation and its lead."""
    rules.can_read_safety(place).require()
    note = queries.safety_of(place.visit)
    began = {"text": note.text, "version": note.version} if note else {"version": 0}
    may_write = rules.can_write_safety(place)
    form, status = forms.SafetyForm(request.POST or None, initial=began), 0
    if form.is_bound:
        may_write.require()
    if form.is_bound and form.is_valid():
        try:
            actions.write_safety(visit=place.visit, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form, status, note = overtaken(form, clash), 409, queries.safety_of(place.visit)
        else:
            messages.success(request, _("The safety notes are saved."))
            return redirect("visits:safety_notes", place.visit.pk)
    return form_page(
        request,
        form,
        title=_("Safety notes"),
        action=_("Save"),
        back=visit_url(place),
        visit=place.visit,
        note=note,
        may_write=may_write,
        template="visits/safety_notes.html",
        status=status,
    )
