"""Reports, and what moderators do."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.groups import rules, tables
from eprm.groups.actions import moderation as actions
from eprm.groups.forms import ReasonForm
from eprm.groups.queries import moderation as queries
from eprm.groups.queries.groups import Place
from eprm.groups.queries.threads import html_of
from eprm.groups.views.access import form_page, in_group, page
from eprm.groups.views.threads import address_of, post_of, thread_of
from eprm.ui.tables import as_file, prepare


@require_GET
@in_group()
def moderation(request: HttpRequest, here: Place) -> HttpResponse:
    """What is reported and not settled, and the book of what moderators did."""
    rules.can_moderate(request.user, here.group, here.member).require()
    table = tables.ActTable(queries.acts_of(here.group))
    if asked := request.GET.get("format"):
        return as_file(request, table, asked)
    reports = [(report, html_of(report.post)) for report in queries.open_reports(here.group)[:50]]
    return page(request, "groups/moderation.html", here, reports=reports, table=prepare(request, table))


@require_http_methods(["GET", "POST"])
@in_group()
def post_report(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Say that a contribution should not stand."""
    post = post_of(request, here, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.report_post(post, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Those who moderate this group have your report."))
        return redirect(address_of(here, post.thread_id, post.number))
    return form_page(
        request,
        here,
        form,
        title=_("Report a contribution"),
        lede=_("Those who moderate the group read why, and see your name. Whoever wrote it does not."),
        action=_("Send the report"),
    )


@require_http_methods(["GET", "POST"])
@in_group()
def post_hide(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Take a contribution's words from view, with a reason that stands in its place."""
    rules.can_moderate(request.user, here.group, here.member).require()
    post = post_of(request, here, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.hide_post(post, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The contribution is hidden. Your name and reason stand in its place."))
        return redirect(address_of(here, post.thread_id, post.number))
    return form_page(
        request,
        here,
        form,
        title=_("Hide the contribution of %(author)s?") % {"author": post.author},
        lede=_("In its place stands that you hid it, and why. Its author and those who moderate still read it."),
        action=_("Hide the contribution"),
    )


@require_POST
@in_group()
def post_show(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    post = post_of(request, here, pk)
    actions.show_post(post, by=request.user)
    messages.success(request, _("The contribution is read again."))
    return redirect(address_of(here, post.thread_id, post.number))


@require_POST
@in_group()
def report_keep(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    rules.can_moderate(request.user, here.group, here.member).require()
    report = get_object_or_404(queries.open_reports(here.group), pk=pk)
    actions.keep_reported(report, by=request.user)
    messages.success(request, _("The contribution stays, and the report is settled."))
    return redirect("groups:moderation", here.group.slug)


@require_http_methods(["GET", "POST"])
@in_group()
def thread_lock(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Let nothing more be written in a thread."""
    rules.can_moderate(request.user, here.group, here.member).require()
    thread = thread_of(request, here, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.lock_thread(thread, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The thread is locked."))
        return redirect("groups:thread_detail", here.group.slug, thread.pk)
    return form_page(
        request, here, form, title=_("Lock “%(thread)s”?") % {"thread": thread}, action=_("Lock the thread")
    )


@require_POST
@in_group()
def thread_unlock(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    thread = thread_of(request, here, pk)
    actions.unlock_thread(thread, by=request.user)
    messages.success(request, _("The thread is open again."))
    return redirect("groups:thread_detail", here.group.slug, thread.pk)
