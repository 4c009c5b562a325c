"""A group's pages, tasks, dates, files and minutes."""

from __future__ import annotations

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.groups import rules, tables
from eprm.groups.actions import files as file_actions
from eprm.groups.actions import work as actions
from eprm.groups.actions.threads import EditedMeanwhile
from eprm.groups.actions.work import Action
from eprm.groups.forms import ActionForm, DateForm, FileForm, MinutesForm, PageForm, ReasonForm, TaskForm, VersionForm
from eprm.groups.models import GroupPage, Minutes
from eprm.groups.queries import decisions as decision_queries
from eprm.groups.queries import work as queries
from eprm.groups.queries.groups import Place, members_of
from eprm.groups.queries.threads import html_of
from eprm.groups.views.access import form_page, in_group, page
from eprm.ui.clocks import clock_of
from eprm.ui.tables import Empty, as_file, prepare

Actions = formset_factory(ActionForm, extra=3, max_num=20)


def _page(request: HttpRequest, here: Place, pk: int) -> GroupPage:
    found = get_object_or_404(queries.pages_visible_to(request.user).filter(group=here.group), pk=pk)
    found.group = here.group
    return found


@require_GET
@in_group(public=True)
def page_list(request: HttpRequest, here: Place) -> HttpResponse:
    """The pages the group writes together."""
    return page(
        request, "groups/page_list.html", here, pages=queries.pages_visible_to(request.user).filter(group=here.group)
    )


@require_http_methods(["GET", "POST"])
@in_group()
def page_new(request: HttpRequest, here: Place) -> HttpResponse:
    rules.can_take_part(here.group, here.member).require()
    form = PageForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add_page(
                here.group, title=form.cleaned_data["title"], text=form.cleaned_data["text"], by=request.user
            )
        except NotAllowed as refusal:
            form.add_error("title", refusal.reason)
        else:
            return redirect("groups:page_detail", here.group.slug, made.pk)
    return form_page(
        request,
        here,
        form,
        title=_("A new page"),
        lede=_("Every member can change it, and every version is kept."),
        action=_("Save the page"),
    )


@require_GET
@in_group(public=True)
def page_detail(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    found = _page(request, here, pk)
    return page(request, "groups/page_detail.html", here, this=found, html=html_of(found))


@require_http_methods(["GET", "POST"])
@in_group()
def page_edit(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """A new version. Where somebody saved another meanwhile both are shown, and nothing is lost."""
    found = _page(request, here, pk)
    rules.can_take_part(here.group, here.member).require()
    form = PageForm(request.POST or None, initial={"title": found.title, "text": found.text, "version": found.version})
    meanwhile = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.edit_page(
                found, title=given["title"], text=given["text"], version=given["version"] or 0, by=request.user
            )
        except EditedMeanwhile as clash:
            meanwhile = clash
            form = PageForm({**given, "version": clash.version})
        else:
            messages.success(request, _("The page is saved."))
            return redirect("groups:page_detail", here.group.slug, found.pk)
    return page(
        request,
        "groups/page_edit.html",
        here,
        status=409 if meanwhile else 422 if form.errors else 200,
        form=form,
        this=found,
        meanwhile=meanwhile,
    )


@require_GET
@in_group(public=True)
def page_versions(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    found = _page(request, here, pk)
    return page(request, "groups/page_versions.html", here, this=found, versions=queries.versions_of_page(found)[:100])


@require_http_methods(["GET", "POST"])
@in_group(public=True)
def file_list(request: HttpRequest, here: Place) -> HttpResponse:
    """The group's files, and the form to give one."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        rules.can_take_part(here.group, here.member).require()
        if form.is_valid():
            for sent in form.cleaned_data["files"]:
                file_actions.give_file(
                    here.group, name=sent.name, content=sent.read(), note=form.cleaned_data["note"], by=request.user
                )
            messages.success(request, _("The group has the file."))
            return redirect("groups:file_list", here.group.slug)
    hidden = () if rules.can_take_part(here.group, here.member) else ("remove",)
    empty = Empty(title=_("No file yet"))
    found = queries.files_visible_to(request.user).filter(group=here.group)
    table = tables.FileTable(found, empty=empty, exclude=hidden)
    if asked := request.GET.get("format"):
        return as_file(request, table, asked)
    context = {"table": prepare(request, table), "form": form}
    return page(request, "groups/file_list.html", here, status=422 if form.errors else 200, **context)


@require_http_methods(["GET", "POST"])
@in_group()
def file_remove(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    file = get_object_or_404(queries.files_visible_to(request.user).filter(group=here.group), pk=pk)
    if file.by_id != request.user.pk:
        rules.can_moderate(request.user, here.group, here.member).require()
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        file_actions.remove_file(file, **form.cleaned_data, by=request.user)
        messages.success(request, _("“%(file)s” is removed.") % {"file": file})
        return redirect("groups:file_list", here.group.slug)
    return form_page(request, here, form, title=_("Remove “%(file)s”?") % {"file": file}, action=_("Remove the file"))


@require_http_methods(["GET", "POST"])
@in_group()
def task_list(request: HttpRequest, here: Place) -> HttpResponse:
    """Who does what by when, and the form to give a task."""
    if not (here.member and here.member.is_member):
        rules.can_take_part(here.group, here.member).require()
    form = TaskForm(request.POST or None, members=members_of(here.group))
    if request.method == "POST":
        rules.can_take_part(here.group, here.member).require()
        if form.is_valid():
            given = form.cleaned_data
            actions.give_task(
                here.group, title=given["title"], owner=given["owner"].person, due_on=given["due_on"], by=request.user
            )
            messages.success(request, _("The task is given."))
            return redirect("groups:task_list", here.group.slug)
    empty = Empty(title=_("No task yet"))
    table = tables.TaskTable(queries.tasks_visible_to(request.user).filter(group=here.group), empty=empty)
    if asked := request.GET.get("format"):
        return as_file(request, table, asked)
    context = {"table": prepare(request, table), "form": form}
    return page(request, "groups/task_list.html", here, status=422 if form.errors else 200, **context)


@require_http_methods(["GET", "POST"])
@in_group()
def task_detail(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """One task; a POST marks it as done, or as open again."""
    task = get_object_or_404(queries.tasks_visible_to(request.user).filter(group=here.group), pk=pk)
    task.group = here.group
    ruling = rules.can_finish_task(request.user, task, here.group, here.member)
    if request.method == "POST":
        actions.finish_task(task, done=task.done_at is None, by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect("groups:task_list", here.group.slug)
    may_change = rules.can_change_task(request.user, task, here.group, here.member)
    return page(request, "groups/task_detail.html", here, task=task, ruling=ruling, may_change=may_change)


@require_http_methods(["GET", "POST"])
@in_group()
def task_edit(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Other words, another day, another member to do it."""
    task = get_object_or_404(queries.tasks_visible_to(request.user).filter(group=here.group), pk=pk)
    rules.can_change_task(request.user, task, here.group, here.member).require()
    members = members_of(here.group)
    owner = members.filter(person=task.owner_id).values_list("pk", flat=True).first()
    began = {"title": task.title, "owner": owner, "due_on": task.due_on}
    form = TaskForm(request.POST or None, members=members, initial=began)
    if form.is_valid():
        given = form.cleaned_data
        actions.change_task(
            task, title=given["title"], owner=given["owner"].person, due_on=given["due_on"], by=request.user
        )
        messages.success(request, _("The task is changed."))
        return redirect("groups:task_detail", here.group.slug, task.pk)
    return form_page(request, here, form, title=_("Change the task"), action=_("Save the task"))


@require_http_methods(["GET", "POST"])
@in_group(public=True)
def date_list(request: HttpRequest, here: Place) -> HttpResponse:
    """The group's calendar, and the form to add a date."""
    form = DateForm(request.POST or None, clock=clock_of(request) or queries.zone_of(here.group, request.user))
    if request.method == "POST":
        rules.can_take_part(here.group, here.member).require()
        if form.is_valid():
            actions.add_date(here.group, **form.cleaned_data, by=request.user)
            messages.success(request, _("The date is in the calendar."))
            return redirect("groups:date_list", here.group.slug)
    found = queries.dates_visible_to(request.user).filter(group=here.group)
    now = timezone.now()
    context = {
        "form": form,
        "coming": found.filter(starts_at__gte=now)[:100],
        "past": found.filter(starts_at__lt=now).order_by("-starts_at")[:50],
    }
    return page(request, "groups/date_list.html", here, status=422 if form.errors else 200, **context)


@require_POST
@in_group()
def date_cancel(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.dates_visible_to(request.user).filter(group=here.group), pk=pk)
    found.group = here.group
    actions.cancel_date(found, by=request.user)
    messages.success(request, _("“%(date)s” is cancelled.") % {"date": found})
    return redirect("groups:date_list", here.group.slug)


@require_GET
@in_group(public=True)
def minutes_list(request: HttpRequest, here: Place) -> HttpResponse:
    empty = Empty(title=_("No minutes yet"))
    table = tables.MinutesTable(decision_queries.minutes_visible_to(request.user).filter(group=here.group), empty=empty)
    if asked := request.GET.get("format"):
        return as_file(request, table, asked)
    return page(request, "groups/minutes_list.html", here, table=prepare(request, table))


@require_http_methods(["GET", "POST"])
@in_group()
def minutes_new(request: HttpRequest, here: Place) -> HttpResponse:
    """Write down a meeting: who was there, what was said, who does what."""
    rules.can_take_part(here.group, here.member).require()
    members = members_of(here.group)
    form = MinutesForm(request.POST or None, members=members)
    tasks = Actions(request.POST or None, form_kwargs={"members": members}, prefix="task")
    if request.method == "POST" and form.is_valid() and tasks.is_valid():
        given = form.cleaned_data
        agreed = [
            Action(row["title"], row["owner"].person, row["due_on"]) for row in tasks.cleaned_data if row.get("title")
        ]
        made = actions.write_minutes(
            here.group,
            title=given["title"],
            held_on=given["held_on"],
            place=given["place"],
            text=given["text"],
            attended=[member.person for member in given["attended"]],
            actions=agreed,
            by=request.user,
        )
        return redirect("groups:minutes_detail", here.group.slug, made.pk)
    wrong = bool(form.errors or (tasks.is_bound and not tasks.is_valid()))
    return page(request, "groups/minutes_new.html", here, status=422 if wrong else 200, form=form, tasks=tasks)


def _minutes(request: HttpRequest, here: Place, pk: int) -> Minutes:
    found = decision_queries.minutes_visible_to(request.user).filter(group=here.group)
    minutes = get_object_or_404(found, pk=pk)
    minutes.group = here.group
    return minutes


@require_GET
@in_group(public=True)
def minutes_detail(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    minutes = _minutes(request, here, pk)
    context = {
        "minutes": minutes,
        "html": html_of(minutes),
        "attendance": decision_queries.attendance_of(minutes),
        "tasks": queries.tasks_visible_to(request.user).filter(minutes=minutes),
        "editing": rules.can_edit_minutes(request.user, minutes, here.group, here.member),
    }
    return page(request, "groups/minutes_detail.html", here, **context)


@require_http_methods(["GET", "POST"])
@in_group()
def minutes_edit(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    minutes = _minutes(request, here, pk)
    rules.can_edit_minutes(request.user, minutes, here.group, here.member).require()
    form = VersionForm(request.POST or None, initial={"text": minutes.text, "version": minutes.version})
    meanwhile = None
    if form.is_valid():
        try:
            actions.edit_minutes(minutes, **form.cleaned_data, by=request.user)
        except EditedMeanwhile as clash:
            meanwhile = clash
            form = VersionForm({"text": form.cleaned_data["text"], "version": clash.version})
        else:
            messages.success(request, _("The minutes are saved."))
            return redirect("groups:minutes_detail", here.group.slug, minutes.pk)
    status = 409 if meanwhile else 422 if form.errors else 200
    return page(
        request, "groups/minutes_edit.html", here, status=status, form=form, minutes=minutes, meanwhile=meanwhile
    )
