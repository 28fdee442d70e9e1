"""Days and spans of days in words, for readers of one language.

How a language writes dates comes from CLDR, by Babel. What was said of a date
in Extended Date/Time Format (ISO 8601-2:2019) is told as a person would: the
day that a year is missing from, the year that is inferred, the days between
which something lies.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final

from eugraph.facts.edtf import edtf_bounds
from eugraph.triples.wording import locale, wording

_LEAP: Final = "2000"
"""A year that has every day, for days without a year."""

_NO_YEAR: Final = re.compile(r"XXXX-\d{2}-\d{2}(/XXXX-\d{2}-\d{2})?")
_KNOWN: Final = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d{2})?)?")
_OPEN: Final = ("", "..")
_ONE_OF: Final = re.compile(r"[\[{].*\.\..*[\]}]")


def day(text: str, language: str) -> str:
    """Return an ISO 8601 day in words; what is none stays as it is."""
    try:
        return _written(date.fromisoformat(text[:10]), language)
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def days(begin: str, end: str, language: str) -> str:
    """Return the days from `begin` to `end` in words: a whole month or year by its name."""
    try:
        first, last = date.fromisoformat(begin[:10]), date.fromisoformat(end[:10])
    except ValueError:
        return day(begin or end, language)
    if first == last:
        return day(begin, language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return _as("yMMMM", first, language)
    return _from_to(first, last, "yMMMMd", language)


def between(begin: str, end: str, language: str) -> str:
    """Return in words that one day lies somewhere from `begin` to `end`; either may be empty."""
    time = wording(language).sentence
    if begin == end or _is_named(begin, end):
        return days(begin, end, language)
    if not begin or not end:
        known = time("time", "from" if begin else "until", day=day(begin or end, language))
        return known if begin or end else ""
    return time("time", "between", begin=day(begin, language), end=day(end, language))


def edtf(text: str, language: str) -> str:
    """Return a date in Extended Date/Time Format in words; what cannot be told stays as it is."""
    time = wording(language).sentence
    try:
        if _NO_YEAR.fullmatch(text):
            return time("time", "no-year", days=_without_year(text, language))
        first, last = (each.isoformat() if each else "" for each in edtf_bounds(text))
    except ValueError:
        return text
    if _ONE_OF.fullmatch(text):
        return between(first, last, language)
    if not first and not last:
        return text
    words = _interval(*text.replace("?", "").partition("/")[::2], language)
    words = words or (days if first and last else between)(first, last, language)
    return time("time", "year-inferred", days=words) if "?" in text else words


def _interval(begin: str, end: str, language: str) -> str:
    """Return an interval in words, each end as it is known: to the day, the month or the year.

    Empty for what is none, or has an end that is known in another way.
    """
    time = wording(language).sentence
    if begin in _OPEN or end in _OPEN:
        key, known = ("ends", end) if begin in _OPEN else ("begins", begin)
        words = _point(known, language)
        return time("time", key, day=words) if words and end else ""
    first, last = _point(begin, language), _point(end, language)
    if not first or not last or len(begin) != len(end):
        return f"{first} – {last}" if first and last else ""
    if len(begin) == len("2017"):
        return f"{first}–{last}"
    skeleton = "yMMMM" if len(begin) == len("2017-10") else "yMMMMd"
    return _from_to(_first_day(begin), _first_day(end), skeleton, language)


def _point(text: str, language: str) -> str:
    """Return a day, a month or a year in words, empty for what is none of them."""
    if not _KNOWN.fullmatch(text):
        return ""
    if len(text) == len("2017-10"):
        return _as("yMMMM", _first_day(text), language)
    return day(text, language)


def _first_day(text: str) -> date:
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])


def without_year(text: str, language: str) -> str | None:
    """Return days of which EDTF tells no year in words, None for other dates."""
    try:
        return _without_year(text, language) if _NO_YEAR.fullmatch(text) else None
    except ValueError:
        return None


def _is_named(begin: str, end: str) -> bool:
    """Tell whether two days are the ends of one month or year, which has a name."""
    try:
        first, last = date.fromisoformat(begin), date.fromisoformat(end)
    except ValueError:
        return False
    month = first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])
    year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return month or (year and first.year == last.year)


def _without_year(text: str, language: str) -> str:
    begin, _, end = text.replace("XXXX", _LEAP).partition("/")
    first, last = date.fromisoformat(begin), date.fromisoformat(end or begin)
    if first == last:
        return _as("MMMMd", first, language)
    return _from_to(first, last, "MMMMd", language)


# Babel's dates are loaded where one is written: that takes as long as describing a release.


def _written(one: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(one, "long", locale=locale(language))


def _as(skeleton: str, one: date, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, one, locale=locale(language))


def _from_to(first: date, last: date, skeleton: str, language: str) -> str:
    from babel.dates import format_interval

    return format_interval(first, last, skeleton, locale=locale(language))
