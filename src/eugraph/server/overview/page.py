"""`/overview`: the map of Europe, the timeline of projects, the network of countries."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, render_template

from eugraph.editions import Edition
from eugraph.server.interface import language
from eugraph.server.overview.disputed import disputed_days
from eugraph.server.overview.labels import Labels
from eugraph.server.overview.rows import query_of, rows_about, rows_of, value
from eugraph.server.overview.sections import (
    MOST_ROWS,
    Section,
    map_section,
    network_section,
)
from eugraph.server.overview.time import drawn, inferred_days, timeline_section
from eugraph.server.representations import conditional
from eugraph.server.source import Source

_NAMED = ("country", "other", "project", "event", "status")


def overview_blueprint(source: Source) -> Blueprint:
    """Return `/overview`."""
    blueprint = Blueprint("overview", __name__)

    @blueprint.get("/overview")
    def overview() -> Response:
        """Draw what is published."""
        lang = language()
        body = render_template(
            "overview.html",
            sections=overview_sections(source, source.edition, lang),
        )
        return conditional(body.encode(), "text/html")

    return blueprint


@lru_cache(maxsize=8)
def overview_sections(source: Source, edition: Edition, lang: str) -> tuple[Section, ...]:
    """Return the drawings of `edition` for readers of the language `lang`."""
    countries, pairs, projects = (
        rows_of(source, edition, name) for name in ("countries", "cooperation", "projects")
    )
    shown = {value(row, "project") for row in drawn(projects)}
    events = rows_about(source, edition, "events", "project", shown)
    inferred = inferred_days(source, edition)
    rows = [*countries, *pairs, *projects[:MOST_ROWS], *events]
    things = {value(row, name) for row in rows for name in _NAMED if name in row}
    labels = Labels.of(source, edition, things, lang)
    return (
        map_section(labels, countries, pairs, query_of("countries")),
        timeline_section(labels, projects, events, inferred, disputed_days(source, edition)),
        network_section(labels, countries, pairs, query_of("cooperation")),
    )
