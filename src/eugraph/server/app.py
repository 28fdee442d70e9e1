"""The application: its parts, and the headers that every answer carries."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from eugraph.server.conditions import drop_unreadable
from eugraph.server.desk import Desk, desk_blueprint
from eugraph.server.differences import differences_blueprint
from eugraph.server.direct import Direct
from eugraph.server.downloads import downloads_blueprint
from eugraph.server.encoding import Coded, encode_answers
from eugraph.server.entities import entities_blueprint
from eugraph.server.examples import examples_blueprint
from eugraph.server.frame import frame_pages
from eugraph.server.harvest import HARVEST
from eugraph.server.headers import HEADERS, PAGE, PREFLIGHT, VARY
from eugraph.server.health import health_blueprint
from eugraph.server.interface import language
from eugraph.server.lists import lists_blueprint
from eugraph.server.metrics import Metrics
from eugraph.server.overview import overview_blueprint
from eugraph.server.pages import pages_blueprint
from eugraph.server.problems import handle_problems
from eugraph.server.query import query_blueprint
from eugraph.server.searching import search_blueprint
from eugraph.server.shortcut import MARK, Mark, link_state
from eugraph.server.source import Source
from eugraph.server.sparql import sparql_blueprint
from eugraph.server.vocabularies import vocabularies_blueprint
from eugraph.settings import Settings
from eugraph.workers import Pool

SOURCE: Final = "eugraph.source"
"""The extension of an application that holds what it reads from."""

DIRECT: Final = "eugraph.direct"
"""The key of the application's extension that answers common queries (`direct`)."""


def create_app(site: Path, settings: Settings, pool: Pool, desk: Desk | None = None) -> Flask:
    """Return the application that serves `site`; queries go to `pool`.

    With a `desk`, who holds its token corrects, builds and publishes by `/desk`.
    """
    app = Flask("eugraph.server")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False
    source = app.extensions[SOURCE] = Source.of(site, settings, pool)
    for blueprint in (
        pages_blueprint,
        health_blueprint,
        sparql_blueprint,
        examples_blueprint,
        query_blueprint,
        overview_blueprint,
        entities_blueprint,
        differences_blueprint,
        downloads_blueprint,
        *HARVEST,
        lists_blueprint,
        search_blueprint,
        vocabularies_blueprint,
    ):
        app.register_blueprint(blueprint(source))
    if desk is not None:
        app.register_blueprint(desk_blueprint(source, desk))
    app.before_request(_dated(source, time.time()))
    app.before_request(_led_on(source.prefix))
    handle_problems(app)
    # What is registered first is done last: answers are counted as they are sent.
    app.after_request(_counted(source.metrics))
    coded = Coded()
    encode_answers(app, coded)
    app.after_request(_add_headers)
    frame_pages(app, source)
    first = app.extensions[DIRECT] = Direct(app.wsgi_app, source, coded)
    app.wsgi_app = _below(first, source.prefix)  # type: ignore[method-assign]
    return app


def _dated(source: Source, started: float) -> Callable[[], None]:
    """Return what takes note since when what is served may be as it is: program and edition.

    And since when it is that edition alone, for files.

    The header tells whole seconds. A switch counts as of the next one, as soon
    as there is that: who was answered in the same second, but before it, is
    told that there was a change.
    """

    def take_note() -> None:
        state = link_state(source.site)
        switched = math.ceil(state[1] / 1e9) if state else 0
        now = int(time.time())
        g.switched = datetime.fromtimestamp(min(now, switched), UTC)
        g.served_since = datetime.fromtimestamp(min(now, max(int(started), switched)), UTC)

    return take_note


def _led_on(prefix: str) -> Callable[[], BaseResponse | None]:
    """Return what adds a slash that is missing, or takes one off that is too much.

    By a path alone: `Host` is what the client says.
    """

    def lead_on() -> BaseResponse | None:
        wrong, path = request.routing_exception, request.path.strip("/")
        if isinstance(wrong, RequestRedirect):
            path += "/"
        elif not (isinstance(wrong, NotFound) and path and _is_route(f"/{path}")):
            return None
        query = request.query_string.decode("ascii", "replace")
        return redirect(f"{prefix}{quote(path)}" + (f"?{query}" if query else ""), 308)

    return lead_on


def _is_route(path: str) -> bool:
    """Tell whether something else than what is asked for answers at `path`."""
    adapter = current_app.create_url_adapter(request)
    return path != request.path and adapter is not None and adapter.test(path, request.method)


def _counted(metrics: Metrics) -> Callable[[Response], Response]:
    def count(answer: Response) -> Response:
        part = request.blueprint or request.endpoint or "none"
        tallies = [metrics.requests.labels(part, answer.status_code)]
        tallies[0].inc()
        if "lasting" in g:
            if part == "sparql":
                tallies.append(metrics.queries.labels("kept"))
            request.environ[MARK] = Mark(tallies)
        return answer

    return count


def _add_headers(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    if request.method == "OPTIONS":
        answer.headers.update(PREFLIGHT)
    if answer.mimetype == "text/html":
        answer.headers.update(PAGE)
        answer.content_language = language()
    if request.blueprint == "desk":  # no other site is to read it
        del answer.headers["Access-Control-Allow-Origin"]
    answer.vary.update(VARY)
    return answer


def _below(
    application: Callable[..., Iterable[bytes]], prefix: str
) -> Callable[..., Iterable[bytes]]:
    """Let `application` answer below `prefix` too, for a proxy that passes the whole path on."""

    def answer(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        drop_unreadable(environ)
        path = str(environ.get("PATH_INFO", ""))
        if prefix != "/" and path.startswith(prefix):
            environ["SCRIPT_NAME"] = prefix.rstrip("/")
            environ["PATH_INFO"] = path[len(prefix) - 1 :]
        return application(environ, start)

    return answer
