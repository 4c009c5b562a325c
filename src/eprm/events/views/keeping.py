"""What the organiser keeps: who comes, who was there, materials and recordings."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from eprm.base.files import bytes_of
from eprm.events import forms, queries, rules, tables
from eprm.events.actions import events as actions
from eprm.events.actions.registrations import note_attendance
from eprm.events.models import Registration
from eprm.events.views.events import event_of
from eprm.ui.tables import Empty, respond


@login_required
def registration_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who registered, to read and take away: for the organiser alone."""
    event = event_of(request, pk)
    rules.can_organise(request.user, event).require()
    table = tables.RegistrationTable(queries.registrations_of(event), empty=Empty(title=_("Nobody has registered yet")))
    return respond(request, table, "events/registration_list.html", {"event": event})


@login_required
def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    rules.can_note_attendance(request.user, event, timezone.now()).require()
    seated = queries.registrations_of(event).filter(state=Registration.State.SEAT)
    form = forms.AttendanceForm(request.POST or None, seated=seated, initial={"came": seated.filter(attended=True)})
    if request.method == "POST":
        form = forms.AttendanceForm(request.POST, seated=seated)
        if form.is_valid():
            came = {registration.pk for registration in form.cleaned_data["came"]}
            count = note_attendance(event=event, came=came, by=request.user)
            said = ngettext("%(count)d person was there.", "%(count)d people were there.", count)
            messages.success(request, said % {"count": count})
            return redirect("events:event_detail", event.pk)
    shown = {"form": form, "event": event, "anybody": seated.exists()}
    return render(request, "events/attendance_edit.html", shown, status=422 if form.is_bound else 200)


@login_required
def material_new(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    rules.can_organise(request.user, event).require()
    form = forms.MaterialForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        data, files = form.cleaned_data, form.cleaned_data["files"]
        kept = {"content": files[0].read(), "name": str(files[0].name)} if files else {}
        actions.add_material(event=event, title=data["title"], url=data["url"], **kept, by=request.user)
        messages.success(request, _("“%(title)s” stands on the event’s page.") % {"title": data["title"]})
        return redirect("events:event_detail", event.pk)
    shown = {"form": form, "event": event}
    return render(request, "events/material_new.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def material_remove(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    event = event_of(request, pk)
    found = get_object_or_404(queries.materials_of(event), pk=material)
    actions.remove_material(material=found, event=event, by=request.user)
    messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
    return redirect("events:event_detail", event.pk)


@require_GET
def material_download(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, always as a download: received bytes are never shown as a page of ours."""
    found = get_object_or_404(queries.material_visible_to(request.user), pk=pk)
    if not found.sha256:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(True, found.name or "file"),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes_of(found.sha256), content_type="application/octet-stream", headers=headers)
