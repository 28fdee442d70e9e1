"""The SPARQL 1.1 Protocol: queries, and the description of the service.

https://www.w3.org/TR/sparql11-protocol/ section 2.1; updates are refused.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.http import is_resource_modified

from eugraph.catalogue import describe_service
from eugraph.errors import RefusedQueryError
from eugraph.server.execution import EXECUTION, Caller, execute, respond
from eugraph.server.protocol import HTML, Call, asks, call_of, decoded
from eugraph.server.query import query_page, results_page
from eugraph.server.representations import last, represent
from eugraph.server.source import Source

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"


def sparql_blueprint(source: Source) -> Blueprint:
    """Return the endpoint `/sparql`."""
    blueprint = Blueprint("sparql", __name__)

    @blueprint.route("/sparql", methods=["GET", "POST"])
    def query() -> Response:
        """Answer a query; without one, describe the service or show a form."""
        call = _call(source.settings.query_length)
        return _description(source) if call is None else _answer(source, call)

    return blueprint


def _call(length: int) -> Call | None:
    """Read the request by its method and content type; None where it holds no query."""
    fields = decoded(request.query_string)
    if request.method != "POST":
        return call_of(fields, length=length, posted=False) if asks(fields) else None
    if request.mimetype == FORM:
        if any(name == "query" for name, _ in fields):
            raise BadRequest("The query stands in the address and in the form; send it once.")
        fields = decoded(_body(length * 12))
    elif request.mimetype == DIRECT:
        fields = [*fields, ("query", _text(_body(length * 4)))]
    elif request.mimetype == UPDATE:
        raise RefusedQueryError("This service is read-only: it takes no updates.")
    else:
        raise UnsupportedMediaType(f"Send a query as {FORM} or {DIRECT}.")
    return call_of(fields, length=length, posted=True)


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


def _answer(source: Source, call: Call) -> Response:
    edition = source.edition
    media_types = call.media_types(request.headers.get("Accept"))
    if media_types == (HTML, HTML):
        return results_page(source, call.query, call.default_graphs, call.named_graphs)
    caller = Caller.of(request.environ, source.settings)
    if not call.lasts:
        question = call.question(edition, *media_types)
        seconds = call.seconds(source.settings.query_seconds)
        response = respond(execute(source, question, caller, seconds=seconds, key=None))
        response.headers["Cache-Control"] = "no-store"
        return response
    etag = call.etag(edition, *media_types)
    if not is_resource_modified(request.environ, etag=etag):
        response = Response(status=304)
    else:
        execution = request.environ.pop(EXECUTION, None)
        if (
            execution is not None and execution.bill.edition != edition.number
        ):  # it has just changed
            execution.close()
            execution = None
        if execution is None:
            question = call.question(edition, *media_types)
            seconds = call.seconds(source.settings.query_seconds)
            execution = execute(source, question, caller, seconds=seconds, key=etag)
        response = respond(execution)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    last()
    return response


def _description(source: Source) -> Response:
    edition = source.edition

    lines = source.described(edition, describe_service)
    return represent(lines, query_page, path=source.prefix + "sparql")
