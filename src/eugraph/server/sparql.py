"""The SPARQL 1.1 Protocol: queries, and the description of the service.

https://www.w3.org/TR/sparql11-protocol/ section 2.1; updates are refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request
from werkzeug.exceptions import (
    BadRequest,
    RequestEntityTooLarge,
    RequestURITooLarge,
    UnsupportedMediaType,
)
from werkzeug.http import is_resource_modified

from eugraph.catalogue import describe_service
from eugraph.editions import Edition
from eugraph.errors import MalformedQueryError, RefusedQueryError
from eugraph.server.asking import answer
from eugraph.server.negotiation import ALIASES, GRAPH_ALIASES, negotiate, of_format
from eugraph.server.publication import created
from eugraph.server.query import query_page, results_page
from eugraph.server.representations import last, represent
from eugraph.server.source import Source
from eugraph.store import GRAPH_FORMATS, QUAD_FORMATS, RESULT_FORMATS
from eugraph.workers import Question

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

HTML: Final = "text/html"

_MAX_FIELDS: Final = 200


@dataclass(frozen=True, slots=True)
class _Call:
    """What the client asks: parameters of the protocol, ours among them."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: str | None = None
    format: str | None = None


def sparql_blueprint(source: Source) -> Blueprint:
    """Return the endpoint `/sparql`."""
    blueprint = Blueprint("sparql", __name__)

    @blueprint.route("/sparql", methods=["GET", "POST"])
    def query() -> Response:
        """Answer a query; without one, describe the service or show a form."""
        call = _call(source.settings.query_length)
        return _description(source) if call is None else _answer(source, call)

    return blueprint


def _call(length: int) -> _Call | None:
    """Read the request by its method and content type; None where it holds no query."""
    in_address = _fields(request.query_string)
    if request.method != "POST":
        fields = in_address
        if not any(name in {"query", "update"} for name, _ in fields):
            return None
    elif request.mimetype == FORM:
        if any(name == "query" for name, _ in in_address):
            raise BadRequest("The query stands in the address and in the form; send it once.")
        fields = _fields(_body(length * 12))
    elif request.mimetype == DIRECT:
        fields = [*in_address, ("query", _text(_body(length * 4)))]
    elif request.mimetype == UPDATE:
        raise RefusedQueryError("This service is read-only: it takes no updates.")
    else:
        raise UnsupportedMediaType(f"Send a query as {FORM} or {DIRECT}.")
    return _checked(fields, length)


def _checked(fields: list[tuple[str, str]], length: int) -> _Call:
    def every(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    if every("update"):
        raise RefusedQueryError("This service is read-only: it takes no updates.")
    queries = every("query")
    if len(queries) != 1:
        raise BadRequest(f"Send exactly one query; there are {len(queries)}.")
    if len(queries[0]) > length:
        too_large = RequestEntityTooLarge if request.method == "POST" else RequestURITooLarge
        raise too_large(f"A query may have {length} characters; this one has {len(queries[0])}.")
    return _Call(
        queries[0],
        every("default-graph-uri"),
        every("named-graph-uri"),
        timeout=next(iter(every("timeout")), None),
        format=next(iter(every("format")), None),
    )


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    """Decode form fields strictly; Flask's own replace what is no UTF-8 without a word."""
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise BadRequest(f"The parameters are not percent-encoded UTF-8: {error}.") from error


def _body(limit: int) -> bytes:
    request.max_content_length = limit
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType("Send a query in UTF-8.")
    return request.get_data()


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"The query is not UTF-8: {error.reason} at byte {error.start}.") from None


def _answer(source: Source, call: _Call) -> Response:
    edition = source.edition
    accept = request.headers.get("Accept")
    results, graphs = (*RESULT_FORMATS, HTML), (*GRAPH_FORMATS, *QUAD_FORMATS, HTML)
    result_type = of_format(call.format, results) or negotiate(accept, results, ALIASES)
    graph_type = of_format(call.format, graphs) or negotiate(accept, graphs, GRAPH_ALIASES)
    if result_type == graph_type == HTML:
        return results_page(source, call.query, call.default_graphs, call.named_graphs)
    etag = _etag(edition, call, result_type, graph_type)
    if not is_resource_modified(request.environ, etag=etag):
        response = Response(status=304)
    else:
        graphs_asked = (call.default_graphs, call.named_graphs)
        question = Question(edition.number, call.query, result_type, graph_type, *graphs_asked)
        response = answer(source, question, seconds=_seconds(source, call), key=etag)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    last()
    return response


def _seconds(source: Source, call: _Call) -> float:
    """Return how long the query may take: the client may ask for less, never for more."""
    most = source.settings.query_seconds
    if call.timeout is None:
        return most
    try:
        seconds = float(call.timeout)
    except ValueError:
        raise MalformedQueryError("timeout is a number of seconds.") from None
    if not seconds > 0:
        raise MalformedQueryError("timeout is more than 0 seconds.")
    return min(seconds, most)


def _etag(edition: Edition, call: _Call, *media_types: str | None) -> str:
    """Return the tag of an answer, which follows from the edition and what was asked of it."""
    asked = (call.query, call.default_graphs, call.named_graphs, media_types)
    key = f"{edition.number} {created(edition)} {asked!r}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _description(source: Source) -> Response:
    edition = source.edition

    lines = source.described(edition, describe_service)
    return represent(lines, query_page, path=source.prefix + "sparql")
