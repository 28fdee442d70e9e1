"""The home page, and the report of the gate on the edition that is served."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from eugraph.editions import Edition
from eugraph.search import Index, lists
from eugraph.server.desk.review import report_of_edition
from eugraph.server.interface import language
from eugraph.server.overview import overview_sections
from eugraph.server.representations import conditional
from eugraph.server.source import Source
from eugraph.server.things.page import speech_for

_COUNTED: Final = ("projects", "organisations", "events", "releases", "discrepancies")
_MOST: Final = 8


def pages_blueprint(source: Source) -> Blueprint:
    """Return `/` and `/report`."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def home() -> Response:
        """Say what this is, what there is, and how to get it."""
        edition, tongue = source.edition, language()
        index = Index(edition.search)
        newest = {
            name: index.page(lists()[name], language=tongue, sort="begin", most=_MOST)
            for name in ("projects", "releases")
        }
        body = render_template(
            "home.html",
            totals=[(n, index.page(lists()[n], language=tongue, most=0).total) for n in _COUNTED],
            projects=newest["projects"].entries,
            releases=newest["releases"].entries,
            picture=_picture(source, edition, tongue),
            speech=speech_for(index, set(), tongue),
            triples=edition.statistics.triples,
            base_url=source.settings.base_url,
            href=source.href,
        )
        return conditional(body.encode(), "text/html")

    @blueprint.get("/report")
    def report() -> Response:
        """Show what the gate found in the edition that is served."""
        edition, tongue = source.edition, language()
        report = report_of_edition(edition, tongue)
        speech = speech_for(Index(edition.search), {each.focus for each in report.findings}, tongue)
        body = render_template("report.html", report=report, speech=speech, href=source.href)
        return conditional(body.encode(), "text/html")

    return blueprint


def _picture(source: Source, edition: Edition, tongue: str) -> Markup:
    section = overview_sections(source, edition, tongue)[0]
    return section.picture if section.rows else Markup()
