"""Which names a map has room for, so that none covers another.

Names are put one after another, the most important first; one that finds no
room is left out, for what it names still tells its name when it is pointed at
or read out, and in the table beside the map. A phone shows the same drawing
with larger letters: what finds room on a wide page alone is `ROOMY`, and the
style sheet leaves it out on a narrow one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from eugraph.server.drawings.projection import Point

ROOMY: Final = "roomy"
"""The class of a name that only a wide page has room for."""

_LETTER: Final = 0.56
"""How wide a letter is as a share of its size, in the mean of common fonts."""

_AROUND: Final = 4.0

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where it may stand, best first: each a point and its `text-anchor`.

    The point is the middle of the height of the letters.
    """

    text: str
    places: Sequence[tuple[Point, str]]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name stands; `roomy` if a narrow page has no room for it there."""

    at: Point
    anchor: str
    roomy: bool


def place_labels(labels: Sequence[Label], wide: float, narrow: float) -> list[Placed | None]:
    """Return where each of `labels`, the most important first, stands; None for no room.

    `wide` and `narrow` are the sizes of the letters on wide and narrow pages.
    """
    taken: list[_Box] = []
    taken_narrow: list[_Box] = []
    found: list[Placed | None] = []
    for label in labels:
        placed = next((each for each in label.places if _fits(label, *each, wide, taken)), None)
        if placed is None:
            found.append(None)
            continue
        taken.append(_box(label.text, *placed, wide))
        roomy = not _fits(label, *placed, narrow, taken_narrow)
        if not roomy:
            taken_narrow.append(_box(label.text, *placed, narrow))
        found.append(Placed(*placed, roomy))
    return found


def _fits(label: Label, at: Point, anchor: str, size: float, taken: Sequence[_Box]) -> bool:
    left, top, right, bottom = _box(label.text, at, anchor, size)
    return not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in taken
    )


def _box(text: str, at: Point, anchor: str, size: float) -> _Box:
    """Return left, top, right and bottom of what a name covers."""
    width = _LETTER * size * len(text)
    before = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    left, half = at[0] - before, size / 2
    return left - _AROUND, at[1] - half, left + width + _AROUND, at[1] + half
