"""The charts of events in figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext_lazy

from eprm.events.queries import ALL, OTHERS, PILLAR, FigureRow
from eprm.ui import words
from eprm.ui.charts import Chart, Series

PEOPLE = words.Counted(npgettext_lazy("counted", "person", "people", "n"))


def _source() -> str:
    return _("Registrations and attendance noted by the organisers")


def years_chart(rows: Sequence[FigureRow], on: date) -> Chart | None:
    """Who was there, by year."""
    years = sorted((row for row in rows if row.by == ALL), key=lambda row: row.year)
    told = [row for row in years if row.attended is not None]
    if not told:
        return None
    last = told[-1]
    return Chart(
        kind="bars",
        title=ngettext(
            "%(count)s person was at events in %(year)s", "%(count)s people were at events in %(year)s", last.attended
        )
        % {"count": words.number(last.attended), "year": last.year},
        unit=PEOPLE,
        source=_source(),
        on=on,
        across=_("Year"),
        labels=tuple(str(row.year) for row in years),
        series=(Series(_("Were there"), tuple(row.attended for row in years)),),
        note=_("A person at two events counts twice."),
        key="events-years",
    )


def pillars_chart(rows: Sequence[FigureRow], on: date) -> Chart | None:
    """Who was there in the latest year, by pillar."""
    year = max((row.year for row in rows), default=0)
    told = [row for row in rows if row.by == PILLAR and row.year == year and row.attended]
    if not told:
        return None
    most = max(told, key=lambda row: (row.group is not OTHERS, row.attended or 0))
    return Chart(
        kind="bars",
        title=_("In %(year)s most came from: %(pillar)s") % {"year": year, "pillar": most.group},
        unit=PEOPLE,
        source=_source(),
        on=on,
        across=_("Pillar"),
        labels=tuple(str(row.group) for row in told),
        series=(Series(_("Were there"), tuple(row.attended for row in told)),),
        note=_("Pillars under five stand together."),
        key="events-pillars",
    )
