"""The drawings of one project's page: its countries and places, its term and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from eugraph.editions import Edition
from eugraph.server.drawings.europe import Area, Spot, draw_map
from eugraph.server.drawings.geography import place
from eugraph.server.drawings.timeline import Span, draw_timeline
from eugraph.server.overview.disputed import Disputed, disputed_days
from eugraph.server.overview.rows import Row, country_code, day, value
from eugraph.server.overview.teller import Teller
from eugraph.server.overview.time import inferred_in, mark_of, span_of
from eugraph.server.source import Source
from eugraph.shipped import shipped
from eugraph.vocabulary import with_prefixes


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn of a project: its `time`, and where it is; empty where nothing is known."""

    time: str = ""
    map: str = ""


def project_drawings(source: Source, edition: Edition, iri: str, tongue: str) -> Drawings:
    """Return the term and the events of the project `iri`, and the map of its countries and places.

    One query tells all of it: each that is asked costs as much again as what it finds.
    """
    rows = [row for row in source.rows(edition, _query() % {"iri": iri}) if row]
    named = {value(row, name) for row in rows for name in ("event", "status", "country", "place")}
    teller = Teller.of(source, edition, named - {""} | {iri}, tongue)
    disputed = disputed_days(source, edition)
    return Drawings(_time(teller, iri, rows, disputed), _map(teller, rows))


def _map(teller: Teller, rows: Iterable[Row]) -> Markup:
    places = sorted(
        (value(row, "country"), value(row, "place"), value(row, "same"))
        for row in rows
        if "country" in row or "place" in row
    )
    located = {each: same for _, each, same in places if each}
    areas = [
        Area(country_code(each), teller.name(each), None, 1, "", teller.tag(each))
        for each, _, _ in places
        if each
    ]
    spots = [
        Spot(teller.name(each), teller.href(each), at, teller.tag(each))
        for each, same in located.items()
        if (at := place(same.rstrip("/").rpartition("/")[2]))
    ]
    if not areas and not spots:
        return Markup()
    return draw_map(areas, (), spots, title=teller.say("overview.project-map"), close=True)


def _time(
    teller: Teller, iri: str, rows: Sequence[Row], disputed: Mapping[str, Disputed]
) -> Markup:
    inferred = inferred_in(rows)
    events = [row for row in rows if "event" in row]
    events.sort(key=lambda row: (value(row, "start"), value(row, "event")))
    of_project = {"project": {"type": "uri", "value": iri}}
    spans = [
        span_of(teller, {**of_project, **row}, (), inferred, disputed)
        for row in rows
        if "event" not in row and (day(row, "start") or day(row, "end"))
    ]
    for row in events:
        if mark := mark_of(teller, row, inferred):
            tag = teller.tag(value(row, "event"))
            line = (mark.name, mark.href, None, None, mark.told, (mark,), mark.inferred, tag)
            spans.append(Span(*line))
    return (
        draw_timeline(spans, title=teller.say("overview.project-timeline")) if spans else Markup()
    )


@cache
def _query() -> str:
    return with_prefixes(shipped("data/overview/project.rq").read_text(encoding="utf-8"))
