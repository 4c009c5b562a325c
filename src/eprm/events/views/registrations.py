"""Registering, with an account or without; one's own registration by its signed link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eprm.base.errors import NotAllowed
from eprm.events import forms, queries, rules
from eprm.events.actions import registrations as actions
from eprm.events.models import Registration
from eprm.events.views.events import event_of
from eprm.ui.clocks import span_in


def event_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a seat. Without an account the address is confirmed by mail first."""
    event, person = event_of(request, pk), request.user
    rules.can_register(event, timezone.now()).require()
    form = (forms.RegisterForm if person.is_authenticated else forms.VisitorForm)(request.POST or None)
    sent = False
    if request.method == "POST" and form.is_bound and form.is_valid():
        if person.is_authenticated:
            try:
                made = actions.register(event=event, by=person, **form.cleaned_data)
            except NotAllowed as refused:
                # Sent twice, by two clicks: the first has done it, and the event's page tells how they stand.
                if queries.my_registration(person, event) is None:
                    raise
                messages.info(request, refused.reason)
            else:
                messages.success(request, _said(made))
            return redirect("events:event_detail", event.pk)
        actions.register_visitor(event=event, **form.cleaned_data)
        sent = True
    shown = {
        "form": form,
        "event": event,
        "when": span_in(event.starts_at, event.ends_at, event.zone),
        "sent": form.cleaned_data["email"] if sent else "",
    }
    return render(request, "events/event_register.html", shown, status=422 if form.is_bound and not sent else 200)


def _said(registration: Registration) -> str:
    if registration.state == Registration.State.SEAT:
        return _("You have a seat. A mail with the details is on its way.")
    return _("All seats are taken. You are on the waiting list and are told by mail once one becomes free.")


@require_POST
@login_required
def event_leave(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    mine = queries.my_registration(request.user, event)
    if mine is None:
        raise Http404
    actions.cancel(registration=mine, by=request.user)
    messages.success(request, _("Your registration is cancelled."))
    return redirect("events:event_detail", event.pk)


@never_cache
def registration_detail(request: HttpRequest, signed: str) -> HttpResponse:
    """One's own registration by its signed link: confirm, read the way in, cancel. Opening it changes nothing."""
    if request.method == "POST":
        done = actions.confirm(signed=signed) if "confirm" in request.POST else actions.cancel_by_link(signed=signed)
        if done is None:
            raise Http404
        return redirect("events:registration_detail", signed)
    place = queries.place_of_link(signed)
    if place is None:
        raise Http404
    event = place.event
    shown = {
        "place": place,
        "event": event,
        "registration": place.registration,
        "signed": signed,
        "when": span_in(event.starts_at, event.ends_at, event.zone),
        "open": rules.can_register(event, timezone.now()),
        "may_leave": event.starts_at > timezone.now() and event.cancelled_at is None,
    }
    response = render(request, "events/registration_detail.html", shown)
    response["Referrer-Policy"] = "no-referrer"  # the address is a key
    return response
