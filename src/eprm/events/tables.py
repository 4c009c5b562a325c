"""The tables of events and of who registered."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from eprm.events.models import Event
from eprm.events.queries import ALL, COUNTRY, GENDER, PILLAR
from eprm.ui import parts, words
from eprm.ui.clocks import span_in
from eprm.ui.tables import Column, Table


def _seats(event: Event) -> str:
    if event.capacity is None:
        return str(_("as many as come"))
    if event.is_full:
        return str(_("full, %(count)d waiting") % {"count": event.waiting_count})
    return str(_("%(free)d of %(all)d free") % {"free": event.capacity - event.seats_taken, "all": event.capacity})


def _state(event: Event) -> object:
    if event.cancelled_at:
        return parts.status("red", _("cancelled"))
    return _("took place") if event.ends_at <= timezone.now() else _("will take place")


class EventTable(Table):
    title = Column(_("Event"), link="events:event_detail")
    kind = Column(_("Kind"))
    starts_at = Column(_("When"), show=lambda event: span_in(event.starts_at, event.ends_at, event.zone))
    place = Column(_("Place"), blank=_("online"))
    audience = Column(_("For"), show=lambda event: event.group or event.get_audience_display(), sort=False)
    capacity = Column(_("Seats"), show=_seats)
    state = Column(
        _("State"),
        accessor="cancelled_at",
        show=_state,
    )

    class Meta:
        caption = _("Events")
        source = _("Announced by the secretariat and by groups")


class EventFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="named")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Event.Kind.choices, empty_label=_("all"))

    class Meta:
        model = Event
        fields: list[str] = []

    def named(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return found.filter(Q(title__icontains=value) | Q(text__icontains=value) | Q(place__icontains=value))


def _below(*lines: object) -> str:
    """The first of these that is said, the others small below it."""
    first, *others = [line for line in lines if line] or [""]
    if not others:
        return first
    return format_html('{}<br><span class="small muted">{}</span>', first, " · ".join(map(str, others)))


class RegistrationTable(Table):
    """On the page the address stands below the name, and pillar and country below the organisation, so that it fits;
    a file has a column for each."""

    name = Column(_("Name"), show=lambda row: _below(row.name, row.email))
    email = Column(_("E-mail"), visible=False)
    organisation = Column(
        _("Organisation"),
        show=lambda row: _below(row.organisation, row.get_pillar_display(), words.country(row.country)),
        blank=_("not given"),
    )
    pillar = Column(_("Pillar"), visible=False)
    country = Column(_("Country"), visible=False)
    state = Column(
        _("State"),
        show=lambda registration: parts.status(f"registration.{registration.state}"),
        export=lambda registration: registration.state,
    )
    asked_at = Column(_("Registered"))
    attended = Column(
        _("Was there"), blank=_("not noted"), show=lambda row: {True: _("yes"), False: _("no")}.get(row.attended, "")
    )

    class Meta:
        caption = _("Who registered")
        source = _("Registrations, for the organiser alone")


NOTHING_YET = _("No event has taken place yet")
COUNTED_BY = {ALL: _("in all"), PILLAR: _("pillar"), COUNTRY: _("country"), GENDER: _("woman or man")}


class FigureTable(Table):
    year = Column(_("Year"), show=lambda row: str(row.year))
    by = Column(_("Counted by"), show=lambda row: COUNTED_BY[row.by], export=lambda row: str(COUNTED_BY[row.by]))
    group = Column(_("Group"), blank=_("all"))
    events = Column(_("Events"), align="end")
    registered = Column(_("With a seat"), unit=_("people"), blank=_("fewer than five"))
    attended = Column(_("Were there"), unit=_("people"), blank=_("fewer than five"))

    class Meta:
        caption = _("Events, seats and attendance")
        source = _("Registrations and attendance noted by the organisers")
