"""Projects and their events in time: as lines and marks, and in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from eugraph.editions import Edition
from eugraph.server.drawings.timeline import Mark, Span, draw_timeline
from eugraph.server.overview.disputed import Disputed, disputed_term
from eugraph.server.overview.labels import Cell, Labels
from eugraph.server.overview.rows import Row, day, query_of, rows_of, value
from eugraph.server.overview.sections import MOST_ROWS, Section
from eugraph.server.source import Source
from eugraph.triples import days

MOST_SPANS: Final = 40
"""How many projects the timeline shows: the latest."""

_HELD: Final = {"reported-held": "held", "reported-planned": "planned"}

_ROUGH: Final = re.compile(r"(^|/)[0-9X?~%]{4,5}(-[0-9X?~%]{2,3})?(/|$)")
"""A date in EDTF with an end that is known to the month or the year alone."""

Inferred = Mapping[str, frozenset[str]]
"""Which days of a thing are inferred: `startDate`, `endDate` or both."""


@lru_cache(maxsize=4)
def inferred_days(source: Source, edition: Edition) -> Inferred:
    """Return which days are inferred and nowhere stated, of the things that have some.

    Of all at once: the engine, asked for those of one thing, begins with every
    assertion that is inferred, and took 16 ms of the 20 that a page waited for it.
    """
    found: dict[str, frozenset[str]] = {}
    for row in rows_of(source, edition, "inferred"):
        thing, name = value(row, "thing"), value(row, "property").rpartition("#")[2]
        found[thing] = found.get(thing, frozenset()) | {name}
    return found


def timeline_section(
    labels: Labels,
    projects: Sequence[Row],
    events: Sequence[Row],
    inferred: Inferred,
    disputed: Mapping[str, Disputed],
) -> Section:
    """Return the timeline of projects, with their events on it."""
    translate = labels.translate
    marks: dict[str, list[Mark]] = {}
    for row in events:
        if mark := mark_of(labels, row, inferred):
            marks.setdefault(value(row, "project"), []).append(mark)
    shown = drawn(projects)
    spans = [
        span_of(labels, row, marks.get(value(row, "project"), ()), inferred, disputed)
        for row in shown
    ]
    rows = tuple(
        (
            labels.cell(value(row, "project")),
            _days(labels, row, "begin", disputed),
            _days(labels, row, "end", disputed),
            Cell(value(row, "known")),
        )
        for row in projects[:MOST_ROWS]
    )  # fmt: skip
    left = len(projects) - len(shown)
    return Section(
        "timeline",
        translate("overview.timeline"),
        draw_timeline(spans, title=translate("overview.timeline-description")),
        (translate("overview.project-name"), translate("overview.start"), translate("overview.end"),
         translate("overview.known")),
        rows,
        query_of("projects"),
        translate("overview.not-drawn", count=left) if left else "",
        len(projects) - len(rows),
    )  # fmt: skip


def _days(labels: Labels, row: Row, side: str, disputed: Mapping[str, Disputed]) -> Cell:
    """Return the first or the last day of a project; every one that releases give for it."""
    at_odds = disputed.get(value(row, "project"), {}).get(side)
    given = at_odds or (value(row, "start" if side == "begin" else side),)
    return Cell(f" {labels.translate('time.or')} ".join(given))


def drawn(projects: Sequence[Row]) -> list[Row]:
    """Return the projects that the timeline shows."""
    return [row for row in projects if day(row, "start") or day(row, "end")][:MOST_SPANS]


def span_of(
    labels: Labels,
    row: Row,
    marks: Sequence[Mark],
    inferred: Inferred,
    disputed: Mapping[str, Disputed],
) -> Span:
    """Return a project as a line of a timeline."""
    iri = value(row, "project")
    caption, is_inferred = _caption(labels, row, inferred.get(iri, frozenset()))
    if at_odds := disputed.get(iri):
        term = disputed_term(value(row, "start"), value(row, "end"), at_odds, labels.language)
        caption = f"{term} ({labels.translate('time.disputed')})"
    return Span(
        labels.name(iri),
        labels.href(iri),
        day(row, "start"),
        day(row, "end"),
        caption,
        tuple(marks),
        is_inferred,
        labels.tag(iri),
        rough=bool(_ROUGH.search(value(row, "known"))),
    )


def mark_of(labels: Labels, row: Row, inferred: Inferred) -> Mark | None:
    """Return an event as a mark on its project's line, None if its day is not known."""
    start, iri = day(row, "start"), value(row, "event")
    if start is None:
        return None
    status = value(row, "status")
    caption, is_inferred = _caption(labels, row, inferred.get(iri, frozenset()))
    state = labels.name(status) if status else labels.translate("overview.unknown")
    return Mark(
        labels.name(iri),
        labels.href(iri),
        start,
        day(row, "end") or start,
        _HELD.get(status.rpartition("/")[2], "unknown"),
        f"{caption}; {state}",
        is_inferred,
    )


def _caption(labels: Labels, row: Row, inferred: frozenset[str]) -> tuple[str, bool]:
    """Return the days of a row in words, and whether one of them is inferred: that is told, too.

    What is not known to the day, or at one end alone, is told as it is known.
    """
    begin, end, known = value(row, "start"), value(row, "end"), value(row, "known")
    if known and (_ROUGH.search(known) or ".." in known):
        caption = days.edtf(known, labels.language)
    elif begin and end:
        caption = days.days(begin, end, labels.language)
    else:
        caption = days.between(begin, end, labels.language)
    sides = {"startDate": begin, "endDate": end}
    unsure = [days.day(text, labels.language) for name, text in sides.items() if name in inferred]
    if not unsure:
        return caption, False
    if len(unsure) == len(sides):
        return f"{caption} ({labels.translate('overview.inferred')})", True
    return f"{caption} ({labels.translate('overview.inferred')}: {unsure[0]})", True
