"""Findings, and who does what about them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.ui.tables import Empty, respond
from eprm.visits import forms, rules, tables
from eprm.visits.actions import findings as actions
from eprm.visits.models import FollowUp
from eprm.visits.queries import field as field_queries
from eprm.visits.queries import findings as queries
from eprm.visits.queries import visits as visit_queries
from eprm.visits.rules import Place
from eprm.visits.views.access import form_page, in_visit
from eprm.visits.views.visits import visit_url


@in_visit
def finding_new(request: HttpRequest, place: Place) -> HttpResponse:
    """A finding, and the observations it rests on."""
    rules.can_observe(place).require()
    form = forms.FindingForm(request.POST or None, observations=field_queries.observations_of(place.visit))
    if form.is_bound and form.is_valid():
        made = actions.conclude(visit=place.visit, **form.cleaned_data, by=request.user)
        messages.success(request, _("The finding is saved. Say what follows from it."))
        return redirect("visits:follow_up_new", place.visit.pk, made.pk)
    return form_page(
        request, form, title=_("A finding"), action=_("Save the finding"), back=visit_url(place), visit=place.visit
    )


@in_visit
def follow_up_new(request: HttpRequest, place: Place, finding: int) -> HttpResponse:
    """Who does what about a finding, by when."""
    found = get_object_or_404(queries.findings_of(place.visit), pk=finding)
    found.visit = place.visit
    rules.can_follow_up(place).require()
    form = forms.FollowUpForm(request.POST or None, owners=queries.owners_for(request.user, place.visit))
    if form.is_bound and form.is_valid():
        made = actions.follow_up(finding=found, **form.cleaned_data, by=request.user)
        if made.task_id:
            messages.success(request, _("It is a follow-up now, and a task of the group."))
        else:
            messages.success(request, _("It is a follow-up now, and whoever does it is told."))
        return redirect("visits:visit_detail", place.visit.pk)
    return form_page(
        request,
        form,
        title=_("What follows"),
        lede=str(found),
        action=_("Save"),
        back=visit_url(place),
        visit=place.visit,
    )


@login_required
def follow_up_list(request: HttpRequest) -> HttpResponse:
    """What is open and overdue of the visits one sees, and one's own."""
    found = tables.FollowUpFilter(request.GET, queries.follow_ups_visible_to(request.user))
    empty = Empty(
        title=_("No follow-up fits these filters") if request.GET else _("No follow-up yet"),
        text=_("What a delegation finds leads to somebody who does something by a day. It is listed here."),
    )
    return respond(
        request, tables.FollowUpTable(found.qs, empty=empty), "visits/follow_up_list.html", {"filter": found}
    )


def _follow_up(request: HttpRequest, pk: int) -> tuple[FollowUp, Place | None]:
    found = get_object_or_404(queries.follow_ups_visible_to(request.user), pk=pk)
    visit = visit_queries.visits_visible_to(request.user).filter(pk=found.visit_id).first()
    return found, visit_queries.place_of(request.user, visit) if visit else None


@login_required
def follow_up_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One follow-up, and the button that marks it as done."""
    found, place = _follow_up(request, pk)
    shown = {
        "follow_up": found,
        "visit": place.visit if place else None,
        "finding": queries.finding_of(found) if place else None,
        "task": queries.task_of(found, request.user),
        "state": tables.state_of(found),
        "may_finish": rules.can_finish(request.user, found, place),
    }
    return render(request, "visits/follow_up_detail.html", shown)


@require_POST
@login_required
def follow_up_finish(request: HttpRequest, pk: int) -> HttpResponse:
    found, _place = _follow_up(request, pk)
    done = request.POST.get("done") == "yes"
    actions.finish_follow_up(follow_up=found, done=done, by=request.user)
    messages.success(request, _("It is done.") if done else _("It is open again."))
    return redirect("visits:follow_up_detail", found.pk)
