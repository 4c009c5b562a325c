"""The tables of events and of who registered."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from eprm.events.clocks import span_in
from eprm.events.models import Event
from eprm.events.queries import ALL, COUNTRY, GENDER, PILLAR
from eprm.ui import parts, words
from eprm.ui.tables import Column, Table


def _seats(event: Event) -> str:
    if event.capacity is None:
        return str(_("as many as come"))
    if event.is_full:
        return str(_("full, %(count)d waiting") % {"count": event.waiting_count})
    return str(_("%(free)d of %(all)d free") % {"free": event.capacity - event.seats_taken, "all": event.capacity})


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
        show=lambda event: parts.status("red", _("cancelled")) if event.cancelled_at else "",
        blank=_("takes place"),
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


class RegistrationTable(Table):
    name = Column(_("Name"))
    email = Column(_("E-mail"))
    organisation = Column(_("Organisation"), blank=_("not given"))
    pillar = Column(_("Pillar"), blank=_("none"))
    country = Column(
        _("Country"),
        show=lambda row: words.country(row.country) if row.country else "",
        export=lambda row: row.country,
        blank=_("not given"),
    )
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
