"""The bounds of a date in Extended Date/Time Format: the earliest and the latest day it allows.

Covers what eugraph writes (ISO 8601-2:2019, levels 0 to 2): a year, month or
day, a season or quarter of a year (`2024-21`, `2024-33`), each with a qualifier
`?`, `~` or `%`; unspecified digits (`201X`, `2017-XX`, `XXXX-04-17`); intervals,
open ends among them (`../2019-05`, `2018-04-20/..`); and the one-of range
`[2018-04-20..2018-12-31]`, `{…}` alike.
Uncertainty does not widen the bounds: `2017?-09-27` lies between 27 September
2017 and itself, as CIDOC CRM's P82a and P82b read it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 14)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}

SEASON_MONTHS: Mapping[int, tuple[int, int]] = MappingProxyType(_SEASONS | _QUARTERS)
"""The first and the last month of the seasons and quarters, by their number in EDTF.

The seasons are those of the northern hemisphere; the winter of a year may be the one it
begins with or the one that ends in February of the next, its months 13 and 14.
"""

Bounds = tuple[date | None, date | None]

_QUALIFIER = re.compile(r"[?~%]")
_POINT = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?")


def edtf_bounds(text: str) -> Bounds:
    """Return the earliest and the latest day that `text` allows.

    None stands for an end that is open, unknown or rests on an unknown year.
    The earliest never lies after the latest for a well-formed interval.
    Raises `ValueError` for what is not EDTF of the kinds above, or no real day.
    """
    plain = _QUALIFIER.sub("", text.strip())
    if plain[:1] in {"[", "{"} and plain[-1:] in {"]", "}"}:
        return _members(plain[1:-1])
    first, slash, last = plain.partition("/")
    if not slash:
        return _point(first)
    return _end(first)[0], _end(last)[1]


def _end(text: str) -> Bounds:
    return (None, None) if text in {"", ".."} else _point(text)


def _members(text: str) -> Bounds:
    spans = []
    for member in text.split(","):
        first, dots, last = member.strip().partition("..")
        spans.append((_end(first)[0], _end(last if dots else first)[1]))
    firsts = [first for first, _ in spans]
    lasts = [last for _, last in spans]
    earliest = None if None in firsts else min(f for f in firsts if f)
    latest = None if None in lasts else max(f for f in lasts if f)
    return earliest, latest


def _point(text: str) -> Bounds:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date in EDTF: {text!r}")
    if match["year"] == "XXXX":
        return None, None
    first_year, last_year = (
        int(match["year"].replace("X", "0")),
        int(match["year"].replace("X", "9")),
    )
    if match["month"] and match["month"].isdigit() and int(match["month"]) in SEASON_MONTHS:
        season = int(match["month"])
        return season_days(first_year, season)[0], season_days(last_year, season)[1]
    months = _range(match["month"], 1, 12)
    last_day = calendar.monthrange(last_year, months[1])[1]
    days = _range(match["day"], 1, last_day)
    return date(first_year, months[0], days[0]), date(last_year, months[1], days[1])


def season_days(year: int, season: int) -> tuple[date, date]:
    """Return the first and the last day of a season or quarter; raises `ValueError` for no season.

    `season` is its number in EDTF: 21 is spring, 33 the first quarter.
    """
    if season not in SEASON_MONTHS:
        raise ValueError(f"no season of EDTF: {season}")
    first, last = SEASON_MONTHS[season]
    ends, month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(ends, month, calendar.monthrange(ends, month)[1])


def _range(digits: str | None, least: int, most: int) -> tuple[int, int]:
    if digits is None or digits == "XX":
        return least, most
    if "X" not in digits:
        return int(digits), int(digits)
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return max(low, least), min(high, most)
