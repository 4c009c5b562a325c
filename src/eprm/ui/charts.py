"""What a chart says: a title that is the finding, a unit, a source and a day. `plots` draws it, a table repeats it.

A value nobody knows is None, never 0. Values start at zero; a value below zero is drawn as nothing and told in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Literal
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from eprm.ui import words
from lode.sheets import Value, write_csv

Label = str | Promise
Number = int | float | Decimal
Kind = Literal["bars", "stacked", "line", "band", "bounds", "change"]

# How many series each kind draws.
SERIES: dict[Kind, tuple[int, int]] = {
    "bars": (1, 1),
    "stacked": (1, 6),
    "line": (1, 3),
    "band": (2, 2),
    "bounds": (2, 2),
    "change": (2, 2),
}
TONES = ("ink", "tin", "tantalum", "tungsten", "gold", "blue", "green", "yellow", "red", "violet")
# A description longer than this is no longer listened to; the table is.
TOLD_ONE_BY_ONE = 6


@dataclass(frozen=True, slots=True)
class Series:
    """One value a label. A mineral's tone is for quantities of that mineral alone, a status' for that status."""

    name: Label
    values: tuple[Number | None, ...]
    tone: str = "ink"

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"“{self.tone}” is not a tone; use one of {', '.join(TONES)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn, and everything a reader needs to judge it. ValueError where labels, kind and series disagree.

    `labels` are the bars' names or the points in time; `across` names them as a group ("Year"). "band" and "bounds"
    take two series, the lowest and the highest value ("bounds" in per cent); "change" the earlier and the later.
    """

    kind: Kind
    title: Label
    unit: Label | words.Counted
    source: Label
    on: date
    labels: tuple[Label, ...]
    series: tuple[Series, ...]
    across: Label = ""
    note: Label = ""
    key: str = field(default="")

    def __post_init__(self) -> None:
        least, most = SERIES[self.kind]
        if not least <= len(self.series) <= most:
            raise ValueError(f"A chart of kind {self.kind} draws {least} to {most} series, not {len(self.series)}.")
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"“{series.name}” has {len(series.values)} values for {len(self.labels)} labels.")
        if not self.key:
            object.__setattr__(self, "key", "chart-" + sha256(str(self.title).encode()).hexdigest()[:6])

    @property
    def is_empty(self) -> bool:
        return all(value is None for series in self.series for value in series.values)


def said(value: Number | None, unit: Label | words.Counted = "") -> str:
    """The value in words; the word for one nobody knows."""
    return _("not known") if value is None else words.number(value, unit)


def description(chart: Chart) -> str:
    """The chart in a sentence or two, for those who hear it."""
    if chart.is_empty:
        return _("Nobody has given a figure yet.")
    if len(chart.labels) * len(chart.series) <= TOLD_ONE_BY_ONE:
        told = [
            ", ".join(f"{_named(series, chart)}{said(series.values[at], chart.unit)}" for series in chart.series)
            for at in range(len(chart.labels))
        ]
        return "; ".join(f"{label}: {values}" for label, values in zip(chart.labels, told, strict=True)) + "."
    return _("%(count)s figures from %(first)s to %(last)s; they follow as a table.") % {
        "count": len(chart.labels) * len(chart.series),
        "first": chart.labels[0],
        "last": chart.labels[-1],
    }


def _named(series: Series, chart: Chart) -> str:
    return f"{series.name} " if len(chart.series) > 1 else ""


def unit_beside(chart: Chart, series: Series) -> str:
    """The unit a column of figures needs beside its name: none where the name says it already."""
    return "" if str(series.name).casefold() == str(chart.unit).casefold() else str(chart.unit)


def rows(chart: Chart) -> list[tuple[Label, Sequence[Number | None]]]:
    """A label and its values, a row each: the same figures as a table."""
    return [(label, [series.values[at] for series in chart.series]) for at, label in enumerate(chart.labels)]


def csv_address(chart: Chart) -> str:
    """The figures as a CSV file inside its own address: saved without another request, and without script."""
    named = ((str(series.name), unit_beside(chart, series)) for series in chart.series)
    heading = [str(chart.across or _("Group")), *(f"{name} ({unit})" if unit else name for name, unit in named)]
    lines: list[list[Value]] = [list(heading)]
    lines += [[str(label), *values] for label, values in rows(chart)]
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + write_csv(lines))
