"""The editors' desk beside Wagtail's: suggestions, links to look at, who may write."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.knowledge import rules
from eprm.knowledge.actions import desk as actions
from eprm.knowledge.actions import readers
from eprm.knowledge.forms import DecisionForm, EditorForm, SuggestionForm
from eprm.knowledge.queries import desk
from eprm.knowledge.tables import LinkTable, OwnSuggestionTable, SuggestionTable
from eprm.ui import tables


@csrf_exempt
def desk_door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever it does not let in: the site's own sign-in, or why the desk is not theirs.

    Takes nothing that is sent, so that a password posted to Wagtail's own address leads to ours too.
    """
    if request.user.is_anonymous:
        return redirect_to_login(request.GET.get("next") or reverse("wagtailadmin_home"))
    if not request.user.has_perm("wagtailadmin.access_admin"):
        rules.can_edit(request.user).require()
    return redirect("wagtailadmin_home")


@login_required
@require_http_methods(["GET", "POST"])
def suggestion_new(request: HttpRequest) -> HttpResponse:
    """Propose a resource; below, what became of the person's earlier ones."""
    form = SuggestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            readers.suggest_resource(**form.cleaned_data, by=request.user)
        except NotAllowed as refused:
            form.add_error("address", refused.reason)
        else:
            messages.success(request, _("Thank you. An editor reads it, and you see here what was decided."))
            return redirect("knowledge:suggestion_new")
    own = desk.suggestions_visible_to(request.user).filter(suggested_by=request.user)
    table = tables.prepare(request, OwnSuggestionTable(own, on=timezone.localdate()))
    context = {"form": form, "table": table, "any": own.exists()}
    return render(request, "knowledge/suggestion_new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def suggestion_list(request: HttpRequest) -> HttpResponse:
    rules.can_edit(request.user).require()
    table = SuggestionTable(desk.suggestions_visible_to(request.user), on=timezone.localdate())
    return tables.respond(request, table, "knowledge/suggestion_list.html")


@login_required
@require_http_methods(["GET", "POST"])
def suggestion_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor takes a suggestion up, or says why not."""
    rules.can_edit(request.user).require()
    suggestion = get_object_or_404(desk.suggestions_visible_to(request.user), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["deed"] == "take":
            resource = readers.take_suggestion(suggestion, by=request.user)
            messages.success(request, _("It is a draft now: complete its facets and publish it."))
            return redirect("wagtailsnippets_knowledge_resource:edit", resource.pk)
        readers.decline_suggestion(suggestion, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Declined; whoever suggested it reads your reason."))
        return redirect("knowledge:suggestion_list")
    context = {"suggestion": suggestion, "form": form, "ruling": rules.can_decide_suggestion(request.user, suggestion)}
    return render(request, "knowledge/suggestion_decide.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def link_list(request: HttpRequest) -> HttpResponse:
    """The resources whose address an editor should open again."""
    rules.can_edit(request.user).require()
    return tables.respond(
        request, LinkTable(desk.links_to_look_at(), on=timezone.localdate()), "knowledge/link_list.html"
    )


@login_required
@require_POST
def resource_checked(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor has opened the address and found what the summary says."""
    rules.can_edit(request.user).require()
    resource = desk.resource_of(pk)
    if resource is None:
        raise Http404
    actions.mark_checked(resource, by=request.user)
    messages.success(request, _("Noted: checked today by you."))
    return redirect(resource)


@login_required
@require_http_methods(["GET", "POST"])
def editor_list(request: HttpRequest) -> HttpResponse:
    """Who writes and who publishes; the secretariat's managers name them."""
    rules.can_appoint_editors(request.user).require()
    form = EditorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.appoint_editor(form.person, may_publish=form.cleaned_data["may_publish"], by=request.user)
        messages.success(request, _("%(person)s may write for the hub.") % {"person": form.person})
        return redirect("knowledge:editor_list")
    context = {"form": form, "editors": desk.editors(), "publishers": rules.PUBLISHERS}
    return render(request, "knowledge/editor_list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def editor_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_appoint_editors(request.user).require()
    person = desk.person_of(pk)
    if person is None:
        raise Http404
    actions.dismiss_editor(person, by=request.user)
    messages.success(request, _("%(person)s writes for the hub no more; what they wrote stays.") % {"person": person})
    return redirect("knowledge:editor_list")
