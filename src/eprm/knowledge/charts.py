"""A brief's production as a chart."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eprm.knowledge.queries.figures import Output, Producers
from eprm.ui.charts import Chart, Series
from eprm.ui.parts import mineral_name
from eprm.ui.words import Short, country, number, percent

MOST_PRODUCERS = 12
TONNES = Short(gettext_lazy("tonnes of contained metal"), "t")


def production_chart(iso2: str, output: Output) -> Chart:
    """Mine production by year; the title tells the last year."""
    last = output.figures[-1]
    names = {"country": country(iso2), "mineral": mineral_name(output.mineral), "year": last.year}
    tonnes = number(last.tonnes, "t")
    title = _("%(country)s mined %(tonnes)s of %(mineral)s in %(year)s") % {**names, "tonnes": tonnes}
    estimated = [str(figure.year) for figure in output.figures if figure.estimated]
    source = f"USGS, {last.edition}"
    if estimated:
        source = _("%(source)s; estimated: %(years)s") % {"source": source, "years": ", ".join(estimated)}
    return Chart(
        kind="bars",
        title=title,
        unit=TONNES,
        source=source,
        on=last.published_on,
        labels=tuple(str(figure.year) for figure in output.figures),
        series=(
            Series(mineral_name(output.mineral), tuple(figure.tonnes for figure in output.figures), output.mineral),
        ),
    )


def producers_chart(told: Producers) -> Chart:
    """The largest producers of a metal in one year; the title tells the first and its part of the world's."""
    first, most = told.figures[0], told.figures[:MOST_PRODUCERS]
    share = told.share_of(first)
    names = {"country": country(first.country), "mineral": mineral_name(told.mineral), "year": told.year}
    names["share"] = percent(share) if share is not None else number(first.tonnes, "t")
    return Chart(
        kind="bars",
        title=_("%(country)s mined most %(mineral)s in %(year)s: %(share)s of the world’s") % names,
        unit=TONNES,
        source=f"USGS, {told.world.edition}",
        on=told.world.published_on,
        across=_("Country"),
        labels=tuple(country(figure.country) for figure in most),
        series=(Series(mineral_name(told.mineral), tuple(figure.tonnes for figure in most), told.mineral),),
        note=_("Only countries that the list names one by one; the rest of the world is not shown."),
        key=f"producers-{told.mineral}",
    )
