"""Who works with whom: things on a circle, a line for what two have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, degrees, pi, sin, sqrt
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.svg import drawing, element, linked

_SIZE: Final = 640
_RADIUS: Final = 195.0
_HALF: Final = _SIZE / 2


@dataclass(frozen=True, slots=True)
class Node:
    """A thing by its `key`; `weight` says how much there is of it, `caption` in words.

    `tag` is the language of the name where it is not that of the page.
    """

    key: str
    name: str
    href: str | None
    weight: int
    caption: str
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What two things have in common, by their keys; `weight` says how much, `caption` in words."""

    start: str
    end: str
    weight: int
    caption: str


def draw_network(nodes: Sequence[Node], edges: Sequence[Edge], *, title: str) -> Markup:
    """Return the nodes on a circle, in the order given, and the edges as chords.

    Equal input gives an equal drawing. Edges of unknown keys are left out.
    """
    angles = {node.key: 2 * pi * place / len(nodes) for place, node in enumerate(nodes)}
    most = max((edge.weight for edge in edges), default=1)
    known = [edge for edge in edges if {edge.start, edge.end} <= angles.keys()]
    lines = [_edge(edge, angles[edge.start], angles[edge.end], most) for edge in known]
    dots = [_node(node, angles[node.key]) for node in nodes]
    return drawing("network", _SIZE, _SIZE, *lines, *dots, title=title)


def _at(angle: float, radius: float) -> tuple[float, float]:
    return _HALF + radius * sin(angle), _HALF - radius * cos(angle)


def _edge(edge: Edge, start: float, end: float, most: int) -> Markup:
    (ax, ay), (bx, by) = _at(start, _RADIUS), _at(end, _RADIUS)
    # Through a point between the middle of the chord and the centre: neighbours stay apart.
    cx, cy = (_HALF + (ax + bx) / 2) / 2, (_HALF + (ay + by) / 2) / 2
    curve = element(
        "path",
        d=f"M{ax:.5g} {ay:.5g}Q{cx:.5g} {cy:.5g} {bx:.5g} {by:.5g}",
        stroke_width=1 + 5 * sqrt(edge.weight / most),
    )
    return linked(None, edge.caption, curve, class_="line")


def _node(node: Node, angle: float) -> Markup:
    x, y = _at(angle, _RADIUS)
    label_x, label_y = _at(angle, _RADIUS + 16)
    left = angle > pi
    turn = degrees(angle) + (90 if left else -90)
    dot = element("circle", cx=x, cy=y, r=4 + 2 * sqrt(node.weight))
    label = element(
        "text",
        node.name,
        x=label_x,
        y=label_y,
        class_="end" if left else "start",
        transform=f"rotate({turn:.5g} {label_x:.5g} {label_y:.5g})",
        dy=5,
        lang=node.tag,
    )
    return linked(node.href, f"{node.name}: {node.caption}", dot, label, class_="node")
