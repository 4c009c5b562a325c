"""The tables of visits: what is planned, heard and seen, what follows, and what others read."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from babel.dates import format_skeleton
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.tables import ChangeTable
from eprm.ui import parts, words
from eprm.ui.tables import Column, Table
from eprm.visits.models import FollowUp, Story, Visit

OPEN, LATE, DONE = "open", "late", "done"


class HistoryTable(ChangeTable):
    """Who changed what in a visit; what hangs on it has no page of its own history."""

    thing = Column(_("What"), sort=False)


def days_of(row: Any) -> str:
    """4 May 2026 – 9 May 2026"""
    if row.starts_on == row.ends_on:
        return words.day(row.starts_on)
    return f"{words.day(row.starts_on)} – {words.day(row.ends_on)}"


def month_of(day: date) -> str:
    """May 2026"""
    return format_skeleton("yMMMM", day, locale=words.locale())


def minerals_of(row: Any) -> str:
    return ", ".join(str(parts.mineral_name(mineral)) for mineral in row.minerals)


def _inside(route: str, row: Any) -> str:
    """The page of something that belongs to a visit."""
    return reverse(f"visits:{route}", args=[row.visit_id, row.pk])


class VisitTable(Table):
    title = Column(_("Visit"), link="visits:visit_detail")
    country = Column(_("Country"), show=lambda visit: words.country(visit.country))
    starts_on = Column(_("Days"), show=days_of)
    minerals = Column(
        _("Minerals"), show=minerals_of, export=minerals_of, sort=False, blank=pgettext_lazy("mineral", "none named")
    )
    lead = Column(_("Led by"), accessor="lead__name")
    state = Column(
        _("State"), show=lambda visit: parts.status(f"visit.{visit.state}"), export=lambda visit: visit.state
    )

    class Meta:
        caption = _("Field visits")
        source = _("Planned by the secretariat and by groups")


class VisitFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="named")
    state = django_filters.ChoiceFilter(label=_("State"), choices=Visit.State.choices, empty_label=_("all"))

    class Meta:
        model = Visit
        fields: list[str] = []

    def named(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return found.filter(Q(title__icontains=value) | Q(region__icontains=value) | Q(purpose__icontains=value))


class ActorTable(Table):
    kind = Column(_("Who"), link=lambda row: _inside("actor_detail", row), show=lambda actor: actor.get_kind_display())
    people_count = Column(_("How many"), unit=_("people"))
    women_count = Column(_("Of them women"), unit=_("people"), blank=_("not counted"))
    heard_on = Column(_("Day"))
    named = Column(
        _("In public"),
        show=lambda actor: parts.status("actor.named" if actor.named else "actor.unnamed"),
        export=lambda actor: actor.named,
    )

    class Meta:
        caption = _("Local actors heard")
        source = _("Written down by the delegation")


class ObservationTable(Table):
    text = Column(
        _("Observation"), link=lambda row: _inside("observation_detail", row), show=str, export=lambda row: row.text
    )
    theme = Column(_("Theme"), sort=False)
    seen_on = Column(_("Day"))
    place = Column(_("Place"), blank=_("not said"))
    by = Column(_("Observed by"), accessor="by__name")
    photo_count = Column(_("Photos"), unit=_("photos"), sort=False)

    class Meta:
        caption = _("Observations")
        source = _("Written down by the delegation")


def state_of(follow_up: FollowUp) -> str:
    if follow_up.done_at is not None:
        return DONE
    return LATE if follow_up.due_on < timezone.localdate() else OPEN


class FollowUpTable(Table):
    title = Column(_("Follow-up"), link="visits:follow_up_detail")
    origin = Column(_("Comes from"))
    owner = Column(_("Who"), accessor="owner__name", blank=_("nobody named"))
    organisation = Column(
        _("Organisation"), accessor="organisation__name", blank=pgettext_lazy("organisation", "none named")
    )
    due_on = Column(_("Due"))
    done_at = Column(_("State"), show=lambda row: parts.status(f"follow_up.{state_of(row)}"), export=state_of)

    class Meta:
        caption = _("Follow-ups")
        source = _("Findings of field visits")


class FollowUpFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OPEN, pgettext_lazy("follow-up", "open")), (LATE, _("overdue")), (DONE, _("done"))],
        empty_label=_("all"),
        method="in_state",
    )

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def in_state(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == DONE:
            return found.filter(done_at__isnull=False)
        found = found.filter(done_at=None)
        return found.filter(due_on__lt=timezone.localdate()) if value == LATE else found


class ReportTable(Table):
    title = Column(pgettext_lazy("visit", "Report"), link="visits:report_detail")
    country = Column(_("Country"), show=lambda report: words.country(report.country))
    starts_on = Column(_("Days"), show=days_of)
    shared_at = Column(_("Shared with members"), blank=_("not yet"))

    class Meta:
        caption = _("Reports of field visits")
        source = _("Written by those who led them")


class StoryTable(Table):
    title = Column(_("Story"), link="visits:story_detail")
    summary = Column(_("In one sentence"), sort=False)
    country = Column(_("Country"), show=lambda story: words.country(story.country))
    month = Column(
        _("Visited in"), show=lambda story: month_of(story.month), export=lambda story: f"{story.month:%Y-%m}"
    )
    minerals = Column(
        _("Minerals"), show=minerals_of, export=minerals_of, sort=False, blank=pgettext_lazy("mineral", "none named")
    )
    publish_on = Column(pgettext_lazy("story", "Published"))

    class Meta:
        caption = _("Stories from the field")
        source = _("Delegations of the partnership")


class StoryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="named")
    mineral = django_filters.ChoiceFilter(
        label=_("Mineral"), choices=list(parts.MINERAL_NAMES.items()), empty_label=_("all"), method="of_mineral"
    )

    country = django_filters.CharFilter(label=_("Country"), widget=HiddenInput)

    class Meta:
        model = Story
        fields: list[str] = []

    def named(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return found.filter(Q(title__icontains=value) | Q(summary__icontains=value) | Q(text__icontains=value))

    def of_mineral(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return found.filter(minerals__contains=[value])


class ThemeTable(Table):
    name = Column(_("Theme"), accessor="pk", link="visits:theme_end", show=str, export=str, sort=False)
    source = Column(_("Source"))
    verified = Column(_("Compared with the source"), show=lambda row: _("yes") if row.verified else _("not yet"))
    since = Column(_("Used from"))
    until = Column(_("Used until"), blank=_("still used"))

    class Meta:
        caption = _("Themes of observations")
        source = _("Kept by the secretariat")


class DelayTable(Table):
    since = Column(_("For visits that end from"))
    days = Column(_("Story appears after"), unit=pgettext_lazy("unit", "days"))
    source = Column(_("Source"))
    verified = Column(_("Compared with the source"), show=lambda row: _("yes") if row.verified else _("not yet"))

    class Meta:
        caption = _("Delay before a story appears")
        source = _("Kept by the secretariat")
