"""`/search`: full text in names and releases, and suggestions while somebody types."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, jsonify, render_template, request

from eugraph.search import Index
from eugraph.server.interface import language
from eugraph.server.representations import conditional
from eugraph.server.source import Source
from eugraph.server.things.page import speech_for
from eugraph.server.things.speech import days_of

_LONGEST: Final = 200
_SUGGESTED: Final = 8


def search_blueprint(source: Source) -> Blueprint:
    """Return `/search` and `/search/suggestions`."""
    blueprint = Blueprint("search", __name__)

    @blueprint.get("/search")
    def search() -> Response:
        """Show what the words are found in, names first, then sentences."""
        wanted, tongue = _wanted(), language()
        index = Index(source.edition.search)
        hits = index.search(wanted, language=tongue, most=100) if wanted else ()
        body = render_template(
            "search.html",
            wanted=wanted,
            names=tuple(hit for hit in hits if hit.kind == "name"),
            sentences=tuple(hit for hit in hits if hit.kind == "text"),
            speech=speech_for(index, set(), tongue),
            href=source.href,
        )
        return conditional(body.encode(), "text/html")

    @blueprint.get("/search/suggestions")
    def suggestions() -> Response:
        """Return names that begin as the words do: a list of name, type, days and address."""
        hits = Index(source.edition.search).search(
            _wanted(), language=language(), most=3 * _SUGGESTED, names=True
        )
        told = [
            {
                "name": hit.entry.name,
                "type": hit.type,
                "when": days_of(hit.entry, language()),
                "href": source.href(hit.entry.iri),
            }
            for hit in hits
        ]
        answer = jsonify(told[:_SUGGESTED])
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    return blueprint


def _wanted() -> str:
    return request.args.get("q", "").strip()[:_LONGEST]
