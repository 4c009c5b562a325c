"""What every chart is put together from: wrapped labels, texts at percentages, shares of the width. In pixels."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import escape

from eprm.ui.charts import Label, Number, Series

TONE_CLASS = {"ink": "c-ink", "tin": "c-sn", "tantalum": "c-ta", "tungsten": "c-w", "gold": "c-au"}

# The narrowest plot a phone leaves (320 px less the page's and the sheet's margins), and a character at 14 px bold.
NARROWEST, CHARACTER = 254, 7.6
LINE_CHARACTERS = int(NARROWEST / CHARACTER)
LABEL_LINES = 3
LINE_HEIGHT = 17


class Drawn(NamedTuple):
    """The inside of an SVG and the height it needs."""

    svg: str
    height: int


def tone_class(series: Series) -> str:
    return TONE_CLASS.get(series.tone, f"is-{series.tone}")


def label_above(label: Label, y: int, beside: str = "") -> tuple[str, int]:
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
        svg.append(text_at(beside, "0", y - 4))
    return "".join(svg), y + 1


def text_at(text: str, x: str, y: float, css_class: str = "", anchor: str = "") -> str:
    attributes = (f' class="{css_class}"' if css_class else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text{attributes} x="{x}" y="{y:g}">{escape(text)}</text>'


def most_of(values: Sequence[Number | None]) -> Number:
    return max((value for value in values if value is not None), default=0)


def share_of(value: Number | None, most: Number) -> float:
    """Of 100; nothing for a value that is unknown, zero or below it."""
    return max(float(value), 0.0) / float(most) * 100 if value is not None and most > 0 else 0.0
