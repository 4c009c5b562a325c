"""A share between its lowest and highest possible value, as one bar: what is shown, not known, shown not to be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from eprm.ui import words
from eprm.ui.parts import MINERAL_CLASS, mineral_name

# Closer than this (per cent of the bar) two labels would run into each other at 320 px.
APART = 16
EDGE = 6


class Limit(NamedTuple):
    """One end of the share: its label, where it stands (per cent), and from where its text runs."""

    label: str
    at: int
    anchor: str


@dataclass(frozen=True)
class Bounds:
    """Fractions of 0 to 1, low at most high; ValueError otherwise. `mineral` is a key, "" for none in particular."""

    low: float | Decimal
    high: float | Decimal
    mineral: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise ValueError(f"A share lies between 0 and 1, its low end first; found {self.low} and {self.high}.")

    @cached_property
    def least(self) -> int:
        """Whole per cent, rounded down: what is said to be shown is never more than was shown."""
        return int((Decimal(str(self.low)) * 100).to_integral_value(ROUND_FLOOR))

    @cached_property
    def most(self) -> int:
        """Whole per cent, rounded up; equal to `least` only where the ends themselves are equal."""
        rounding = ROUND_FLOOR if self.low == self.high else ROUND_CEILING
        return int((Decimal(str(self.high)) * 100).to_integral_value(rounding))

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_unknown(self) -> bool:
        return self.low == 0 and self.high == 1

    @property
    def key(self) -> str:
        return f"bounds-{self.mineral or 'all'}-{self.least}-{self.most}"

    @property
    def css_class(self) -> str:
        return MINERAL_CLASS.get(self.mineral, "c-ink")

    @property
    def said(self) -> str:
        """The share in words, for the heading."""
        if self.is_unknown:
            return _("nothing known yet")
        if self.is_exact:
            return _("exactly %(share)s") % {"share": words.number(self.least, "%")}
        ends = {"low": words.number(self.least, "%"), "high": words.number(self.most, "%")}
        return _("between %(low)s and %(high)s") % ends

    @property
    def described(self) -> str:
        """The share in words, for those who hear the bar."""
        ends = {"low": words.number(self.least, "%"), "high": words.number(self.most, "%")}
        if self.mineral:
            sentence = _("Share of responsible %(mineral)s: at least %(low)s, at most %(high)s")
            return sentence % {"mineral": mineral_name(self.mineral), **ends}
        return _("Responsible share: at least %(low)s, at most %(high)s") % ends

    @property
    def open_width(self) -> int:
        return self.most - self.least

    @property
    def not_width(self) -> int:
        return 100 - self.most

    @property
    def limits(self) -> list[Limit]:
        """The ends with their labels, kept inside the bar and apart from each other."""
        close = self.open_width < APART
        low = Limit(words.number(self.least, "%"), self.least, _anchor(self.least, "end" if close else "middle"))
        if self.is_exact:
            return [low._replace(anchor=_anchor(self.least, "middle"))]
        high = Limit(words.number(self.most, "%"), self.most, _anchor(self.most, "start" if close else "middle"))
        if close and low.anchor == "start":
            high = high._replace(at=self.least + APART)
        if close and high.anchor == "end":
            low = low._replace(at=self.most - APART)
        return [low, high]


def _anchor(at: int, wanted: str) -> str:
    if at <= EDGE:
        return "start"
    return "end" if at >= 100 - EDGE else wanted
