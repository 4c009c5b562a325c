"""Coming in, going out, and who belongs to a group."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.groups import rules, tables
from eprm.groups.actions import joining as actions
from eprm.groups.forms import AskForm, InviteForm, OrganisationForm, ReasonForm, RemoveForm
from eprm.groups.models import GroupMember
from eprm.groups.queries import groups as queries
from eprm.groups.queries.groups import Place
from eprm.groups.views.access import form_page, in_group, page
from eprm.ui.tables import as_file, prepare


@require_GET
@in_group()
def member_list(request: HttpRequest, here: Place) -> HttpResponse:
    """Who belongs to the group, for whom; who asks and who is invited, for those who decide."""
    if not (here.member and here.member.is_member):
        rules.can_moderate(request.user, here.group, here.member).require()
    deciding = bool(rules.can_moderate(request.user, here.group, here.member))
    found = queries.members_of(here.group).select_related("group")
    table = (tables.DecidingMemberTable if deciding else tables.MemberTable)(found)
    if asked := request.GET.get("format"):
        return as_file(request, table, asked)
    context = {
        "table": prepare(request, table),
        "requests": queries.requests_of(here.group) if deciding else (),
        "banned": queries.banned_from(here.group) if deciding else (),
        "invitations": queries.invitations_of(here.group),
        "inviting": rules.can_invite(here.group, here.member),
    }
    return page(request, "groups/member_list.html", here, **context)


@require_POST
@in_group(reading=False)
def group_join(request: HttpRequest, here: Place) -> HttpResponse:
    """Walk into an open group."""
    rules.can_join(request.user, here.group, here.member).require()
    form = OrganisationForm(request.POST, person=request.user)
    if form.is_valid():
        actions.join_group(here.group, organisation=form.cleaned_data["organisation"], by=request.user)
        messages.success(request, _("You are a member of %(group)s now.") % {"group": here.group})
    return redirect("groups:group_detail", here.group.slug)


@require_http_methods(["GET", "POST"])
@in_group(reading=False)
def group_ask(request: HttpRequest, here: Place) -> HttpResponse:
    """Ask to join a group on request."""
    rules.can_ask(request.user, here.group, here.member).require()
    form = AskForm(request.POST or None, person=request.user)
    if form.is_valid():
        actions.ask_to_join(here.group, **form.cleaned_data, by=request.user)
        messages.success(request, _("The facilitators have your request, and you will get a mail."))
        return redirect("groups:group_detail", here.group.slug)
    return form_page(request, here, form, title=_("Ask to join"), action=_("Ask to join"))


@require_http_methods(["GET", "POST"])
@in_group(reading=False)
def group_leave(request: HttpRequest, here: Place) -> HttpResponse:
    """Leave, after reading what that means."""
    ruling = rules.can_leave(here.group, here.member, queries.facilitator_count(here.group))
    if not (here.member and here.member.is_member):
        ruling.require()
    if request.method == "POST":
        actions.leave_group(here.group, by=request.user)
        messages.success(request, _("You have left %(group)s.") % {"group": here.group})
        return redirect("groups:group_list")
    return page(request, "groups/group_leave.html", here, ruling=ruling)


@require_http_methods(["GET", "POST"])
@in_group()
def member_invite(request: HttpRequest, here: Place) -> HttpResponse:
    """Offer a place by e-mail."""
    rules.can_invite(here.group, here.member).require()
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            invitation = actions.invite(here.group, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("email", refusal.reason)
        else:
            messages.success(request, _("A mail is on its way to %(email)s.") % {"email": invitation.email})
            return redirect("groups:member_list", here.group.slug)
    return form_page(
        request,
        here,
        form,
        title=_("Invite somebody"),
        lede=_("They get a mail. Signed in with that address they find the invitation on the page of the groups."),
        action=_("Send the invitation"),
    )


@require_POST
@in_group()
def invitation_withdraw(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations_of(here.group), pk=pk)
    actions.withdraw_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation for %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("groups:member_list", here.group.slug)


@login_required
@require_http_methods(["GET", "POST"])
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offered place for one of one's organisations, or decline it."""
    invitation = get_object_or_404(queries.invitations_for(request.user), pk=pk)
    form = OrganisationForm(request.POST or None, person=request.user)
    if request.method == "POST" and "decline" in request.POST:
        actions.decline_invitation(invitation, by=request.user)
        messages.success(request, _("You have declined the invitation to %(group)s.") % {"group": invitation.group})
        return redirect("groups:group_list")
    if form.is_valid():
        actions.accept_invitation(invitation, organisation=form.cleaned_data["organisation"], by=request.user)
        messages.success(request, _("You are a member of %(group)s now.") % {"group": invitation.group})
        return redirect("groups:group_detail", invitation.group.slug)
    member = queries.member_of(request.user, invitation.group)
    ruling = rules.can_accept(request.user, {invitation.email.lower()}, invitation, member)
    context = {"invitation": invitation, "group": invitation.group, "form": form, "ruling": ruling}
    return render(request, "groups/invitation_answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_group()
def request_answer(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Take in whoever asks, or say no with a reason."""
    rules.can_facilitate(here.group, here.member).require()
    asked = get_object_or_404(queries.requests_of(here.group).select_related("group"), pk=pk)
    if request.method == "POST" and "welcome" in request.POST:
        actions.answer_request(asked, welcome=True, by=request.user)
        messages.success(request, _("%(person)s is a member now.") % {"person": asked.person})
        return redirect("groups:member_list", here.group.slug)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.answer_request(asked, welcome=False, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("%(person)s gets your reason by mail.") % {"person": asked.person})
        return redirect("groups:member_list", here.group.slug)
    return form_page(
        request,
        here,
        form,
        title=_("Not take in %(person)s?") % {"person": asked.person},
        lede=_("They get your reason by mail, and may ask again."),
        action=_("Say no"),
        back="groups:member_list",
    )


def _member(here: Place, pk: int) -> GroupMember:
    return get_object_or_404(queries.members_of(here.group).select_related("group"), pk=pk)


@require_http_methods(["GET", "POST"])
@in_group()
def member_edit(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Another role for a member, or the way to removing them."""
    rules.can_moderate(request.user, here.group, here.member).require()
    member = _member(here, pk)
    if request.method == "POST":
        role = "facilitator" if request.POST.get("role") == "facilitator" else "member"
        actions.change_member_role(member, role=role, by=request.user)
        messages.success(
            request, _("%(person)s is now %(role)s.") % {"person": member.person, "role": member.get_role_display()}
        )
        return redirect("groups:member_list", here.group.slug)
    other = "member" if member.is_facilitator else "facilitator"
    context = {
        "other": member,
        "new_role": other,
        "can_change": rules.can_change_role(
            here.group, here.member, member, other, queries.facilitator_count(here.group)
        ),
        "can_remove": rules.can_remove(request.user, here.group, here.member, member),
        "remove_form": RemoveForm(),
    }
    return page(request, "groups/member_edit.html", here, **context)


@require_POST
@in_group()
def member_remove(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Put somebody out with a reason, which they get by mail."""
    member = _member(here, pk)
    rules.can_remove(request.user, here.group, here.member, member).require()
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return form_page(
            request, here, form, title=_("Remove %(person)s?") % {"person": member.person}, action=_("Remove")
        )
    actions.remove_member(member, **form.cleaned_data, by=request.user)
    messages.success(request, _("%(person)s is no longer in the group.") % {"person": member.person})
    return redirect("groups:member_list", here.group.slug)


@require_POST
@in_group()
def ban_lift(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    rules.can_moderate(request.user, here.group, here.member).require()
    member = get_object_or_404(queries.banned_from(here.group).select_related("group"), pk=pk)
    actions.lift_ban(member, by=request.user)
    messages.success(request, _("%(person)s may come again.") % {"person": member.person})
    return redirect("groups:member_list", here.group.slug)
