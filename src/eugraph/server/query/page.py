"""`/query`: a query with its results, for a person; `/q/…`: a short link to one.

`/sparql` is for programs and answers by the protocol. This page asks the same
workers under the same limits and shows the first rows; every download on it
is a request to `/sparql`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response as BaseResponse

from eugraph.errors import MalformedQueryError, QueryError
from eugraph.server.execution import Caller
from eugraph.server.interface import language, translator
from eugraph.server.negotiation import negotiate
from eugraph.server.problems import status_of
from eugraph.server.protocol import Call
from eugraph.server.query.ask import MOST_ROWS, Answered, Graphs, ask
from eugraph.server.query.examples import examples, opening
from eugraph.server.query.links import Kept, Links
from eugraph.server.query.names import geonames_of, names_of
from eugraph.server.query.pictures import MOST_OF, VIEWS, Shown, draw, views_of
from eugraph.server.query.vocabulary import shortened, vocabulary
from eugraph.server.representations import conditional
from eugraph.server.source import Source

_FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "select": ("csv", "json", "xml", "tsv"),
    "ask": ("json", "xml", "csv"),
    "graph": ("ttl", "jsonld", "nt", "rdf"),
}


@dataclass(frozen=True, slots=True)
class Results:
    """What the page shows of an answer; `picture` is empty for the table."""

    shown: Shown
    views: tuple[str, ...]
    view: str
    picture: Markup

    @property
    def cut(self) -> bool:
        """Whether the picture may leave out rows of the answer."""
        answered = self.shown.answered
        return answered.more or len(answered.rows) > MOST_OF[self.view]

    @property
    def formats(self) -> tuple[str, ...]:
        """What the whole answer can be downloaded as."""
        return _FORMATS[self.shown.answered.kind]


def query_blueprint(source: Source) -> Blueprint:
    """Return `/query`, `/query/vocabulary.json`, `/query/links` and `/q/…`."""
    blueprint = Blueprint("query", __name__)
    links = Links(source.site / "links", source.settings.query_links)

    @blueprint.route("/query", methods=["GET", "POST"])
    def query() -> BaseResponse:
        """Show a query and what it gives."""
        asked = _asked(source)
        if not asked.query.strip():
            return redirect(f"{source.prefix}sparql", 303)
        return _answered(source, asked)

    @blueprint.get("/q/<name>")
    def linked(name: str) -> Response:
        """Show the query that a short link stands for, and what it gives."""
        kept = links.find(name)
        if kept is None:
            raise NotFound("There is no such link, or it was not opened for long and made room.")
        return _answered(source, kept)

    @blueprint.post("/query/links")
    def link() -> BaseResponse:
        """Keep a link to a query; where that cannot be, the long address is one."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise BadRequest("Links are made by the page itself.")
        asked = _asked(source)
        if not asked.query.strip():
            raise BadRequest("There is no query to make a link to.")
        name = links.keep(asked, Caller.of(request.environ, source.settings).client)
        long = "query?" + urlencode({"query": asked.query, "view": asked.view})
        path = source.prefix + (f"q/{name}" if name else long)
        if negotiate(request.headers.get("Accept"), ["application/json", "text/html"]) != (
            "application/json"
        ):
            return redirect(path, 303)
        return Response(json.dumps({"path": path}) + "\n", mimetype="application/json")

    @blueprint.get("/query/vocabulary.json")
    def terms() -> Response:
        """Say which terms there are, for completion."""
        return conditional(vocabulary(source, source.edition, language()), "application/json")

    return blueprint


def query_page(
    query: str = "",
    *,
    results: Results | None = None,
    error: QueryError | None = None,
    view: str = "table",
) -> str:
    """Return the page with the form, `query` in it, and below it what it gives."""
    where = error if isinstance(error, MalformedQueryError) else None
    return render_template(
        "sparql.html",
        query=query or opening(),
        view=view,
        examples=examples(language()),
        results=results,
        error=error,
        line=where.line if where else None,
        column=where.column if where else None,
        script=_script(),
        most=MOST_ROWS,
        short=shortened,
    )


@cache
def _script() -> str:
    """Return the path of the bundled editor below `static/`, empty if it was not bundled."""
    folder = Path(__file__).parents[1] / "static" / "built"
    try:
        stamp = (folder / "stamp").read_text(encoding="ascii")
    except OSError:
        return ""
    return f"built/editor.js?v={stamp[:12]}" if (folder / "editor.js").is_file() else ""


def _asked(source: Source) -> Kept:
    length = source.settings.query_length
    request.max_content_length = length * 12
    asked = Kept(request.values.get("query", ""), request.values.get("view", "table"))
    if len(asked.query) > length:
        raise BadRequest(f"A query may have {length} characters; this one has {len(asked.query)}.")
    return asked if asked.view in VIEWS else Kept(asked.query, "table")


def results_page(
    source: Source, query: str, default_graphs: tuple[str, ...], named_graphs: tuple[str, ...]
) -> Response:
    """Return the page with `query` and what it gives, for a browser that asks `/sparql`."""
    return _answered(source, Kept(query, "table"), (default_graphs, named_graphs))


def _answered(source: Source, asked: Kept, graphs: Graphs = ((), ())) -> Response:
    try:
        results = _results(source, asked, graphs)
    except QueryError as error:
        page = query_page(asked.query, error=error, view=asked.view)
        answer = Response(page, status_of(error), mimetype="text/html")
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            answer.headers["Retry-After"] = "2"
        return answer
    page = query_page(asked.query, results=results, view=asked.view)
    return conditional(page.encode(), "text/html", lasting=Call(asked.query).lasts)


def _results(source: Source, asked: Kept, graphs: Graphs) -> Results:
    shown = _shown(source, ask(source, source.edition, asked.query, graphs))
    views = views_of(shown)
    view = asked.view if asked.view in views else "table"
    title = translator(language())(f"query.view-{view}")
    return Results(shown, views, view, Markup() if view == "table" else draw(shown, view, title))


def _shown(source: Source, answered: Answered) -> Shown:
    edition = source.edition
    iris = {term.value for row in answered.rows for term in row if term and term.kind == "iri"}
    web = {iri for iri in iris if iri.startswith(("http://", "https://"))}
    return Shown(
        answered,
        names_of(source, edition, iris, language()),
        geonames_of(source, edition, (iri for iri in iris if "/id/place/" in iri)),
        {iri: source.href(iri) for iri in web},
    )
