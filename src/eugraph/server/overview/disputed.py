"""Days on which releases disagree: all are told, and that they are at odds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eugraph.editions import Edition
from eugraph.server.interface import translator
from eugraph.server.overview.rows import rows_of, value
from eugraph.server.source import Source
from eugraph.triples import days

Disputed = Mapping[str, tuple[str, ...]]
"""The ISO 8601 days that releases give, by side: `begin`, `end` or both."""

_SIDES: Final = {"startDate": "begin", "endDate": "end"}


def disputed_days(source: Source, edition: Edition) -> Mapping[str, Disputed]:
    """Return the projects on whose first or last day releases disagree, with the days they give."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows_of(source, edition, "disputed"):
        side = _SIDES[value(row, "property").rpartition("#")[2]]
        sides = found.setdefault(value(row, "project"), {})
        sides[side] = (*sides.get(side, ()), value(row, "day"))
    return found


def disputed_term(begin: str, end: str, disputed: Disputed, language: str) -> str:
    """Return a term in words, every day that releases give for an end of it among them."""
    translate = translator(language)
    sides = [disputed.get(name) or (day,) for name, day in (("begin", begin), ("end", end))]
    or_ = f" {translate('time.or')} "
    first, last = (or_.join(days.day(day, language) for day in side if day) for side in sides)
    if first and last:
        return translate("time.term", begin=first, end=last)
    return translate("time.begins" if first else "time.ends", day=first or last)
