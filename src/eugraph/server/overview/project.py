"""The drawings of one project's page: its countries and places, its term and events."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from eugraph.editions import Edition
from eugraph.server.drawings.europe import Area, Spot, draw_map
from eugraph.server.drawings.geography import place
from eugraph.server.drawings.timeline import Span, draw_timeline
from eugraph.server.interface import wording
from eugraph.server.overview.rows import country_code, day, rows_of, value
from eugraph.server.overview.sections import Teller, mark_of, span_of
from eugraph.server.query.names import geonames_of, names_of
from eugraph.server.source import Source
from eugraph.vocabulary import PROLOGUE

_COUNTRIES: Final = "SELECT ?country { <%s> eug:involvesCountry ?country } ORDER BY ?country"
_PLACES: Final = """SELECT DISTINCT ?place {
  { <%(iri)s> eug:hasEvent/eug:hasPartEvent*/eug:heldAt ?place }
  UNION { <%(iri)s> eug:hasParticipation/eug:participant/dcterms:spatial ?place }
  UNION { <%(iri)s> eug:hasParticipation/eug:participatedFrom ?place } } ORDER BY ?place"""


def project_map(source: Source, edition: Edition, iri: str, tongue: str) -> Markup:
    """Return the map of the countries and places of the project `iri`; empty if none is known."""
    countries = _values(source, edition, _COUNTRIES % iri, "country")
    places = _values(source, edition, _PLACES % {"iri": iri}, "place")
    names = names_of(source, edition, (*countries, *places), tongue)
    teller = Teller(wording(tongue), names, source.href)
    areas = [Area(country_code(each), teller.name(each), None, 1, "") for each in countries]
    located = geonames_of(source, edition, places)
    spots = [
        Spot(teller.name(each), teller.href(each), at)
        for each in places
        if (at := place(located.get(each, "")))
    ]
    if not areas and not spots:
        return Markup()
    return draw_map(areas, (), spots, title=teller.say("overview.project-map"), close=True)


def project_timeline(source: Source, edition: Edition, iri: str, tongue: str) -> Markup:
    """Return the term and the events of the project `iri`; empty if no day of it is known."""
    mine = [
        [row for row in rows_of(source, edition, name) if value(row, "project") == iri]
        for name in ("projects", "events")
    ]
    (projects, events), things = mine, {iri}
    things |= {value(row, name) for row in events for name in ("event", "status")}
    teller = Teller(wording(tongue), names_of(source, edition, things, tongue), source.href)
    spans = [span_of(teller, row, ()) for row in projects if day(row, "start") or day(row, "end")]
    marks = [mark for row in events if (mark := mark_of(teller, row))]
    spans += [Span(mark.name, mark.href, None, None, mark.told, (mark,)) for mark in marks]
    return (
        draw_timeline(spans, title=teller.say("overview.project-timeline")) if spans else Markup()
    )


def _values(source: Source, edition: Edition, query: str, name: str) -> list[str]:
    return [value(row, name) for row in source.rows(edition, PROLOGUE + query)]
