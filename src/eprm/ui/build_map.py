"""Makes the world map from Natural Earth's countries at 1:110 million. Run by hand when the source changes:

    python -m eprm.ui.build_map countries-110m.json

The input is the TopoJSON of the npm package world-atlas 2.0.2 (Natural Earth 4.1, public domain). The same input gives
the same bytes: `static/ui/img/world.svg` with land and borders, and `data/world.json` with each country's outline
(to shade it) and the point its pin stands on. Whole pixels, relative paths, no Antarctica.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import dist
from pathlib import Path
from typing import Any

import click
from babel.core import get_global

from eprm.ui.equal_earth import WIDTH, project

HERE = Path(__file__).parent
HEIGHT = 432
ANTARCTICA = "AQ"
# Natural Earth draws who holds the ground; without an ISO code of their own these stand under the recognised state.
WITHOUT_CODE = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}

Point = tuple[int, int]
Ring = list[Point]


def build(topology: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The SVG of land and borders, and the countries' outlines and pin points."""
    arcs = _arcs(topology)
    rings: dict[str, list[Ring]] = {}
    uses: Counter[int] = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        code = _code(country)
        if code == ANTARCTICA:
            continue
        for polygon in _polygons(country):
            for line in polygon:
                uses.update(arc if arc >= 0 else ~arc for arc in line)
                rings.setdefault(code, []).extend(_cut(_ring(arcs, line)))
    shared = [arcs[arc] for arc in sorted(uses) if uses[arc] > 1]
    coast = [
        ring
        for shape in topology["objects"]["land"]["geometries"]
        for polygon in _polygons(shape)
        for line in polygon
        for ring in _cut(_ring(arcs, line))
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path id="land" d="{"".join(_closed(ring) for ring in coast)}"/>'
        f'<path id="borders" d="{"".join(_open(line) for line in shared)}"/></svg>\n'
    )
    countries = {
        code: {"d": "".join(filter(None, map(_closed, lines))), "at": _pole(max(lines, key=_area))}
        for code, lines in sorted(rings.items())
    }
    return svg, countries


def small_states() -> Iterator[tuple[str, Point]]:
    """The states too small for the map, at their place. Source: CIA World Factbook, geographic coordinates (public)."""
    with (HERE / "data/small_states.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            x, y = project(float(row["latitude"]), float(row["longitude"]))
            yield row["iso2"], (round(x), round(y))


def _code(country: dict[str, Any]) -> str:
    """ISO 3166-1 alpha-2, from the numeric code by CLDR's aliases."""
    numeric = country.get("id")
    return get_global("territory_aliases")[numeric][0] if numeric else WITHOUT_CODE[country["properties"]["name"]]


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Each arc as projected whole pixels, without repeated points."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            right, down = project(y * scale_y + move_y, x * scale_x + move_x)
            point = (round(right), round(down))
            if not points or point != points[-1]:
                points.append(point)
        arcs.append(points)
    return arcs


def _polygons(shape: dict[str, Any]) -> Iterable[list[list[int]]]:
    if shape["type"] == "GeometryCollection":
        return [polygon for part in shape["geometries"] for polygon in _polygons(part)]
    return [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]


def _ring(arcs: list[list[Point]], line: list[int]) -> Ring:
    """The closed line of these arcs; an arc of negative number runs backwards."""
    ring: Ring = []
    for number in line:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(points[1:] if ring and ring[-1] == points[0] else points)
    return ring


def _cut(ring: Ring) -> list[Ring]:
    """The ring in its parts: at 180 degrees it leaves the map on the right and enters on the left."""
    parts: list[Ring] = [[]]
    for point in ring:
        if parts[-1] and abs(point[0] - parts[-1][-1][0]) > WIDTH / 2:
            parts.append([])
        parts[-1].append(point)
    if len(parts) > 1 and abs(parts[0][0][0] - parts[-1][-1][0]) < WIDTH / 2:
        parts[0] = parts.pop() + parts[0]
    return parts


def _closed(ring: Ring) -> str:
    """A ring as a path; nothing where fewer than three pixels are left of it."""
    points = ring[:-1] if ring[0] == ring[-1] else ring
    return f"{_open(points)}z" if len(set(points)) > 2 and min(y for _x, y in points) < HEIGHT else ""


def _open(points: list[Point]) -> str:
    if len(points) < 2:
        return ""
    steps = " ".join(f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{steps}".replace(" -", "-")


def _area(ring: Ring) -> float:
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise([*ring, ring[0]]))) / 2


def _pole(ring: Ring) -> Point:
    """A pixel inside the ring far from its line, so that a pin stands well within the country."""
    left, right = min(x for x, _y in ring), max(x for x, _y in ring)
    top, foot = min(y for _x, y in ring), max(y for _x, y in ring)
    step = max(1, min(right - left, foot - top) // 24)
    grid = [(x, y) for x in range(left, right + 1, step) for y in range(top, foot + 1, step)]
    inside = [(x, y) for x, y in grid if _holds(ring, (x + 0.01, y + 0.01))]
    if not inside:
        return round((left + right) / 2), round((top + foot) / 2)
    edge = [point for pair in pairwise([*ring, ring[0]]) for point in _between(*pair)]
    return max(inside, key=lambda point: (min(dist(point, other) for other in edge), -point[0], -point[1]))


def _between(start: Point, end: Point) -> Iterator[tuple[float, float]]:
    """Points along a segment, at most two pixels apart."""
    pieces = max(1, int(dist(start, end) / 2))
    for piece in range(pieces):
        share = piece / pieces
        yield start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _holds(ring: Ring, point: tuple[float, float]) -> bool:
    """Whether the point lies inside: a ray to the right crosses the line an odd number of times."""
    x, y = point
    crossings = 0
    for (from_x, from_y), (to_x, to_y) in pairwise([*ring, ring[0]]):
        if (from_y > y) != (to_y > y) and x < (to_x - from_x) * (y - from_y) / (to_y - from_y) + from_x:
            crossings += 1
    return crossings % 2 == 1


@click.command()
@click.argument("topojson", type=click.File(encoding="utf-8"))
def main(topojson: Any) -> None:
    """Write the map's two files from TOPOJSON (countries-110m.json of world-atlas)."""
    svg, countries = build(json.load(topojson))
    for code, at in small_states():
        countries.setdefault(code, {"d": "", "at": at})
    (HERE / "static/ui/img/world.svg").write_text(svg, encoding="utf-8")
    lines = (
        f"{json.dumps(code)}:{json.dumps(country, separators=(',', ':'))}"
        for code, country in sorted(countries.items())
    )
    (HERE / "data/world.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
