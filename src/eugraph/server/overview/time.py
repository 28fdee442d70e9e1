"""Projects and their events in time: as lines and marks, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from eugraph.editions import Edition
from eugraph.server.drawings.timeline import Mark, Span, draw_timeline
from eugraph.server.overview.disputed import Disputed, told_disputed
from eugraph.server.overview.rows import Row, day, query_of, rows_about, value
from eugraph.server.overview.sections import MOST_ROWS, Section
from eugraph.server.overview.teller import Cell, Teller
from eugraph.server.source import Source
from eugraph.triples import days

MOST_SPANS: Final = 40
"""How many projects the timeline shows: the latest."""

_HELD: Final = {"reported-held": "held", "reported-planned": "planned"}

_ROUGH: Final = re.compile(r"(^|/)[0-9X?~%]{4,5}(-[0-9X?~%]{2,3})?(/|$)")
"""A date in EDTF with an end that is known to the month or the year alone."""

Inferred = Mapping[str, frozenset[str]]
"""Which days of a thing are inferred: `startDate`, `endDate` or both."""


def inferred_of(source: Source, edition: Edition, iris: Iterable[str]) -> Inferred:
    """Return which days of `iris` are inferred and nowhere stated, of the things that have some."""
    return inferred_in(rows_about(source, edition, "inferred", "thing", iris))


def inferred_in(rows: Iterable[Row]) -> Inferred:
    """Return which days are inferred as those of `rows` tell that have a `thing`."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if "thing" in row:
            thing, name = value(row, "thing"), value(row, "property").rpartition("#")[2]
            found[thing] = found.get(thing, frozenset()) | {name}
    return found


def timeline_section(
    teller: Teller,
    projects: Sequence[Row],
    events: Sequence[Row],
    inferred: Inferred,
    disputed: Mapping[str, Disputed],
) -> Section:
    """Return the timeline of projects, with their events on it."""
    say = teller.say
    marks: dict[str, list[Mark]] = {}
    for row in events:
        if mark := mark_of(teller, row, inferred):
            marks.setdefault(value(row, "project"), []).append(mark)
    shown = drawn(projects)
    spans = [
        span_of(teller, row, marks.get(value(row, "project"), ()), inferred, disputed)
        for row in shown
    ]
    rows = tuple(
        (
            teller.cell(value(row, "project")),
            _days(teller, row, "begin", disputed),
            _days(teller, row, "end", disputed),
            Cell(value(row, "known")),
        )
        for row in projects[:MOST_ROWS]
    )  # fmt: skip
    left = len(projects) - len(shown)
    return Section(
        "timeline",
        say("overview.timeline"),
        draw_timeline(spans, title=say("overview.timeline-told")),
        (say("overview.project-name"), say("overview.start"), say("overview.end"),
         say("overview.known")),
        rows,
        query_of("projects"),
        say("overview.not-drawn", count=left) if left else "",
        len(projects) - len(rows),
    )  # fmt: skip


def _days(teller: Teller, row: Row, side: str, disputed: Mapping[str, Disputed]) -> Cell:
    """Return the first or the last day of a project; every one that releases give for it."""
    at_odds = disputed.get(value(row, "project"), {}).get(side)
    given = at_odds or (value(row, "start" if side == "begin" else side),)
    return Cell(f" {teller.say('time.or')} ".join(given))


def drawn(projects: Sequence[Row]) -> list[Row]:
    """Return the projects that the timeline shows."""
    return [row for row in projects if day(row, "start") or day(row, "end")][:MOST_SPANS]


def span_of(
    teller: Teller,
    row: Row,
    marks: Sequence[Mark],
    inferred: Inferred,
    disputed: Mapping[str, Disputed],
) -> Span:
    """Return a project as a line of a timeline."""
    iri = value(row, "project")
    told, is_inferred = _told(teller, row, inferred.get(iri, frozenset()))
    if at_odds := disputed.get(iri):
        days_told = told_disputed(value(row, "start"), value(row, "end"), at_odds, teller.language)
        told = f"{days_told} ({teller.say('time.disputed')})"
    return Span(
        teller.name(iri),
        teller.href(iri),
        day(row, "start"),
        day(row, "end"),
        told,
        tuple(marks),
        is_inferred,
        teller.tag(iri),
        rough=bool(_ROUGH.search(value(row, "known"))),
    )


def mark_of(teller: Teller, row: Row, inferred: Inferred) -> Mark | None:
    """Return an event as a mark on its project's line, None if its day is not known."""
    start, iri = day(row, "start"), value(row, "event")
    if start is None:
        return None
    status = value(row, "status")
    told, is_inferred = _told(teller, row, inferred.get(iri, frozenset()))
    state = teller.name(status) if status else teller.say("overview.unknown")
    return Mark(
        teller.name(iri),
        teller.href(iri),
        start,
        day(row, "end") or start,
        _HELD.get(status.rpartition("/")[2], "unknown"),
        f"{told}; {state}",
        is_inferred,
    )


def _told(teller: Teller, row: Row, inferred: frozenset[str]) -> tuple[str, bool]:
    """Return the days of a row in words, and whether one of them is inferred: that is told, too.

    What is not known to the day, or at one end alone, is told as it is known.
    """
    begin, end, known = value(row, "start"), value(row, "end"), value(row, "known")
    if known and (_ROUGH.search(known) or ".." in known):
        told = days.edtf(known, teller.language)
    elif begin and end:
        told = days.days(begin, end, teller.language)
    else:
        told = days.between(begin, end, teller.language)
    sides = {"startDate": begin, "endDate": end}
    unsure = [days.day(text, teller.language) for name, text in sides.items() if name in inferred]
    if not unsure:
        return told, False
    if len(unsure) == len(sides):
        return f"{told} ({teller.say('overview.inferred')})", True
    return f"{told} ({teller.say('overview.inferred')}: {unsure[0]})", True
