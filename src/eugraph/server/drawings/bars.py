"""Numbers as bars, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.svg import drawing, element, linked

_WIDTH: Final = 640
_SIDE: Final = 14
_ROW: Final = 44
_FOR_NUMBER: Final = 90


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its name; `caption` is the number as text."""

    name: str
    href: str | None
    value: float
    caption: str


def draw_bars(bars: Sequence[Bar], *, title: str) -> Markup:
    """Return the bars in the order given, all from a common zero; negative ones go left of it."""
    low = min(0.0, *(bar.value for bar in bars)) if bars else 0.0
    high = max(0.0, *(bar.value for bar in bars)) if bars else 0.0
    span = (high - low) or 1.0
    rows = [_row(bar, place * _ROW, low, span) for place, bar in enumerate(bars)]
    return drawing("bars", _WIDTH, _ROW * len(bars) + 8, *rows, title=title)


def _row(bar: Bar, top: float, low: float, span: float) -> Markup:
    # Divided first: numbers that are tiny all together would make the scale infinite.
    width = _WIDTH - 2 * _SIDE - _FOR_NUMBER
    zero = _SIDE - low / span * width
    left, right = sorted((zero, zero + bar.value / span * width))
    parts = (
        element("text", bar.name, x=_SIDE, y=top + 17, class_="name"),
        element("rect", x=left, y=top + 23, width=max(right - left, 1.0), height=14, rx=3),
        element("text", bar.caption, x=right + 6, y=top + 36, class_="number"),
    )
    return linked(bar.href, f"{bar.name}: {bar.caption}", *parts, class_="bar")
