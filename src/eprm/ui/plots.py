"""Charts as SVG, drawn on the server without a style: colours by class, widths in per cent.

Only paths are stretched; text and dots sit at percentages, so words keep 13 px on a phone and on a wide screen.
The numbers below are pixels where nothing else is said.
"""

from __future__ import annotations

import textwrap
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from eprm.ui import words
from eprm.ui.charts import Chart, Label, Number, Series, said

TONE_CLASS = {"ink": "c-ink", "tin": "c-sn", "tantalum": "c-ta", "tungsten": "c-w", "gold": "c-au"}

# The narrowest plot a phone leaves (320 px less the page's and the sheet's margins), and a character at 14 px bold.
NARROWEST, CHARACTER = 254, 7.6
LINE_CHARACTERS = int(NARROWEST / CHARACTER)
LABEL_LINES = 3
LINE_HEIGHT, BAR, STACK, GAP = 17, 10, 18, 15
# The line chart: its height, and where the plot lies in it.
TALL, TOP, FLOOR, LEFT, RIGHT = 190, 14, 158, 8.0, 98.0
GRID_LINES = 4
# A number inside a segment needs this share of the width to stand clear at 320 px.
ROOM_FOR_NUMBER = 13


class Drawn(NamedTuple):
    """The inside of an SVG and the height it needs."""

    svg: str
    height: int


def draw(chart: Chart) -> SafeString:
    """The whole chart as one `svg` with role img, named by the figure's title and its own description."""
    drawn = _KINDS[chart.kind](chart)
    tone = tone_class(chart.series[0])
    return mark_safe(  # noqa: S308 every text inside was escaped
        f'<svg class="plot {tone}" height="{drawn.height}" role="img" '
        f'aria-labelledby="{chart.key}-title {chart.key}-desc">{drawn.svg}</svg>'
    )


def patterns(chart: Chart) -> str:
    """What sets a chart's areas apart beside their colour: blank, hatched, dotted, ruled."""
    marks = ("M0 0v8", "M4 4h.01", "M0 4h8", "M0 0v8", "M0 0v8")
    turns = (45, 0, 0, -45, 0)
    return (
        "<defs>"
        + "".join(
            f'<pattern id="{chart.key}-p{number}" width="8" height="8" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({turn})"><path class="pattern" d="{mark}"/></pattern>'
            for number, (mark, turn) in enumerate(zip(marks, turns, strict=True), 1)
        )
        + "</defs>"
    )


def key(chart: Chart) -> list[dict[str, object]]:
    """What the areas and dots mean, for kinds whose series are not named at the line."""
    names: list[Label] = [series.name for series in chart.series]
    if chart.kind == "stacked":
        marks = [_segment(chart, series, number, 0, 0, 100) for number, series in enumerate(chart.series)]
    elif chart.kind == "change":
        marks = ['<circle class="dot" cx="50%" cy="9" r="5"/>', '<circle class="dot dot-full" cx="50%" cy="9" r="6"/>']
    elif chart.kind == "bounds":
        box = 'width="100%" height="18"'
        marks = [
            f'<rect class="bar" {box}/>',
            f'<rect class="open" {box}/><rect {box} fill="url(#{chart.key}-h)"/>',
            f'<rect class="not" {box}/>',
        ]
        names = [_("at least"), _("not yet known"), _("not")]
    else:
        return []
    tone = tone_class(chart.series[0])
    swatches = (f'<svg class="plot swatch {tone}" aria-hidden="true">{mark}</svg>' for mark in marks)
    return [{"mark": mark_safe(swatch), "name": name} for swatch, name in zip(swatches, names, strict=True)]  # noqa: S308


def _bars(chart: Chart) -> Drawn:
    values = chart.series[0].values
    most = _most(values)
    reserved = min(48.0, max(len(said(value, chart.unit)) for value in values) * CHARACTER / NARROWEST * 100 + 2)
    svg, y = [], 0
    for label, value in zip(chart.labels, values, strict=True):
        text, y = _label(label, y)
        width = _share(value, most) * (100 - reserved) / 100
        svg.append(text)
        svg.append(f'<rect class="bar" y="{y}" height="{BAR}" width="{width:.1f}%"/>')
        svg.append(_text(said(value, chart.unit), f"{width + 1:.1f}%", y + BAR - 1))
        y += BAR + GAP
    return Drawn("".join(svg), y - GAP + 2)


def _stacked(chart: Chart) -> Drawn:
    totals = [sum(max(series.values[at] or 0, 0) for series in chart.series) for at in range(len(chart.labels))]
    most = _most(totals)
    svg, y = [patterns(chart)], 0
    for at, label in enumerate(chart.labels):
        text, y = _label(label, y, words.number(totals[at], chart.unit))
        svg.append(text)
        x = 0.0
        for number, series in enumerate(chart.series):
            width = _share(series.values[at], most)
            if width:
                svg.append(_segment(chart, series, number, x, y, width))
                if width >= ROOM_FOR_NUMBER:
                    middle = f"{x + width / 2:.1f}%"
                    svg.append(
                        _text(words.number(series.values[at]), middle, y + 13, f"in-seg {tone_class(series)}", "middle")
                    )
            x += width
        y += STACK + GAP
    return Drawn("".join(svg), y - GAP + 2)


def _segment(chart: Chart, series: Series, number: int, x: float, y: int, width: float) -> str:
    box = f'x="{x:.1f}%" y="{y}" width="{width:.1f}%" height="{STACK}"'
    pattern = f'<rect {box} fill="url(#{chart.key}-p{number})"/>' if number else ""
    return f'<rect class="seg {tone_class(series)}" {box}/>{pattern}'


def _bounds(chart: Chart) -> Drawn:
    lows, highs = (series.values for series in chart.series)
    hatch = (
        f'<defs><pattern id="{chart.key}-h" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0v8"/></pattern></defs>'
    )
    svg, y = [hatch], 0
    for label, low, high in zip(chart.labels, lows, highs, strict=True):
        least, most = _share(low, 100), 100.0 if high is None else _share(high, 100)
        text, y = _label(label, y, between(low, high))
        svg.append(text)
        svg.append(
            f'<rect class="not" width="100%" y="{y}" height="{STACK}"/>'
            f'<rect class="bar" width="{least:.1f}%" y="{y}" height="{STACK}"/>'
            f'<rect class="open" x="{least:.1f}%" width="{most - least:.1f}%" y="{y}" height="{STACK}"/>'
            f'<rect x="{least:.1f}%" width="{most - least:.1f}%" y="{y}" height="{STACK}" fill="url(#{chart.key}-h)"/>'
        )
        y += STACK + GAP
    return Drawn("".join(svg), y - GAP + 2)


def _change(chart: Chart) -> Drawn:
    before, after = (series.values for series in chart.series)
    most = _most((*before, *after))
    svg, y = [], 0
    for label, then, now in zip(chart.labels, before, after, strict=True):
        text, y = _label(label, y, f"{said(then)} → {said(now, chart.unit)}")
        old, new, middle = 2 + _share(then, most) * 0.96, 2 + _share(now, most) * 0.96, y + 7
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


def _line(chart: Chart) -> Drawn:
    return Drawn(_axes(chart) + _lines(chart) + _ends(chart, [str(series.name) for series in chart.series]), TALL)


def _band(chart: Chart) -> Drawn:
    scale = _scale(chart)
    lows, highs = (series.values for series in chart.series)
    known = [at for at, (low, high) in enumerate(zip(lows, highs, strict=True)) if low is not None and high is not None]
    edge = [(at, highs[at]) for at in known] + [(at, lows[at]) for at in reversed(known)]
    points = " ".join(f"{_x(chart, at):.1f},{_y(value, scale):.1f}" for at, value in edge)
    band = f'{_stretched_open()}<polygon class="band" points="{points}"/></svg>' if len(known) > 1 else ""
    return Drawn(_axes(chart) + band + _lines(chart) + _ends(chart, [str(s.name) for s in chart.series]), TALL)


_KINDS = {"bars": _bars, "stacked": _stacked, "line": _line, "band": _band, "bounds": _bounds, "change": _change}


def _axes(chart: Chart) -> str:
    """Floor, grid lines with their values at the line, and the first, middle and last label below."""
    top, step = _scale(chart), _step(_scale_most(chart))
    svg = [f'<line class="axis" x1="0" x2="100%" y1="{FLOOR}" y2="{FLOOR}"/>']
    for number in range(1, int(top / step) + 1):
        y = _y(step * number, top)
        last = number == int(top / step)
        unit = chart.unit if last and len(str(chart.unit)) <= 4 else ""
        svg.append(f'<line class="grid-line" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>')
        svg.append(_text(words.number(step * number, unit), "0", round(y + 13, 1)))
    last_at = len(chart.labels) - 1
    for at in sorted({0, last_at // 2, last_at}):
        anchor = "start" if at == 0 and last_at else "end" if at == last_at and last_at else "middle"
        svg.append(_text(str(chart.labels[at]), f"{_x(chart, at):.1f}%", TALL - 12, "", anchor))
    return "".join(svg)


def _lines(chart: Chart) -> str:
    """Each series as a line, broken where a value is not known; the second and third differ in dash too."""
    scale, svg = _scale(chart), [_stretched_open()]
    for number, series in enumerate(chart.series):
        dash = ("", " dash", " dots")[number]
        for run in _runs(series.values):
            points = " ".join(f"{_x(chart, at):.1f},{_y(series.values[at], scale):.1f}" for at in run)
            svg.append(f'<polyline class="line{dash} {tone_class(series)}" points="{points}"/>')
    return "".join(svg) + "</svg>"


def _ends(chart: Chart, names: list[str]) -> str:
    """A dot and the words at the last known value of each series, kept apart where two lie close."""
    scale, svg, taken = _scale(chart), [], list[float]()
    for series, name in zip(chart.series, names, strict=True):
        at = max((i for i, value in enumerate(series.values) if value is not None), default=None)
        if at is None:
            continue
        x, y = _x(chart, at), _y(series.values[at], scale)
        told = said(series.values[at], chart.unit)
        text_y = y - 11 if y > TOP + 18 else y + 22
        while any(abs(text_y - other) < LINE_HEIGHT for other in taken):
            text_y += LINE_HEIGHT
        taken.append(text_y)
        svg.append(f'<circle class="dot {tone_class(series)}" cx="{x:.1f}%" cy="{y:.1f}" r="5"/>')
        svg.append(_text(f"{name} {told}" if len(names) > 1 else told, f"{x:.1f}%", round(text_y, 1), "say", "end"))
    return "".join(svg)


def _runs(values: tuple[Number | None, ...]) -> list[list[int]]:
    """Unbroken stretches of known values, as positions."""
    runs: list[list[int]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if len(run) > 1]


def between(low: Number | None, high: Number | None) -> str:
    """ "31 % to 74 %", "62 %", or that nothing is known."""
    low, high = low or 0, 100 if high is None else high
    if low == high:
        return words.number(low, "%")
    return f"{words.number(low, '%')}–{words.number(high, '%')}"


def tone_class(series: Series) -> str:
    return TONE_CLASS.get(series.tone, f"is-{series.tone}")


def _label(label: Label, y: int, beside: str = "") -> tuple[str, int]:
    """The label in bold, wrapped where a phone would cut it, with `beside` after it; and the y below it."""
    lines = textwrap.wrap(str(label), LINE_CHARACTERS, max_lines=LABEL_LINES, placeholder=" …") or [""]
    svg = []
    for number, line in enumerate(lines):
        y += LINE_HEIGHT
        last = number == len(lines) - 1
        fits = len(line) + len(beside) + 2 <= LINE_CHARACTERS
        told = f' <tspan class="beside">{escape(beside)}</tspan>' if beside and last and fits else ""
        svg.append(f'<text class="say" y="{y - 4}">{escape(line)}{told}</text>')
    if beside and not fits:
        y += LINE_HEIGHT
        svg.append(_text(beside, "0", y - 4))
    return "".join(svg), y + 1


def _text(text: str, x: str, y: float, css_class: str = "", anchor: str = "") -> str:
    attributes = (f' class="{css_class}"' if css_class else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text{attributes} x="{x}" y="{y:g}">{escape(text)}</text>'


def _stretched_open() -> str:
    return f'<svg viewBox="0 0 100 {TALL}" preserveAspectRatio="none" width="100%" height="{TALL}">'


def _most(values: tuple[Number | None, ...] | list[Number]) -> Number:
    return max((value for value in values if value is not None), default=0)


def _share(value: Number | None, most: Number) -> float:
    """Of 100; nothing for a value that is unknown, zero or below it."""
    return max(float(value), 0.0) / float(most) * 100 if value is not None and most > 0 else 0.0


def _scale_most(chart: Chart) -> Number:
    return _most([value for series in chart.series for value in series.values if value is not None])


def _scale(chart: Chart) -> Decimal:
    """The highest value the plot reaches: the grid line at or above the highest value."""
    most = Decimal(str(_scale_most(chart)))
    step = _step(most)
    return max((most / step).to_integral_value(ROUND_CEILING), Decimal(1)) * step


def _step(most: Number) -> Decimal:
    """The round distance between grid lines that needs at most GRID_LINES of them."""
    most = Decimal(str(most))
    if most <= 0:
        return Decimal(1)
    rough = most / GRID_LINES
    power = Decimal(10) ** rough.adjusted()
    return next(power * factor for factor in (1, 2, Decimal("2.5"), 5, 10) if power * factor >= rough)


def _x(chart: Chart, at: int) -> float:
    """Of 100, along the time axis."""
    return LEFT + (RIGHT - LEFT) * at / (len(chart.labels) - 1) if len(chart.labels) > 1 else (LEFT + RIGHT) / 2


def _y(value: Number | None, top: Decimal) -> float:
    return FLOOR - (FLOOR - TOP) * max(float(value or 0), 0.0) / float(top)
