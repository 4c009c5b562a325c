"""Findings, and who does what about them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.base.errors import NotAllowed, Overtaken
from eprm.ui.tables import Empty, respond
from eprm.visits import forms, rules, tables
from eprm.visits.actions import findings as actions
from eprm.visits.models import FollowUp
from eprm.visits.queries import field as field_queries
from eprm.visits.queries import findings as queries
from eprm.visits.queries import visits as visit_queries
from eprm.visits.rules import Place
from eprm.visits.views.access import form_page, in_visit, overtaken
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
def finding_edit(request: HttpRequest, place: Place, finding: int) -> HttpResponse:
    """Correct a finding."""
    found = get_object_or_404(queries.findings_of(place.visit), pk=finding)
    found.visit = place.visit
    rules.can_edit(place, found.by).require()
    began = {name: getattr(found, name) for name in ("kind", "severity", "title", "text", "version")}
    began["sources"] = [source.observation_id for source in found.sources.all()]
    observations = field_queries.observations_of(place.visit)
    form, theirs, status = forms.FindingEditForm(request.POST or None, observations=observations, initial=began), "", 0
    if form.is_bound and form.is_valid():
        try:
            actions.change_finding(finding=found, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form, theirs, status = overtaken(form, clash), getattr(clash, "text", ""), 409
        else:
            messages.success(request, _("The finding is changed."))
            return redirect("visits:visit_detail", place.visit.pk)
    return form_page(
        request, form, title=_("Change the finding"), action=_("Save"), back=visit_url(place), visit=place.visit,
        theirs=theirs, status=status,
    )  # fmt: skip


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
        "may_edit": place is not None and bool(rules.can_edit_follow_up(place, found)),
    }
    return render(request, "visits/follow_up_detail.html", shown)


@login_required
def follow_up_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, another owner."""
    found, place = _follow_up(request, pk)
    if place is None:
        raise Http404
    found.visit = place.visit
    rules.can_edit_follow_up(place, found).require()
    began = {name: getattr(found, name) for name in ("title", "owner", "due_on", "version")}
    began["organisation"] = found.organisation.name if found.organisation else ""
    owners = queries.owners_for(request.user, place.visit)
    form, status = forms.FollowUpEditForm(request.POST or None, owners=owners, initial=began), 0
    if form.is_bound and form.is_valid():
        try:
            actions.change_follow_up(follow_up=found, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form, status = overtaken(form, clash), 409
        except NotAllowed as refusal:
            form.add_error("owner", refusal.reason)
        else:
            messages.success(request, _("The follow-up is changed."))
            return redirect("visits:follow_up_detail", found.pk)
    return form_page(
        request,
        form,
        title=_("Change the follow-up"),
        action=_("Save"),
        back=reverse("visits:follow_up_detail", args=[found.pk]),
        visit=place.visit,
        status=status,
    )


@require_POST
@login_required
def follow_up_finish(request: HttpRequest, pk: int) -> HttpResponse:
    found, _place = _follow_up(request, pk)
    done = request.POST.get("done") == "yes"
    actions.finish_follow_up(follow_up=found, done=done, by=request.user)
    messages.success(request, _("It is done.") if done else _("It is open again."))
    return redirect("visits:follow_up_detail", found.pk)
