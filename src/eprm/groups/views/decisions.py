"""Proposals and positions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.groups import rules, tables
from eprm.groups.actions import decisions as actions
from eprm.groups.forms import OutcomeForm, PositionForm, ProposalForm
from eprm.groups.models import Proposal
from eprm.groups.queries import decisions as queries
from eprm.groups.queries.groups import Place
from eprm.groups.queries.work import zone_of
from eprm.groups.views.access import form_page, in_group, page
from eprm.groups.views.threads import shown_proposal, thread_of
from eprm.ui.clocks import clock_of
from eprm.ui.tables import Empty, as_file, prepare


def _proposal(request: HttpRequest, here: Place, pk: int) -> Proposal:
    found = queries.proposals_visible_to(request.user).filter(group=here.group)
    proposal = get_object_or_404(found, pk=pk)
    proposal.group = here.group
    return proposal


@require_GET
@in_group(public=True)
def proposal_list(request: HttpRequest, here: Place) -> HttpResponse:
    """What the group has decided and is deciding."""
    empty = Empty(title=_("Nothing has been proposed yet"), text=_("A proposal begins in a thread."))
    table = tables.ProposalTable(queries.proposals_visible_to(request.user).filter(group=here.group), empty=empty)
    if asked := request.GET.get("format"):
        return as_file(request, table, asked)
    return page(request, "groups/proposal_list.html", here, table=prepare(request, table))


@require_http_methods(["GET", "POST"])
@in_group()
def proposal_new(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Put something to the decision of the group."""
    thread = thread_of(request, here, pk)
    rules.can_answer(thread, here.group, here.member).require()
    form = ProposalForm(request.POST or None, clock=clock_of(request) or zone_of(here.group, request.user))
    if form.is_valid():
        try:
            actions.propose(thread, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("closes_at", refusal.reason)
        else:
            messages.success(request, _("The proposal is open, and the members are told."))
            return redirect("groups:thread_detail", here.group.slug, thread.pk)
    return form_page(
        request,
        here,
        form,
        title=_("Propose a decision"),
        lede=_("Each organisation of a pillar has one voice. The proposal closes by itself, and is counted then."),
        action=_("Open the proposal"),
    )


@require_http_methods(["GET", "POST"])
@in_group(public=True)
def proposal_detail(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """A proposal with every organisation's position; a POST takes one's own."""
    proposal = _proposal(request, here, pk)
    form = PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_position(proposal, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            if not rules.can_take_part(here.group, here.member):
                raise
            form.add_error("reason", refusal.reason)
        else:
            messages.success(request, _("Your organisation's position is noted. You can change it until it closes."))
            return redirect("groups:proposal_detail", here.group.slug, proposal.pk)
    stances = list(queries.stances_on(proposal))
    mine = next((s for s in stances if here.member and s.organisation_id == here.member.organisation_id), None)
    if mine and not form.is_bound:
        form = PositionForm(initial={"position": mine.position, "reason": mine.reason})
    shown = shown_proposal(proposal, here)
    open_voices = sum(count.open for count in shown["counts"])
    context = {
        "shown": shown,
        "stances": stances,
        "form": form,
        "mine": mine,
        "can_close": rules.can_close(request.user, proposal, here.group, here.member, open_voices),
        "can_state": rules.can_state_outcome(request.user, proposal, here.group, here.member),
    }
    return page(request, "groups/proposal_detail.html", here, status=422 if form.errors else 200, **context)


@require_POST
@in_group()
def proposal_close(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Close before its time, when every organisation has spoken."""
    proposal = actions.close_proposal(_proposal(request, here, pk), by=request.user)
    messages.success(request, _("The proposal is closed: %(result)s.") % {"result": proposal.get_result_display()})
    return redirect("groups:proposal_detail", here.group.slug, proposal.pk)


@require_http_methods(["GET", "POST"])
@in_group()
def proposal_outcome(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Say what follows from a closed proposal."""
    proposal = _proposal(request, here, pk)
    rules.can_state_outcome(request.user, proposal, here.group, here.member).require()
    form = OutcomeForm(request.POST or None, initial={"outcome": proposal.outcome})
    if form.is_valid():
        actions.state_outcome(proposal, **form.cleaned_data, by=request.user)
        messages.success(request, _("The outcome stands with the proposal."))
        return redirect("groups:proposal_detail", here.group.slug, proposal.pk)
    return form_page(request, here, form, title=_("What follows from it"), action=_("Save the outcome"))
