"""The world map: countries shaded by what a list says of them, pins that lead on, and the same places as a list.

Land and borders are one cached file; a page carries only the shaded outlines and its pins.
Source of the outlines: Natural Earth, 1:110 million, public domain; its borders show who holds the ground.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import cos, dist, pi, sin
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from eprm.ui import words
from eprm.ui.equal_earth import WIDTH, project
from eprm.ui.parts import MINERAL_CLASS, mineral_name
from lode.minerals import MINERALS

Label = str | Promise

HEIGHT = 432
# How a country can be shaded: hatched for a list of high-risk areas, tinted for the page's own subject.
SHADES = ("cahra", "focus")
RADIUS = 14
# Two pins closer than this touch; beyond so many pins they are drawn small, where they stand, without fanning out.
APART, FANNED = 32, 60
SMALL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Something at a place: by `iso2`, or by latitude and longitude. `kind` is a mineral's key, "" for all else.

    `count` says how many things the pin stands for. ValueError for a pin with no place.
    """

    label: Label
    kind: str = ""
    iso2: str = ""
    lat: float | None = None
    lon: float | None = None
    url: str = ""
    place: Label = ""
    count: int = 1

    def __post_init__(self) -> None:
        if not self.iso2 and (self.lat is None or self.lon is None):
            raise ValueError(f"The pin “{self.label}” has neither a country nor a place.")

    @property
    def at(self) -> tuple[int, int] | None:
        """Pixels right and down; None for a country the map does not know."""
        if self.lat is not None and self.lon is not None:
            x, y = project(self.lat, self.lon)
            return round(x), round(y)
        country = world().get(self.iso2)
        return (country["at"][0], country["at"][1]) if country else None

    @property
    def symbol(self) -> str:
        """What stands in the pin: the element, or how many things it is."""
        return MINERALS[self.kind].symbol[:2] if self.kind in MINERALS else words.number(self.count)

    @property
    def css_class(self) -> str:
        return MINERAL_CLASS.get(self.kind, "c-ink")

    @property
    def described(self) -> str:
        """The pin for those who hear it: what, which mineral, how many, where."""
        many = words.number(self.count) if self.count > 1 else ""
        mineral = mineral_name(self.kind) if self.kind in MINERALS else ""
        return ", ".join(str(part) for part in (self.label, mineral, many, self.place) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """What the map shows, and everything a reader needs to judge it: title, source, day.

    `shaded` is a shade (of SHADES) by ISO country code; `legend` names each shade used.
    """

    title: Label
    source: Label
    on: date
    shaded: Mapping[str, str] = field(default_factory=dict)
    legend: Mapping[str, Label] = field(default_factory=dict)
    pins: Sequence[Pin] = ()
    key: str = "map"

    def __post_init__(self) -> None:
        if strange := set(self.shaded.values()) - set(SHADES):
            raise ValueError(f"“{min(strange)}” is not a shade; use one of {', '.join(SHADES)}.")
        if nameless := set(self.shaded.values()) - set(self.legend):
            raise ValueError(f"The legend does not say what “{min(nameless)}” means.")


class PlacedPin(NamedTuple):
    """A pin where it is drawn; `lead` where a line leads back to the place it stands for."""

    pin: Pin
    x: int
    y: int
    lead: tuple[int, int] | None
    small: bool

    @property
    def shape(self) -> str:
        """The outline of the mineral's shape: tantalum triangle, tungsten square, gold diamond, else a circle ("")."""
        r = SMALL if self.small else RADIUS
        if self.pin.kind == "tantalum":
            return f"M{self.x} {self.y - r - 4}l{r + 4} {2 * r + 1}h{-2 * (r + 4)}z"
        if self.pin.kind == "tungsten":
            return f"M{self.x - r + 1} {self.y - r + 1}h{2 * r - 2}v{2 * r - 2}h{2 - 2 * r}z"
        if self.pin.kind == "gold":
            r += 4
            return f"M{self.x} {self.y - r}l{r} {r}-{r} {r}-{r}-{r}z"
        return ""

    @property
    def text_y(self) -> int:
        return self.y + (7 if self.pin.kind == "tantalum" else 4)


def outlines(this: Map) -> list[tuple[str, str]]:
    """A shade and the path of all countries in it, hatching last so that it lies above a tint."""
    paths: list[tuple[str, str]] = []
    for shade in reversed(SHADES):
        codes = sorted(code for code, of in this.shaded.items() if of == shade)
        if path := "".join(world()[code]["d"] for code in codes if code in world()):
            paths.append((shade, path))
    return paths


def placed(pins: Sequence[Pin]) -> list[PlacedPin]:
    """Every pin that has a place, moved apart where they would cover each other. The same for the same pins."""
    here = [(pin, at) for pin in pins if (at := pin.at) is not None]
    if len(here) > FANNED:
        return [PlacedPin(pin, *at, None, True) for pin, at in here]
    taken: list[tuple[float, float]] = []
    drawn: list[PlacedPin] = []
    for pin, at in sorted(here, key=lambda item: (item[1][1], item[1][0], str(item[0].label))):
        x, y = next(spot for spot in _spots(at) if all(dist(spot, other) >= APART for other in taken))
        taken.append((x, y))
        moved = (round(x), round(y)) != at
        drawn.append(PlacedPin(pin, round(x), round(y), at if moved else None, False))
    return drawn


def _spots(at: tuple[int, int]) -> Iterator[tuple[float, float]]:
    """Places for a pin, nearest first: its own, then rings around it, all of them on the map."""
    edge = RADIUS + 4
    for ring in range(WIDTH):
        around = 1 if ring == 0 else 6 * ring
        for step in range(around):
            angle = 2 * pi * (step / around) + ring
            x, y = at[0] + cos(angle) * ring * APART * 1.05, at[1] + sin(angle) * ring * APART * 1.05
            if ring == 0 or (edge <= x <= WIDTH - edge and edge <= y <= HEIGHT - edge):
                yield x, y


def kinds(pins: Sequence[Pin]) -> list[tuple[str, str]]:
    """The minerals among the pins with the words for their shapes, in the minerals' order: the legend."""
    shapes = {
        "tin": _("circle: tin"),
        "tantalum": _("triangle: tantalum"),
        "tungsten": _("square: tungsten"),
        "gold": _("diamond: gold"),
    }
    present = {pin.kind for pin in pins}
    return [(kind, said) for kind, said in shapes.items() if kind in present]


@cache
def world() -> dict[str, Any]:
    """Each country's outline and pin point, by ISO 3166-1 alpha-2 code (made by `build_map`)."""
    return json.loads((Path(__file__).parent / "data/world.json").read_text(encoding="utf-8"))
