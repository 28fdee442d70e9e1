"""Time from left to right: spans with the days marked on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.svg import drawing, element, linked

_WIDTH: Final = 640
_SIDE: Final = 14
_ROW: Final = 46
_HEAD: Final = 30
_MOST_YEARS: Final = 12
_LEAST: Final = 4.0
"""How wide the shortest span is drawn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the line of a span, from `start` to `end`; `kind` is a class of its own.

    Kinds that the style sheet knows: `held`, `planned`, `unknown`. `inferred`
    if its date is; `caption` says all of that in words.
    """

    name: str
    href: str | None
    start: date
    end: date
    kind: str
    caption: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """One line: what it is called, from when to when, and what is marked on it.

    Without an end it is open: drawn to the edge and fading, and without a
    start to where it is known to end. `rough` ends are known to the month or
    the year alone. `caption` says the time in words, also what of it is `inferred`.
    """

    name: str
    href: str | None
    start: date | None
    end: date | None
    caption: str
    marks: tuple[Mark, ...] = ()
    inferred: bool = False
    tag: str | None = None
    rough: bool = False


def draw_timeline(spans: Sequence[Span], *, title: str) -> Markup:
    """Return the spans, one a line, in the order given, over the years they cover."""
    first, last = _years(spans)
    height = _HEAD + _ROW * len(spans) + 8
    scale = _Scale(first, last)
    grid = list(_grid(scale, height))
    rows = [_row(span, _HEAD + _ROW * number, scale) for number, span in enumerate(spans)]
    return drawing("timeline", _WIDTH, height, *grid, *rows, title=title)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day lies between the first day of one year and the last of another."""

    first: int
    last: int

    def x(self, day: date) -> float:
        start = date(self.first, 1, 1).toordinal()
        whole = date(self.last, 12, 31).toordinal() - start + 1
        part = (day.toordinal() - start) / whole
        return _SIDE + min(max(part, 0.0), 1.0) * (_WIDTH - 2 * _SIDE)


def _years(spans: Sequence[Span]) -> tuple[int, int]:
    days = [day for span in spans for day in (span.start, span.end) if day]
    days += [day for span in spans for mark in span.marks for day in (mark.start, mark.end)]
    if not days:
        return date.min.year, date.min.year
    return min(days).year, max(days).year


def _grid(scale: _Scale, height: float) -> Iterator[Markup]:
    step = 1 + (scale.last - scale.first) // _MOST_YEARS
    for year in range(scale.first, scale.last + 1, step):
        x = scale.x(date(year, 1, 1))
        yield element("line", x1=x, x2=x, y1=_HEAD - 6, y2=height, class_="year")
        yield element("text", str(year), x=x + 4, y=_HEAD - 12, class_="year")


def _row(span: Span, top: float, scale: _Scale) -> Markup:
    kinds = ["span"]
    parts = [element("text", span.name, x=_SIDE, y=top + 17, class_="name", lang=span.tag)]
    start, end = span.start or span.end, span.end
    if start:
        left = scale.x(start)
        right = scale.x(end) if end else float(_WIDTH - _SIDE)
        width = max(right - left, _LEAST)
        kinds += ["inferred"] * span.inferred
        kinds += ["rough"] * span.rough
        kinds += ["open"] * (end is None or span.start is None)
        parts.append(element("rect", x=left, y=top + 25, width=width, height=10, rx=3))
    row = linked(span.href, f"{span.name}: {span.caption}", *parts, class_=" ".join(kinds))
    return element("g", row, *(_mark(mark, top, scale) for mark in span.marks))


def _mark(mark: Mark, top: float, scale: _Scale) -> Markup:
    left, right = scale.x(mark.start), scale.x(mark.end)
    wide = max(right - left, 10.0)
    shape = element("rect", x=left - 1, y=top + 22, width=wide, height=16, rx=5)
    kinds = f"mark {mark.kind}" + (" inferred" if mark.inferred else "")
    return linked(mark.href, f"{mark.name}: {mark.caption}", shape, class_=kinds)
