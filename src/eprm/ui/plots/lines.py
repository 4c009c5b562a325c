"""Charts over time: lines, and the band between the lowest and the highest."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from eprm.ui import words
from eprm.ui.charts import Chart, Number, said
from eprm.ui.plots.marks import LINE_HEIGHT, Drawn, most_of, text_at, tone_class

# The chart's height, and where the plot lies in it: pixels down, and per cent across.
TALL, TOP, FLOOR, LEFT, RIGHT = 190, 14, 158, 8.0, 98.0
GRID_LINES = 4


def line(chart: Chart) -> Drawn:
    return Drawn(_grid(chart) + _lines(chart) + _ticks(chart) + _ends(chart), TALL)


def band(chart: Chart) -> Drawn:
    """The area between the first and the second series, wherever both are known."""
    lows, highs = (series.values for series in chart.series)
    known = [at for at, pair in enumerate(zip(lows, highs, strict=True)) if None not in pair]
    edge = [(at, highs[at]) for at in known] + [(at, lows[at]) for at in reversed(known)]
    points = " ".join(f"{_x(chart, at):.1f},{_y(value, _scale(chart)):.1f}" for at, value in edge)
    area = f'{_stretched_open()}<polygon class="band" points="{points}"/></svg>' if len(known) > 1 else ""
    return Drawn(_grid(chart) + area + _lines(chart) + _ticks(chart) + _ends(chart), TALL)


def _grid(chart: Chart) -> str:
    """The floor at zero, and the grid lines above it."""
    floor = f'<line class="axis" x1="0" x2="100%" y1="{FLOOR}" y2="{FLOOR}"/>'
    heights = (_y(value, _scale(chart)) for value in _grid_values(chart))
    return floor + "".join(f'<line class="grid-line" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>' for y in heights)


def _ticks(chart: Chart) -> str:
    """Each grid line's value at the line, a short unit beside the highest; the first, middle and last label below."""
    values, last = _grid_values(chart), len(chart.labels) - 1
    short_unit = chart.unit if len(str(chart.unit)) <= 4 else ""
    svg = []
    for value in values:
        unit = short_unit if value == values[-1] else ""
        svg.append(text_at(words.number(value, unit), "0", round(_y(value, _scale(chart)) + 13, 1)))
    for at in sorted({0, last // 2, last}):
        anchor = "start" if at == 0 and last else "end" if at == last and last else "middle"
        svg.append(text_at(str(chart.labels[at]), f"{_x(chart, at):.1f}%", TALL - 12, "", anchor))
    return "".join(svg)


def _grid_values(chart: Chart) -> list[Decimal]:
    step = _step(_scale_most(chart))
    return [step * number for number in range(1, int(_scale(chart) / step) + 1)]


def _lines(chart: Chart) -> str:
    """Each series as a line, broken where a value is not known; the second and third differ in dash too."""
    scale, paths, alone = _scale(chart), [], []
    for number, series in enumerate(chart.series):
        dash = ("", " dash", " dots")[number]
        for run in _runs(series.values):
            points = [(_x(chart, at), _y(series.values[at], scale)) for at in run]
            if len(points) == 1:
                (x, y) = points[0]
                alone.append(f'<circle class="dot {tone_class(series)}" cx="{x:.1f}%" cy="{y:.1f}" r="3"/>')
            else:
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
                paths.append(f'<polyline class="line{dash} {tone_class(series)}" points="{path}"/>')
    return f"{_stretched_open()}{''.join(paths)}</svg>{''.join(alone)}"


def _ends(chart: Chart) -> str:
    """A dot and the words at the last known value of each series, kept apart where two lie close."""
    svg: list[str] = []
    taken: list[float] = []
    for series in chart.series:
        at = max((i for i, value in enumerate(series.values) if value is not None), default=None)
        if at is None:
            continue
        x, y = _x(chart, at), _y(series.values[at], _scale(chart))
        told = said(series.values[at], chart.unit)
        text_y = y - 11 if y > TOP + 18 else y + 22
        while any(abs(text_y - other) < LINE_HEIGHT for other in taken):
            text_y += LINE_HEIGHT
        taken.append(text_y)
        words_there = f"{series.name} {told}" if len(chart.series) > 1 else told
        svg.append(f'<circle class="dot {tone_class(series)}" cx="{x:.1f}%" cy="{y:.1f}" r="5"/>')
        svg.append(text_at(words_there, f"{x:.1f}%", round(text_y, 1), "say", "end"))
    return "".join(svg)


def _runs(values: tuple[Number | None, ...]) -> list[list[int]]:
    """Unbroken stretches of known values, as positions."""
    runs: list[list[int]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if run]


def _stretched_open() -> str:
    return f'<svg viewBox="0 0 100 {TALL}" preserveAspectRatio="none" width="100%" height="{TALL}">'


def _scale_most(chart: Chart) -> Number:
    return most_of([value for series in chart.series for value in series.values if value is not None])


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
