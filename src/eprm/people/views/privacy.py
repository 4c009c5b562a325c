"""What the platform knows of a person: a copy of it, and its erasure."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base import personal
from eprm.people import own
from eprm.people.forms import EraseForm
from eprm.people.stepup import step_up


@login_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, the copies asked for, and the way to leave."""
    return render(
        request,
        "people/privacy.html",
        {"parts": personal.parts(), "exports": personal.exports_of(request.user)},
    )


@login_required
@require_POST
def export_ask(request: HttpRequest) -> HttpResponse:
    personal.ask_export(request.user)
    messages.success(request, _("The copy is being made. Load this page again in a minute."))
    return redirect("people:privacy")


@login_required
@never_cache
@require_GET
def export_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy as a zip; nobody else's exists."""
    if (copy := personal.export_of(request.user, pk)) is None:
        raise Http404
    answer = HttpResponse(bytes(copy.content), content_type="application/zip")
    name = f"eprm-my-data-{copy.asked_at:%Y-%m-%d}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
@step_up
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; then, on the person's own word, erase."""
    ruling = own.can_erase(request.user)
    form = EraseForm(request.POST or None, person=request.user)
    if request.method == "POST":
        ruling.require()
        if form.is_valid():
            own.erase_person(by=request.user)
            logout(request)
            messages.success(request, _("Your account is erased, and you are signed out everywhere."))
            return redirect("portal:home")
    context = {"parts": personal.parts(), "form": form, "ruling": ruling}
    return render(request, "people/erase.html", context, status=422 if form.errors else 200)
