"""The map of Europe: countries by how much is said of them, lines between them, places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import hypot, sqrt
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.geography import Shape, shapes
from eugraph.server.drawings.labels import ROOMY, Label, Placed, place_labels
from eugraph.server.drawings.projection import HEIGHT, WIDTH, Point
from eugraph.server.drawings.svg import drawing, element, linked

_STEPS: Final = 4
"""Shades of countries, from few to many."""

_MARGIN: Final = 90.0

_WHOLE: Final = (30.0, 52.0)
_CLOSE: Final = (28.0, 46.0)
"""How large letters are on a wide and on a narrow page."""


@dataclass(frozen=True, slots=True)
class Area:
    """A country that is told of: `code` is that of the EU's country table.

    `caption` says in words how many of what there are, `weight` is that number.
    `tag` is the language of the name where it is not that of the page.
    """

    code: str
    name: str
    href: str | None
    weight: int
    caption: str
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Two countries that work together, by code; `weight` says how often, `caption` in words."""

    start: str
    end: str
    weight: int
    caption: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, at a point of the map."""

    name: str
    href: str | None
    at: Point
    tag: str | None = None


def draw_map(  # what a map shows
    areas: Sequence[Area],
    lines: Iterable[Line] = (),
    spots: Sequence[Spot] = (),
    *,
    title: str,
    close: bool = False,
) -> Markup:
    """Return the map; with `close`, cut to where the areas and spots are.

    What lies outside the map is left out: `beyond` names it.
    """
    known, shaded_areas = shapes(), {area.code: area for area in areas}
    most = max((area.weight for area in areas), default=1)
    land = [_land(code) for code in sorted(known) if code not in shaded_areas]
    shaded = [
        _area(shaded_areas[code], known[code], most)
        for code in sorted(shaded_areas)
        if code in known
    ]
    drawn = [_line(line, known) for line in lines if {line.start, line.end} <= known.keys()]
    order = sorted(areas, key=lambda area: (-area.weight, area.code))
    named = [area for area in order if area.code in known]
    countries, places = _placed(named, spots, close=close)
    content = (*land, *shaded, *drawn, *map(_spot, spots, places), *countries)
    x, y, width, height = _frame(areas, spots) if close else (0.0, 0.0, WIDTH, HEIGHT)
    moved = element("g", *content, transform=f"translate({-x:.5g} {-y:.5g})")
    kind = "map close" if close else "map"
    return drawing(kind, width, height, _sea(width, height), moved, title=title)


def beyond(areas: Iterable[Area]) -> list[Area]:
    """Return the areas that the map cannot show."""
    return [area for area in areas if area.code not in shapes()]


def _sea(width: float, height: float) -> Markup:
    return element("rect", width=width, height=height, class_="sea")


@cache
def _land(code: str) -> Markup:
    return element("path", d=shapes()[code].outline, class_="land")


def _area(area: Area, shape: Shape, most: int) -> Markup:
    step = max(1, round(_STEPS * sqrt(area.weight / max(most, 1))))
    path = element("path", d=shape.outline)
    return linked(area.href, f"{area.name}: {area.caption}", path, class_=f"area shade-{step}")


def _placed(
    areas: Sequence[Area], spots: Sequence[Spot], *, close: bool
) -> tuple[list[Markup], list[Markup]]:
    """Return the names that there is room for, of countries and of places, empty for the others.

    The weightiest countries come first, places last. The sizes are those of
    the style sheet.
    """
    known = shapes()
    labels = [Label(area.name, [(known[area.code].at, "middle")]) for area in areas]
    labels += [Label(spot.name, _beside(spot.at)) for spot in spots]
    kinds = [*((area.tag, "name") for area in areas), *((spot.tag, "spot-name") for spot in spots)]
    wide, narrow = _CLOSE if close else _WHOLE
    placed = place_labels(labels, wide, narrow)
    names = [
        _name(label.text, *each, where)
        for label, each, where in zip(labels, kinds, placed, strict=True)
    ]
    return names[: len(areas)], names[len(areas) :]


def _name(text: str, tag: str | None, kind: str, placed: Placed | None) -> Markup:
    if placed is None:
        return Markup()
    x, y = placed.at
    return element(
        "text",
        text,
        x=x,
        y=y,
        class_=f"{kind} {ROOMY}" if placed.roomy else kind,
        text_anchor=placed.anchor,
        lang=tag,
        aria_hidden="true",
    )


def _beside(at: Point) -> Sequence[tuple[Point, str]]:
    """Return where the name of a place may stand: right or left of it, above or below."""
    x, y = at
    return [
        ((x + 18, y), "start"),
        ((x - 18, y), "end"),
        ((x, y - 34), "middle"),
        ((x, y + 34), "middle"),
    ]


def _line(line: Line, known: Mapping[str, Shape]) -> Markup:
    """Return a line that bends a little to one side, so that crossing ones can be told apart."""
    (ax, ay), (bx, by) = known[line.start].at, known[line.end].at
    bend = 0.15
    cx, cy = (ax + bx) / 2 - bend * (by - ay), (ay + by) / 2 + bend * (bx - ax)
    curve = element(
        "path",
        d=f"M{ax:.5g} {ay:.5g}Q{cx:.5g} {cy:.5g} {bx:.5g} {by:.5g}",
        stroke_width=float(3 + 2 * sqrt(line.weight)),
    )
    return linked(None, line.caption, curve, class_="line")


def _spot(spot: Spot, name: Markup) -> Markup:
    x, y = spot.at
    dot = element("circle", cx=x, cy=y, r=11)
    return linked(spot.href, spot.name, dot, name, class_="spot")


def _frame(areas: Iterable[Area], spots: Iterable[Spot]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of what holds every area's name and every spot."""
    at = [shapes()[area.code].at for area in areas if area.code in shapes()]
    at += [spot.at for spot in spots]
    if not at:
        return 0.0, 0.0, WIDTH, HEIGHT
    left, right = min(x for x, _ in at) - _MARGIN, max(x for x, _ in at) + _MARGIN
    top, bottom = min(y for _, y in at) - _MARGIN, max(y for _, y in at) + _MARGIN
    size = min(max(right - left, bottom - top, hypot(WIDTH, HEIGHT) / 2.7), WIDTH, HEIGHT)
    width, height = max(right - left, size), max(bottom - top, size * 0.75)
    x = min(max((left + right - width) / 2, 0.0), WIDTH - min(width, WIDTH))
    y = min(max((top + bottom - height) / 2, 0.0), HEIGHT - min(height, HEIGHT))
    return x, y, min(width, float(WIDTH)), min(height, float(HEIGHT))
