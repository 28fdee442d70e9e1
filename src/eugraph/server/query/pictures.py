"""The rows of an answer as a map, a timeline or bars, where they hold what that needs.

A column of countries or places makes a map, one of dates a timeline, one of
numbers beside one of names a chart. The first fitting column is taken.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from eugraph.server.drawings.bars import Bar, draw_bars
from eugraph.server.drawings.europe import Area, Line, Spot, draw_map
from eugraph.server.drawings.geography import place
from eugraph.server.drawings.timeline import Span, draw_timeline
from eugraph.server.query.ask import Answered
from eugraph.server.query.terms import Term
from eugraph.vocabulary import COUNTRY, IRI_BASE

VIEWS: Final = ("table", "map", "timeline", "chart")
"""How results can be shown."""

MOST_DRAWN: Final = 60
"""How many lines or bars a drawing has."""

_MOST_LINES: Final = 500
"""How many lines of cooperation a map has."""

MOST_OF: Final = {
    "table": sys.maxsize,
    "map": _MOST_LINES,
    "timeline": MOST_DRAWN,
    "chart": MOST_DRAWN,
}
"""Of how many rows each way of showing results leaves nothing out."""

_PLACE: Final = IRI_BASE + "id/place/"
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DATED: Final = ("date", "dateTime", "gYear", "gYearMonth")

Cells = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with what is known of its terms: names, addresses, GeoNames numbers, by IRI."""

    answered: Answered
    names: Mapping[str, tuple[str, str]]
    geonames: Mapping[str, str]
    hrefs: Mapping[str, str]

    def name(self, term: Term | None) -> str:
        """Return what to call `term`."""
        if term is None:
            return ""
        if term.kind == "iri":
            named = self.names.get(term.value)
            return named[0] if named else re.split(r"[/#]", term.value.rstrip("/#"))[-1]
        return term.value

    def href(self, term: Term | None) -> str | None:
        """Return where to read about `term`, if it is a thing."""
        return self.hrefs.get(term.value) if term and term.kind == "iri" else None

    def column(self, number: int) -> list[Term | None]:
        """Return the terms of a column."""
        return [row[number] for row in self.answered.rows]


def views_of(shown: Shown) -> tuple[str, ...]:
    """Return the views that suit an answer; a table always does."""
    fitting = {
        "map": _columns(shown, _country) or _columns(shown, lambda term: _located(shown, term)),
        "timeline": _columns(shown, _day),
        "chart": _columns(shown, _number) and len(shown.answered.variables) > 1,
    }
    return ("table", *(view for view in VIEWS if fitting.get(view)))


def draw(shown: Shown, view: str, title: str) -> Markup:
    """Return the answer drawn as `view`, which has to be one of `views_of` but `table`."""
    match view:
        case "map":
            return _map(shown, title)
        case "timeline":
            return _timeline(shown, title)
    return _chart(shown, title)


def _map(shown: Shown, title: str) -> Markup:
    columns = _columns(shown, _country)
    numbers = _columns(shown, _number)
    weights: Counter[str] = Counter()
    terms: dict[str, Term] = {}
    lines: list[Line] = []
    for row in shown.answered.rows:
        weight = _whole(row[numbers[0]]) if numbers else 1
        ends = [(code, row[c]) for c in columns if (code := _country(row[c])) is not None]
        for code, term in ends:
            weights[code] += weight
            terms.update({code: term} if term else {})
        if len(ends) > 1:
            caption = f"{shown.name(ends[0][1])} – {shown.name(ends[1][1])}: {weight}"
            lines.append(Line(ends[0][0], ends[1][0], weight, caption))
    areas = [
        Area(code, shown.name(terms[code]), shown.href(terms[code]), weight, str(weight))
        for code, weight in weights.items()
    ]
    return draw_map(areas, lines[:_MOST_LINES], list(_spots(shown)), title=title)


def _spots(shown: Shown) -> Iterator[Spot]:
    for column in _columns(shown, lambda term: _located(shown, term)):
        for term in dict.fromkeys(shown.column(column)):
            if term and (at := place(shown.geonames.get(term.value, ""))):
                yield Spot(shown.name(term), shown.href(term), at)


def _timeline(shown: Shown, title: str) -> Markup:
    days = _columns(shown, _day)
    named = next((c for c in _naming(shown) if c not in days), days[0])
    spans = [
        Span(
            shown.name(row[named]),
            shown.href(row[named]),
            _day(row[days[0]]),
            _day(row[days[1]], last=True) if len(days) > 1 else _day(row[days[0]], last=True),
            " – ".join(shown.name(row[c]) for c in days[:2] if row[c]),
        )
        for row in shown.answered.rows
        if any(row[c] for c in days[:2])
    ]
    return draw_timeline(spans[:MOST_DRAWN], title=title)


def _chart(shown: Shown, title: str) -> Markup:
    (value, *_), rows = _columns(shown, _number), shown.answered.rows
    others = [column for column in range(len(shown.answered.variables)) if column != value]
    named = [c for c in others if c not in _columns(shown, _number)] or others[:1]
    bars = [
        Bar(
            " · ".join(filter(None, (shown.name(row[c]) for c in named[:2]))),
            shown.href(row[named[0]]),
            number,
            shown.name(row[value]),
        )
        for row in rows
        if (number := _number(row[value])) is not None
    ]
    return draw_bars(bars[:MOST_DRAWN], title=title)


def _columns(shown: Shown, reading: Callable[[Term], object]) -> list[int]:
    """Return the columns that `reading` makes something of: of half their terms, and of one."""
    found = []
    for number in range(len(shown.answered.variables)):
        terms = [term for term in shown.column(number) if term]
        read = sum(reading(term) is not None for term in terms)
        if read and 2 * read >= len(terms):
            found.append(number)
    return found


def _naming(shown: Shown) -> list[int]:
    """Return the columns, those of things first: a thing has a page."""
    width = range(len(shown.answered.variables))
    return sorted(width, key=lambda c: not any(shown.href(term) for term in shown.column(c)))


def _country(term: Term | None) -> str | None:
    base = str(COUNTRY)
    if term and term.kind == "iri" and term.value.startswith(base):
        return term.value.removeprefix(base)
    return None


def _located(shown: Shown, term: Term | None) -> str | None:
    return shown.geonames.get(term.value) if term and term.value.startswith(_PLACE) else None


def _number(term: Term | None) -> float | None:
    return term.number if term else None


def _whole(term: Term | None) -> int:
    number = _number(term)
    return max(1, round(number)) if number is not None else 1


def _day(term: Term | None, *, last: bool = False) -> date | None:
    """Return the first day that a date means, or the `last`."""
    kind = term.datatype.rpartition("#")[2] if term else ""
    found = _DAY.match(term.value) if term and kind in _DATED else None
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), found[3]
    try:
        return date(year, month, int(day) if day else (28 if last else 1))
    except ValueError:
        return None
