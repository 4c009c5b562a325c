"""A chart as an SVG picture that stands by itself: no style sheet, no script, fonts the PDF has.

The page's charts take their colours from the page; a PDF has none. Lengths are in points of a 480-point wide picture.
"""

from __future__ import annotations

from html import escape

from eprm.ui.charts import Chart

WIDTH, LABEL, ROW, BAR, KEY = 480, 130, 24, 14, 16
FONT = 'font-family="Libertinus Serif" font-size="10.5"'
# Tone, fill and dash: a status differs by more than its colour. Values of the look's light tokens.
FILLS = {
    "ink": "#5f5648",
    "green": "#2f6b33",
    "blue": "#2f67a8",
    "yellow": "#c79a1e",
    "red": "#a3182c",
    "violet": "#5b4aa0",
}


def draw(chart: Chart) -> str:
    """Bars with one or more parts, each with its number; then what each part means."""
    totals = [sum(series.values[at] or 0 for series in chart.series) for at in range(len(chart.labels))]
    longest = max(totals, default=0) or 1
    scale = float(WIDTH - LABEL - 40) / float(longest)
    parts = [_row(chart, at, scale, totals[at]) for at in range(len(chart.labels))]
    height = ROW * len(chart.labels)
    if len(chart.series) > 1:
        parts.append(_legend(chart, height + 4))
        height += 4 + KEY * ((len(chart.series) + 2) // 3)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"{''.join(parts)}</svg>"
    )


def _row(chart: Chart, at: int, scale: float, total: object) -> str:
    y, x = ROW * at, float(LABEL)
    drawn = [f'<text x="0" y="{y + 12}" {FONT}>{escape(str(chart.labels[at]))}</text>']
    for series in chart.series:
        value = series.values[at]
        if not value:
            continue
        width = float(value) * scale
        fill = FILLS.get(series.tone, FILLS["ink"])
        unknown = len(chart.series) > 1 and series.tone == "ink"
        look = f'fill="#fff" stroke="{fill}" stroke-dasharray="3 2"' if unknown else f'fill="{fill}"'
        drawn.append(f'<rect x="{x:.1f}" y="{y + 1}" width="{width:.1f}" height="{BAR}" {look}/>')
        if width > 16 and len(chart.series) > 1:
            ink = "#1f1b16" if unknown or series.tone == "yellow" else "#fff"
            middle = x + width / 2
            drawn.append(f'<text x="{middle:.1f}" y="{y + 12}" {FONT} fill="{ink}" text-anchor="middle">{value}</text>')
        x += width
    drawn.append(f'<text x="{x + 5:.1f}" y="{y + 12}" {FONT} font-weight="bold">{total}</text>')
    return "".join(drawn)


def _legend(chart: Chart, top: int) -> str:
    drawn = []
    for number, series in enumerate(chart.series):
        x, y = (number % 3) * (WIDTH // 3), top + KEY * (number // 3)
        fill = FILLS.get(series.tone, FILLS["ink"])
        look = f'fill="#fff" stroke="{fill}" stroke-dasharray="3 2"' if series.tone == "ink" else f'fill="{fill}"'
        drawn.append(f'<rect x="{x + 1}" y="{y + 2}" width="10" height="10" {look}/>')
        drawn.append(f'<text x="{x + 16}" y="{y + 11}" {FONT}>{escape(str(series.name))}</text>')
    return "".join(drawn)
