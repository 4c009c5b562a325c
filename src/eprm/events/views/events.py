"""Events: what comes, what was, announcing, changing, cancelling."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.events import forms, queries, rules, tables
from eprm.events.actions import events as actions
from eprm.events.models import Event
from eprm.groups.addresses import feed_token
from eprm.groups.markup import render as as_html
from eprm.ui.clocks import ClockForm, clock_of, span_in
from eprm.ui.tables import Empty, respond

SHOWN = ("kind", "title", "text", "zone", "place", "capacity")


def event_of(request: HttpRequest, pk: int) -> Event:
    """The event, if the person may see it; else it is not there."""
    return get_object_or_404(queries.events_visible_to(request.user), pk=pk)


def _may_announce(request: HttpRequest) -> bool:
    person = request.user
    return person.is_authenticated and (bool(rules.can_announce(person)) or bool(queries.facilitated(person)))


def event_list(request: HttpRequest) -> HttpResponse:
    """What comes, soonest first, and the calendar to subscribe to."""
    found = tables.EventFilter(request.GET, queries.coming(request.user, timezone.now()))
    empty = Empty(
        title=_("No event fits these filters") if request.GET else _("No event is coming"),
        text=_("Past events and their materials stay."),
        url=reverse("events:event_past"),
        action=_("Past events"),
    )
    feed = reverse("events:calendar")
    if request.user.is_authenticated:
        feed = reverse("events:feed", args=[feed_token(request.user)])
    shown = {
        "filter": found,
        "feed": request.build_absolute_uri(feed),
        "may_announce": _may_announce(request),
    }
    return respond(request, tables.EventTable(found.qs, empty=empty), "events/event_list.html", shown)


def event_past(request: HttpRequest) -> HttpResponse:
    found = tables.EventFilter(request.GET, queries.past(request.user, timezone.now()))
    empty = Empty(title=_("No event fits these filters") if request.GET else _("No event has taken place yet"))
    return respond(request, tables.EventTable(found.qs, empty=empty), "events/event_past.html", {"filter": found})


@login_required
def event_new(request: HttpRequest) -> HttpResponse:
    """Announce an event."""
    groups = queries.facilitated(request.user)
    office = rules.can_announce(request.user)
    if not groups:
        office.require()
    form = forms.AnnounceForm(request.POST or None, office=bool(office), groups=groups)
    if form.is_bound and form.is_valid():
        event = actions.announce(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%(event)s” is announced.") % {"event": event})
        return redirect("events:event_detail", event.pk)
    return render(request, "events/event_new.html", {"form": form}, status=422 if form.is_bound else 200)


def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event by its own clock and the reader's; one's registration; for the organiser, who comes."""
    event, person = event_of(request, pk), request.user
    organising = bool(rules.can_organise(person, event))
    clock = clock_of(request)
    member = queries.member_for(person, event.group)
    shown = {
        "event": event,
        "text": as_html(event.text, heading=3),
        "when": span_in(event.starts_at, event.ends_at, event.zone),
        "own_clock": span_in(event.starts_at, event.ends_at, clock) if clock and clock != event.zone else "",
        "zone_form": ClockForm(initial={"zone": clock or event.zone}),
        "mine": queries.my_registration(person, event),
        "link": queries.link_of(event),
        "materials": queries.materials_of(event),
        "open": rules.can_register(event, timezone.now()),
        "organising": organising,
        "may_change": rules.can_change(person, event, timezone.now()),
        "may_note": rules.can_note_attendance(person, event, timezone.now()),
        "may_take_over": rules.can_take_over(person, event, member),
        "attendance": queries.attendance_of(event) if organising else None,
    }
    return render(request, "events/event_detail.html", shown)


@login_required
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    rules.can_change(request.user, event, timezone.now()).require()
    clock = ZoneInfo(event.zone)
    initial = {name: getattr(event, name) for name in SHOWN} | {"link": queries.link_of(event)}
    initial |= {name: getattr(event, name).astimezone(clock).replace(tzinfo=None) for name in ("starts_at", "ends_at")}
    form = forms.EventForm(request.POST or None, initial=initial)
    told = request.POST.get("seen", "")
    seen = int(told) if told.isdigit() and len(told) < 9 else -1
    if form.is_bound and form.is_valid():
        actions.change_event(event=event, seen=seen, **form.cleaned_data, by=request.user)
        messages.success(request, _("The event is changed, and those who come are told what matters to them."))
        return redirect("events:event_detail", event.pk)
    shown = {"form": form, "event": event, "seen": seen if form.is_bound else event.sequence}
    return render(request, "events/event_edit.html", shown, status=422 if form.is_bound else 200)


@login_required
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    rules.can_change(request.user, event, timezone.now()).require()
    form = forms.CancelForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.cancel_event(event=event, **form.cleaned_data, by=request.user)
        messages.success(request, _("“%(event)s” is cancelled, and everybody registered is told.") % {"event": event})
        return redirect("events:event_detail", event.pk)
    shown = {"form": form, "event": event}
    return render(request, "events/event_cancel.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def event_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    event = actions.take_over(event=event_of(request, pk), by=request.user)
    messages.success(request, _("You organise “%(event)s” now.") % {"event": event})
    return redirect("events:event_detail", event.pk)
