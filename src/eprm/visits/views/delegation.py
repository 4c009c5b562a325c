"""Who goes: inviting, answering, taking out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.base.errors import NotAllowed
from eprm.visits import forms, rules
from eprm.visits.actions import delegation as actions
from eprm.visits.queries import visits as queries
from eprm.visits.rules import Place
from eprm.visits.views.access import form_page, in_visit
from eprm.visits.views.visits import visit_url


@in_visit
def delegate_invite(request: HttpRequest, place: Place) -> HttpResponse:
    """Invite somebody with an account."""
    rules.can_change(place).require()
    form = forms.InviteForm(request.POST or None, people=queries.whom_to_invite(request.user, place.visit))
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.invite(
                visit=place.visit, person=told["person"], pillar=told["pillar"], role=told["role"], by=request.user
            )
        except NotAllowed as refusal:
            form.add_error("email", refusal.reason)
        else:
            messages.success(request, _("%(person)s is invited.") % {"person": made})
            return redirect("visits:visit_detail", place.visit.pk)
    return form_page(
        request,
        form,
        title=_("Invite somebody"),
        lede=_("The mail says only that there is an invitation. Where and when they read here."),
        action=_("Invite"),
        back=visit_url(place),
        visit=place.visit,
    )


@in_visit
def guest_new(request: HttpRequest, place: Place) -> HttpResponse:
    """Add somebody without an account."""
    rules.can_change(place).require()
    form = forms.GuestForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made = actions.add_guest(visit=place.visit, **form.cleaned_data, by=request.user)
        messages.success(request, _("%(person)s is in the delegation.") % {"person": made})
        return redirect("visits:visit_detail", place.visit.pk)
    return form_page(
        request,
        form,
        title=_("Add a guest"),
        lede=_("Somebody without an account, who has told you that they come. They read nothing here."),
        action=_("Add"),
        back=visit_url(place),
        visit=place.visit,
    )


@require_POST
@in_visit
def delegate_answer(request: HttpRequest, place: Place) -> HttpResponse:
    """Say whether one comes."""
    if (said := request.POST.get("comes")) not in ("yes", "no"):
        raise NotAllowed(_("Say whether you come or not."))
    comes = said == "yes"
    actions.answer(visit=place.visit, comes=comes, by=request.user)
    if comes:
        messages.success(request, _("You come. Read the safety notes before you leave."))
        return redirect("visits:visit_detail", place.visit.pk)
    messages.success(request, _("You do not come."))
    return redirect("visits:visit_list")


@require_POST
@in_visit
def delegate_withdraw(request: HttpRequest, place: Place, delegate: int) -> HttpResponse:
    found = get_object_or_404(queries.delegation_of(place.visit), pk=delegate)
    found.visit = place.visit
    name = str(found)
    actions.withdraw_delegate(delegate=found, by=request.user)
    messages.success(request, _("%(person)s is not in the delegation any more.") % {"person": name})
    return redirect("visits:visit_detail", place.visit.pk)
