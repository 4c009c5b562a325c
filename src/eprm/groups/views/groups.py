"""The list of groups, one group's front page, founding and editing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.groups import rules, tables
from eprm.groups.actions import groups as actions
from eprm.groups.forms import AskForm, GroupForm, OrganisationForm
from eprm.groups.queries import groups as queries
from eprm.groups.queries.decisions import decided_before, minutes_visible_to, proposals_visible_to
from eprm.groups.queries.groups import Place
from eprm.groups.queries.threads import threads_of
from eprm.groups.queries.work import dates_visible_to, pages_visible_to, tasks_visible_to
from eprm.groups.views.access import in_group, page
from eprm.ui import words
from eprm.ui.tables import Empty, respond

FIELDS = ("name", "aims", "access", "minerals", "countries", "region", "quorum")


@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """Every group the reader may know of."""
    found = tables.GroupFilter(request.GET, queries.group_list(request.user))
    empty = Empty(title=_("No group fits these filters") if request.GET else _("No working group yet"))
    shown = () if request.user.is_authenticated else ("mine",)
    context = {
        "filter": found,
        "founding": rules.can_found_group(request.user),
        "invitations": queries.invitations_for(request.user),
    }
    table = tables.GroupTable(found.qs, on=timezone.localdate(), empty=empty, exclude=shown)
    return respond(request, table, "groups/group_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """Found a group. The founder is its first facilitator."""
    rules.can_found_group(request.user).require()
    form = GroupForm(request.POST or None)
    if form.is_valid():
        try:
            group = actions.found_group(**form.cleaned_data, by=request.user, organisation=request.organisation)
        except NotAllowed as refusal:
            form.add_error("name", refusal.reason)
        else:
            messages.success(request, _("“%(group)s” is founded. Invite its first members.") % {"group": group})
            return redirect("groups:member_invite", group.slug)
    return render(request, "groups/group_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@in_group(reading=False, public=True)
def group_detail(request: HttpRequest, here: Place) -> HttpResponse:
    """A group's front: what it is for, how to come in, and for those who may read it what is new."""
    group, person = here.group, request.user
    context = {
        "can_join": rules.can_join(person, group, here.member),
        "can_ask": rules.can_ask(person, group, here.member),
        "quorum": words.number(group.quorum, "%"),
    }
    if person.is_authenticated:
        context |= {"join_form": OrganisationForm(person=person), "ask_form": AskForm(person=person)}
        context["invited"] = queries.invitations_for(person).filter(group=group).first()
    if rules.can_read(group, here.member):
        now = timezone.now()
        context |= {
            "threads": threads_of(group, person).order_by("-last_post_at")[:10],
            "open_proposals": proposals_visible_to(person).filter(group=group, closed_at=None).order_by("closes_at"),
            "decided": decided_before(group),
            "dates": dates_visible_to(person).filter(group=group, cancelled_at=None, starts_at__gte=now)[:3],
            "pages": pages_visible_to(person).filter(group=group)[:20],
            "last_minutes": minutes_visible_to(person).filter(group=group)[:3],
            "tasks": tasks_visible_to(person).filter(group=group, done_at=None)[:5],
        }
    return page(request, "groups/group_detail.html", here, **context)


@require_http_methods(["GET", "POST"])
@in_group()
def group_edit(request: HttpRequest, here: Place) -> HttpResponse:
    rules.can_facilitate(here.group, here.member).require()
    form = GroupForm(request.POST or None, initial={name: getattr(here.group, name) for name in FIELDS})
    if form.is_valid():
        actions.edit_group(here.group, **form.cleaned_data, by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect("groups:group_detail", here.group.slug)
    return page(request, "groups/group_edit.html", here, status=422 if form.errors else 200, form=form)


@require_POST
@in_group()
def group_end(request: HttpRequest, here: Place) -> HttpResponse:
    """The group's work is done."""
    actions.end_group(here.group, by=request.user)
    messages.success(request, _("The group has ended: it can be read, and nothing is added."))
    return redirect("groups:group_detail", here.group.slug)
