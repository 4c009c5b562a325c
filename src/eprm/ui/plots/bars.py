"""Charts of bars, one label a row: plain, stacked, between two bounds, and from one year to the next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eprm.ui import words
from eprm.ui.charts import Chart, Number, Series, said
from eprm.ui.plots.marks import CHARACTER, NARROWEST, Drawn, label_above, most_of, share_of, text_at, tone_class

BAR, STACK, GAP = 10, 18, 15
# A number inside a segment needs this share of the width to stand clear at 320 px.
ROOM_FOR_NUMBER = 13


def patterns(chart: Chart) -> str:
    """What sets a chart's areas apart beside their colour: blank, hatched, dotted, ruled."""
    marks = ("M0 0v8", "M4 4h.01", "M0 4h8", "M0 0v8", "M0 0v8")
    turns = (45, 0, 0, -45, 0)
    drawn = (
        f'<pattern id="{chart.key}-p{number}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><path class="pattern" d="{mark}"/></pattern>'
        for number, (mark, turn) in enumerate(zip(marks, turns, strict=True), 1)
    )
    return f"<defs>{''.join(drawn)}</defs>"


def bars(chart: Chart) -> Drawn:
    values = chart.series[0].values
    most = most_of(values)
    reserved = min(48.0, max(len(said(value, chart.unit)) for value in values) * CHARACTER / NARROWEST * 100 + 2)
    svg, y = [], 0
    for label, value in zip(chart.labels, values, strict=True):
        text, y = label_above(label, y)
        width = share_of(value, most) * (100 - reserved) / 100
        svg.append(text)
        svg.append(f'<rect class="bar" y="{y}" height="{BAR}" width="{width:.1f}%"/>')
        svg.append(text_at(said(value, chart.unit), f"{width + 1:.1f}%", y + BAR - 1))
        y += BAR + GAP
    return Drawn("".join(svg), y - GAP + 2)


def stacked(chart: Chart) -> Drawn:
    totals = [sum(max(series.values[at] or 0, 0) for series in chart.series) for at in range(len(chart.labels))]
    most = most_of(totals)
    svg, y = [patterns(chart)], 0
    for at, label in enumerate(chart.labels):
        text, y = label_above(label, y, words.number(totals[at], chart.unit))
        svg.append(text)
        x = 0.0
        for number, series in enumerate(chart.series):
            width = share_of(series.values[at], most)
            if width:
                svg.append(segment(chart, series, number, x, y, width))
                if width >= ROOM_FOR_NUMBER:
                    told = words.number(series.values[at])
                    css_class = f"in-seg {tone_class(series)}"
                    svg.append(text_at(told, f"{x + width / 2:.1f}%", y + 13, css_class, "middle"))
            x += width
        y += STACK + GAP
    return Drawn("".join(svg), y - GAP + 2)


def segment(chart: Chart, series: Series, number: int, x: float, y: int, width: float) -> str:
    box = f'x="{x:.1f}%" y="{y}" width="{width:.1f}%" height="{STACK}"'
    pattern = f'<rect {box} fill="url(#{chart.key}-p{number})"/>' if number else ""
    return f'<rect class="seg {tone_class(series)}" {box}/>{pattern}'


def bounds(chart: Chart) -> Drawn:
    lows, highs = (series.values for series in chart.series)
    hatch = (
        f'<defs><pattern id="{chart.key}-h" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0v8"/></pattern></defs>'
    )
    svg, y = [hatch], 0
    for label, low, high in zip(chart.labels, lows, highs, strict=True):
        least, most = share_of(low, 100), 100.0 if high is None else share_of(high, 100)
        text, y = label_above(label, y, between(low, high))
        svg.append(text)
        svg.append(
            f'<rect class="not" width="100%" y="{y}" height="{STACK}"/>'
            f'<rect class="bar" width="{least:.1f}%" y="{y}" height="{STACK}"/>'
            f'<rect class="open" x="{least:.1f}%" width="{most - least:.1f}%" y="{y}" height="{STACK}"/>'
            f'<rect x="{least:.1f}%" width="{most - least:.1f}%" y="{y}" height="{STACK}" fill="url(#{chart.key}-h)"/>'
        )
        y += STACK + GAP
    return Drawn("".join(svg), y - GAP + 2)


def change(chart: Chart) -> Drawn:
    before, after = (series.values for series in chart.series)
    most = most_of((*before, *after))
    svg, y = [], 0
    for label, then, now in zip(chart.labels, before, after, strict=True):
        text, y = label_above(label, y, f"{said(then)} → {said(now, chart.unit)}")
        old, new, middle = 2 + share_of(then, most) * 0.96, 2 + share_of(now, most) * 0.96, y + 7
        svg.append(text)
        svg.append(f'<line class="grid-line" x1="2%" x2="98%" y1="{middle}" y2="{middle}"/>')
        if then is not None and now is not None:
            svg.append(f'<line class="span" x1="{old:.1f}%" x2="{new:.1f}%" y1="{middle}" y2="{middle}"/>')
        if then is not None:
            svg.append(f'<circle class="dot" cx="{old:.1f}%" cy="{middle}" r="5"/>')
        if now is not None:
            svg.append(f'<circle class="dot dot-full" cx="{new:.1f}%" cy="{middle}" r="6"/>')
        y += 14 + GAP
    return Drawn("".join(svg), y - GAP + 2)


def between(low: Number | None, high: Number | None) -> str:
    """ "31 to 74 %", "62 %", or that nothing is known."""
    low, high = low or 0, 100 if high is None else high
    if low == high:
        return words.number(low, "%")
    if (low, high) == (0, 100):
        return _("nothing known yet")
    return _("%(low)s to %(high)s") % {"low": words.number(low), "high": words.number(high, "%")}
