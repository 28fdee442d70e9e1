"""The shapes of countries and the positions of places, as `data/geography` has them."""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from eugraph.server.drawings.projection import Point
from eugraph.shipped import shipped

_BYTES = 8
"""What a place takes: its number, how far right, how far down."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A country on the map: SVG path data, and the point where its name belongs."""

    outline: str
    at: Point


@cache
def shapes() -> Mapping[str, Shape]:
    """Return the countries that the map shows, by code of the EU's country table.

    Territories without a code there stand under their name.
    """
    table = json.loads(shipped("data/geography/europe.json").read_text(encoding="utf-8"))
    return {
        code: Shape(each["outline"], (each["at"][0], each["at"][1]))
        for code, each in table["countries"].items()
    }


def place(geonames: str) -> Point | None:
    """Return where the place with this GeoNames number lies, None if that is not known."""
    numbers, across, down = _places()
    number = int(geonames) if geonames.isdecimal() else 0
    found = bisect_left(numbers, number)
    if found == len(numbers) or numbers[found] != number:
        return None
    return across[found], down[found]


@cache
def _places() -> tuple[array[int], array[int], array[int]]:
    content = shipped("data/geography/places.bin").read_bytes()
    count = len(content) // _BYTES
    columns = array("I"), array("H"), array("H")
    cuts = (0, 4 * count, 6 * count, 8 * count)
    for column, start, end in zip(columns, cuts, cuts[1:], strict=False):
        column.frombytes(content[start:end])
        if sys.byteorder == "big":
            column.byteswap()
    return columns
