"""Errors as the client gets them: RFC 9457 problem documents, HTML for a browser."""

from __future__ import annotations

import json
from functools import lru_cache
from http import HTTPStatus
from logging import Logger
from typing import Final

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    RequestedRangeNotSatisfiable,
    TooManyRequests,
)

from eugraph.errors import (
    EngineError,
    EugraphError,
    MalformedQueryError,
    QueryError,
    QueryLimitError,
    RefusedQueryError,
    SiteError,
)
from eugraph.server.negotiation import negotiate

PROBLEM: Final = "application/problem+json"

_LIMITS: Final = {
    "query_seconds": HTTPStatus.GATEWAY_TIMEOUT,
    "query_queue": HTTPStatus.SERVICE_UNAVAILABLE,
    "query_length": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "query_depth": HTTPStatus.BAD_REQUEST,
}
_RETRY_AFTER: Final = "2"


def handle_problems(app: Flask) -> None:
    """Let `app` answer every error as a problem document."""
    app.register_error_handler(EugraphError, _eugraph_problem)
    app.register_error_handler(HTTPException, _http_problem)


def _eugraph_problem(error: EugraphError) -> Response:
    details: dict[str, object] = {}
    if isinstance(error, MalformedQueryError) and error.line is not None:
        details = {"line": error.line, "column": error.column}
    if isinstance(error, QueryLimitError):
        details = {"limit": error.limit}
    return problem(status_of(error), detail_of(error), **details)


def detail_of(error: EugraphError) -> str:
    """Return what a client is told of `error`.

    What is wrong with a file of this machine is for its publisher: it names
    the file, so it goes to the log of the server, and the client hears only
    what can be done.
    """
    if isinstance(error, QueryError):
        return str(error)
    _log(current_app.logger, str(error))
    if isinstance(error, SiteError):
        return (
            "What is published here cannot be read, or nothing is yet; come again when its "
            "publisher has run `eugraph build`."
        )
    return "Something is wrong with this service; its publisher finds the reason in the log."


@lru_cache(maxsize=64)
def _log(logger: Logger, reason: str) -> None:
    """Log a reason once, not for each client that meets it."""
    logger.error("%s", reason)


def status_of(error: EugraphError) -> HTTPStatus:
    """Return the status that tells a client of `error`."""
    match error:
        case MalformedQueryError():
            return HTTPStatus.BAD_REQUEST
        case RefusedQueryError():
            return HTTPStatus.FORBIDDEN
        case QueryLimitError(limit=limit):
            return _LIMITS.get(limit, HTTPStatus.UNPROCESSABLE_ENTITY)
        case EngineError():  # the same query meets it again, here as anywhere
            return HTTPStatus.UNPROCESSABLE_ENTITY
        case SiteError():
            return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _http_problem(error: HTTPException) -> Response:
    answer = problem(HTTPStatus(error.code or 500), error.description or "")
    if isinstance(error, TooManyRequests) and error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, RequestedRangeNotSatisfiable) and error.length is not None:
        answer.headers["Content-Range"] = f"bytes */{error.length}"  # RFC 9110, 14.4
    return answer


def problem(status: HTTPStatus, detail: str, **details: object) -> Response:
    """Return a problem of this `status`; `details` become members of the document."""
    members = {"title": status.phrase, "status": int(status), "detail": detail, **details}
    if negotiate(request.headers.get("Accept"), [PROBLEM, "text/html"]) == "text/html":
        body, media_type = render_template("problem.html", problem=members), "text/html"
    else:
        body, media_type = json.dumps(members, ensure_ascii=False, indent=1) + "\n", PROBLEM
    answer = Response(body, status, mimetype=media_type)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = _RETRY_AFTER
    return answer
