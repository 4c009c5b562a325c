"""Charts as SVG, drawn on the server without a style: colours by class, widths in per cent.

Only paths are stretched; text and dots sit at percentages, so words keep 13 px on a phone and on a wide screen.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from eprm.ui.charts import Chart, Label
from eprm.ui.plots import bars, lines
from eprm.ui.plots.marks import tone_class

KINDS = {
    "bars": bars.bars,
    "stacked": bars.stacked,
    "bounds": bars.bounds,
    "change": bars.change,
    "line": lines.line,
    "band": lines.band,
}


def draw(chart: Chart) -> SafeString:
    """The whole chart as one `svg` with role img, named by the figure's title and its own description."""
    drawn = KINDS[chart.kind](chart)
    tone = tone_class(chart.series[0])
    return mark_safe(  # noqa: S308 every text inside was escaped
        f'<svg class="plot {tone}" height="{drawn.height}" role="img" '
        f'aria-labelledby="{chart.key}-title {chart.key}-desc">{drawn.svg}</svg>'
    )


def key(chart: Chart) -> list[dict[str, object]]:
    """What the areas and dots mean, for kinds whose series are not named at the line."""
    names: list[Label] = [series.name for series in chart.series]
    if chart.kind == "stacked":
        marks = [bars.segment(chart, series, number, 0, 0, 100) for number, series in enumerate(chart.series)]
    elif chart.kind == "change":
        marks = ['<circle class="dot" cx="50%" cy="9" r="5"/>', '<circle class="dot dot-full" cx="50%" cy="9" r="6"/>']
    elif chart.kind == "bounds":
        box = 'width="100%" height="18"'
        marks = [
            f'<rect class="bar" {box}/>',
            f'<rect class="open" {box}/><rect {box} fill="url(#{chart.key}-h)"/>',
            f'<rect class="not" {box}/>',
        ]
        names = [_("at least"), _("not yet known"), _("ruled out")]
    else:
        return []
    tone = tone_class(chart.series[0])
    swatches = (f'<svg class="plot swatch {tone}" aria-hidden="true">{mark}</svg>' for mark in marks)
    return [{"mark": mark_safe(swatch), "name": name} for swatch, name in zip(swatches, names, strict=True)]  # noqa: S308
