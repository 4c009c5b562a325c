"""Events for calendar programs: one event, the public feed, one's own feed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from eprm.events import queries
from eprm.events.calendars import calendar_of
from eprm.events.views.events import event_of
from eprm.groups.addresses import reader_of_feed
from eprm.groups.queries.groups import active_person
from eprm.people.identity import acting_for


def _served(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)


@never_cache
@require_GET
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    links = queries.links_of([event])
    return _served(calendar_of([event], name=event.title, links=links), f"event-{event.pk}.ics")


@never_cache
@require_GET
def registration_calendar(request: HttpRequest, signed: str) -> HttpResponse:
    """The entry of who registered without an account, with the way in online."""
    place = queries.place_of_link(signed)
    if place is None:
        raise Http404
    event = place.event
    return _served(calendar_of([event], name=event.title, links={event.pk: place.link}), f"event-{event.pk}.ics")


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The events one may see; for a visitor, those for everybody."""
    events = list(queries.feed_events(request.user, timezone.now()))
    return _served(calendar_of(events, name=_("Events of the partnership")), "events.ics")


@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the owner of this address may see now, with the ways in they hold; ends with the address's key."""
    reader = reader_of_feed(token)
    person = active_person(reader) if reader is not None else None
    if person is None:
        raise Http404
    with acting_for(person, path=request.path):
        events = list(queries.feed_events(person, timezone.now()))
        content = calendar_of(events, name=_("Events of the partnership"), links=queries.links_of(events))
    return _served(content, "events.ics")


@never_cache
@require_GET
def group_feed(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """One group's events and dates, for the owner of this address while they belong to the group."""
    reader = reader_of_feed(token)
    person = active_person(reader) if reader is not None else None
    if person is None:
        raise Http404
    with acting_for(person, path=request.path):
        group = queries.group_of_member(person, slug)
        if group is None:
            raise Http404
        at = timezone.now()
        events = list(queries.feed_events(person, at, group))
        dates = queries.feed_dates(person, at, group)
        content = calendar_of(events, name=str(group), links=queries.links_of(events), dates=dates)
    return _served(content, f"{slug}.ics")
