"""The home page."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, render_template, request

from eugraph.editions import Edition
from eugraph.server.interface import LANGUAGES
from eugraph.server.representations import conditional
from eugraph.server.source import Source
from eugraph.vocabulary import PROLOGUE

_RELEASES: Final = """SELECT ?iri (SAMPLE(?text) AS ?name) (SAMPLE(?date) AS ?edtf) {
  ?iri a eug:PressRelease ; eug:hasLanguageVersion/dcterms:title ?text
  OPTIONAL { ?iri eug:edtf ?date } } GROUP BY ?iri ORDER BY DESC(?edtf) ?iri LIMIT 20"""

_PROJECTS: Final = """SELECT ?iri (SAMPLE(?text) AS ?name) {
  ?iri a eug:Project ; skos:prefLabel ?text } GROUP BY ?iri ORDER BY ?name LIMIT 100"""


def pages_blueprint(source: Source) -> Blueprint:
    """Return `/`."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def home() -> Response:
        """Say what this is, what there is, and how to get it."""
        edition = source.edition
        body = render_template(
            "home.html",
            releases=_named(source, edition, _RELEASES),
            projects=_named(source, edition, _PROJECTS),
            statistics=edition.statistics,
            base_url=source.settings.base_url,
            href=source.href,
        )
        return conditional(body.encode(), "text/html")

    return blueprint


def language() -> str:
    """Return the language of the page: what `lang` says, else what the client reads best."""
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])


def _named(source: Source, edition: Edition, query: str) -> list[tuple[str, str]]:
    rows = source.rows(edition, PROLOGUE + query)
    return [(row["iri"]["value"], row["name"]["value"]) for row in rows if "iri" in row]
