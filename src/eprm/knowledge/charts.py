"""A brief's production as a chart."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eprm.knowledge.queries.figures import Output
from eprm.ui.charts import Chart, Series
from eprm.ui.parts import mineral_name
from eprm.ui.words import country, number


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
        unit=_("tonnes of contained metal"),
        source=source,
        on=last.published_on,
        labels=tuple(str(figure.year) for figure in output.figures),
        series=(
            Series(mineral_name(output.mineral), tuple(figure.tonnes for figure in output.figures), output.mineral),
        ),
    )
