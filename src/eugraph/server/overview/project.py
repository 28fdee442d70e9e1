"""The drawings of one project's page: its countries and places, its term and events."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from eugraph.editions import Edition
from eugraph.server.drawings.europe import Area, Spot, draw_map
from eugraph.server.drawings.geography import place
from eugraph.server.drawings.timeline import Span, draw_timeline
from eugraph.server.overview.rows import country_code, day, rows_about, value
from eugraph.server.overview.teller import Teller
from eugraph.server.overview.time import inferred_of, mark_of, span_of
from eugraph.server.source import Source
from eugraph.vocabulary import PROLOGUE

_PLACES: Final = """SELECT DISTINCT ?country ?place ?same {
  { <%(iri)s> eug:involvesCountry ?country }
  UNION { { <%(iri)s> eug:hasEvent/eug:hasPartEvent* ?event . ?event eug:heldAt ?place }
    UNION { <%(iri)s> eug:hasParticipation/eug:participant ?who . ?who dcterms:spatial ?place }
    UNION { <%(iri)s> eug:hasParticipation ?part . ?part eug:participatedFrom ?place }
    OPTIONAL { ?place owl:sameAs ?same
      FILTER(STRSTARTS(STR(?same), "https://sws.geonames.org/")) } }
} ORDER BY ?country ?place ?same"""


def project_map(source: Source, edition: Edition, iri: str, tongue: str) -> Markup:
    """Return the map of the countries and places of the project `iri`; empty if none is known."""
    rows = tuple(source.rows(edition, PROLOGUE + _PLACES % {"iri": iri}))
    countries = [value(row, "country") for row in rows if "country" in row]
    located = {value(row, "place"): value(row, "same") for row in rows if "place" in row}
    teller = Teller.of(source, edition, (*countries, *located), tongue)
    areas = [Area(country_code(each), teller.name(each), None, 1, "") for each in countries]
    spots = [
        Spot(teller.name(each), teller.href(each), at)
        for each, same in located.items()
        if (at := place(same.rstrip("/").rpartition("/")[2]))
    ]
    if not areas and not spots:
        return Markup()
    return draw_map(areas, (), spots, title=teller.say("overview.project-map"), close=True)


def project_timeline(source: Source, edition: Edition, iri: str, tongue: str) -> Markup:
    """Return the term and the events of the project `iri`; empty if no day of it is known."""
    projects, events = (
        rows_about(source, edition, name, "project", [iri]) for name in ("projects", "events")
    )
    things = {iri, *(value(row, name) for row in events for name in ("event", "status"))}
    teller = Teller.of(source, edition, things, tongue)
    inferred = inferred_of(source, edition, {iri, *(value(row, "event") for row in events)})
    spans = [
        span_of(teller, row, (), inferred)
        for row in projects
        if day(row, "start") or day(row, "end")
    ]
    marks = [mark for row in events if (mark := mark_of(teller, row, inferred))]
    spans += [
        Span(mark.name, mark.href, None, None, mark.told, (mark,), mark.inferred) for mark in marks
    ]
    return (
        draw_timeline(spans, title=teller.say("overview.project-timeline")) if spans else Markup()
    )
