"""An organisation, who works for it, and invitations to it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.people import actions, queries, rules
from eprm.people.forms import InvitationForm, OrganisationForm, RoleForm
from eprm.people.middleware import ORGANISATION_KEY
from eprm.people.models import Organisation
from eprm.people.queries import joining
from eprm.people.stepup import step_up


@login_required
@require_GET
def organisation_detail(request: HttpRequest) -> HttpResponse:
    """The organisation the person works for now: its facts, its people, its open invitations."""
    if request.organisation is None:
        return redirect("people:organisation_new")
    memberships = queries.memberships_visible_to(request.user).filter(organisation=request.organisation)
    return render(
        request,
        "people/organisation_detail.html",
        {
            "organisation": request.organisation,
            "managing": rules.can_manage_people(request.user, request.organisation),
            "members": memberships.filter(until=None),
            "former": memberships.exclude(until=None),
            "invitations": queries.invitations_visible_to(request.user).filter(organisation=request.organisation),
            "others": queries.organisations_visible_to(request.user).exclude(pk=request.organisation.pk),
            "asking": joining.requests_waiting_for(request.user).filter(organisation=request.organisation),
            "now": timezone.now(),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Register an organisation and become its first manager; or join one that has invited the person."""
    form = OrganisationForm(request.POST or None, looking=True)
    likely = []
    if form.is_valid():
        named = {key: form.cleaned_data[key] for key in ("name", "country")}
        likely = joining.likely_same(**named, person=request.user)
    if form.is_valid() and (not likely or request.POST.get("apart")):
        organisation = actions.register_organisation(**form.cleaned_data, by=request.user)
        request.session[ORGANISATION_KEY] = organisation.pk
        messages.success(
            request, _("%(organisation)s is registered, and you are its manager.") % {"organisation": organisation}
        )
        return redirect("portal:start")
    return render(
        request,
        "people/organisation_new.html",
        {
            "form": form,
            "likely": likely,
            "invitations": queries.invitations_for(request.user, timezone.now()),
            "asked": joining.requests_of(request.user),
        },
        status=422 if form.errors or likely else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def organisation_edit(request: HttpRequest) -> HttpResponse:
    if request.organisation is None:
        return redirect("people:organisation_new")
    organisation = request.organisation
    rules.can_manage_people(request.user, organisation).require()
    now = {name: getattr(organisation, name) for name in ("name", "country", "place", "tier", "pillar", "staff")}
    form = OrganisationForm(request.POST or None, initial=now, tier_is=organisation.tier)
    if form.is_valid():
        actions.edit_organisation(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect("people:organisation_detail")
    return render(request, "people/organisation_edit.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def organisation_switch(request: HttpRequest) -> HttpResponse:
    """Work for another of one's organisations from now on, in this session."""
    organisation = get_object_or_404(
        queries.organisations_visible_to(request.user), pk=_number(request.POST.get("organisation"))
    )
    request.session[ORGANISATION_KEY] = organisation.pk
    messages.success(request, _("You work for %(organisation)s now.") % {"organisation": organisation})
    return redirect("portal:start")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


@login_required
@require_http_methods(["GET", "POST"])
def member_invite(request: HttpRequest) -> HttpResponse:
    """Offer somebody a role by e-mail."""
    organisation = _own(request)
    rules.can_manage_people(request.user, organisation).require()
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        invitation, _key = actions.invite_person(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("A mail with a link is on its way to %(email)s.") % {"email": invitation.email})
        return redirect("people:organisation_detail")
    return render(
        request,
        "people/member_invite.html",
        {"form": form, "organisation": organisation},
        status=422 if form.errors else 200,
    )


def _own(request: HttpRequest) -> Organisation:
    """The organisation the person works for; 404 for somebody without one."""
    return get_object_or_404(queries.organisations_visible_to(request.user), pk=getattr(request.organisation, "pk", 0))


@login_required
@require_http_methods(["GET", "POST"])
@step_up
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    membership = get_object_or_404(queries.memberships_visible_to(request.user), pk=pk)
    rules.can_manage_people(request.user, membership.organisation).require()
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if form.is_valid():
        actions.change_role(membership, role=form.cleaned_data["role"], by=request.user)
        messages.success(
            request,
            _("%(person)s is now %(role)s.") % {"person": membership.person, "role": membership.get_role_display()},
        )
        return redirect("people:organisation_detail")
    return render(
        request,
        "people/member_edit.html",
        {"form": form, "membership": membership},
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership, after saying what that means."""
    membership = get_object_or_404(queries.memberships_visible_to(request.user), pk=pk)
    managers = queries.manager_count(membership.organisation)
    ruling = rules.can_end_membership(request.user, membership, managers)
    if request.method == "POST":
        actions.end_membership(membership, by=request.user)
        messages.success(
            request,
            _("%(person)s no longer works for %(organisation)s.")
            % {"person": membership.person, "organisation": membership.organisation},
        )
        return redirect("portal:start" if membership.person_id == request.user.pk else "people:organisation_detail")
    if not ruling and not rules.can_manage_people(request.user, membership.organisation):
        ruling.require()
    return render(request, "people/member_end.html", {"membership": membership, "ruling": ruling})


@login_required
@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
    actions.withdraw_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation for %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("people:organisation_detail")


@require_http_methods(["GET", "POST"])
def invitation_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The page behind an invitation's link; a visitor is told to sign in or up first, and comes back here."""
    invitation = queries.invitation_of(key)
    if invitation is None:
        return render(request, "people/invitation_unknown.html", status=404)
    if not request.user.is_authenticated:
        return render(request, "people/invitation_detail.html", {"invitation": invitation})
    if request.method == "POST":
        actions.accept_invitation(invitation, by=request.user)
        request.session[ORGANISATION_KEY] = invitation.organisation_id
        messages.success(request, _("You work for %(organisation)s now.") % {"organisation": invitation.organisation})
        return redirect("portal:start")
    emails = queries.confirmed_emails(request.user)
    ruling = rules.can_accept_invitation(request.user, emails, invitation, timezone.now())
    return render(request, "people/invitation_detail.html", {"invitation": invitation, "ruling": ruling})


@login_required
@require_POST
def invitation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an invitation to one of one's own confirmed addresses, without its link."""
    invitation = get_object_or_404(queries.invitations_for(request.user, timezone.now()), pk=pk)
    actions.accept_invitation(invitation, by=request.user)
    request.session[ORGANISATION_KEY] = invitation.organisation_id
    messages.success(request, _("You work for %(organisation)s now.") % {"organisation": invitation.organisation})
    return redirect("portal:start")
