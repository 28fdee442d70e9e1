"""The common query, answered before Flask is asked: by GET, whole, and with no conditions.

Flask, its routes and what is done before and after each request took longer
than the worker, the guard and the engine together. So such a query is read
here and put to the workers. If all goes well, the answer is sent with the
headers that Flask would send with it. If not, what came of it is left in the
WSGI environment and the request goes on to Flask, which tells it, or streams it,
as it does of any other; it is never asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from prometheus_client import Counter
from werkzeug.exceptions import HTTPException
from werkzeug.utils import get_content_type

from eugraph.errors import EugraphError
from eugraph.server.answers import Kept
from eugraph.server.asking import ASKED, Asked, ask, hint_lines
from eugraph.server.connections import MARK
from eugraph.server.encoding import Coded, chosen, may_be_coded
from eugraph.server.headers import HEADERS, VARY
from eugraph.server.protocol import HTML, Call, call_of, decoded
from eugraph.server.shortcut import Mark
from eugraph.server.source import Source

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

_CONDITIONS: Final = (
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_IF_RANGE", "HTTP_RANGE", "CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING",
)  # fmt: skip
_HEADERS: Final = (*HEADERS.items(), ("Vary", ", ".join(VARY)), ("Cache-Control", "no-cache"))


class Direct:
    """A WSGI application before another one, which answers all that this one leaves."""

    def __init__(self, application: Application, source: Source, coded: Coded) -> None:
        """Answer of `source`, coded bodies by `coded`, and leave the rest to `application`."""
        self._application = application
        self._source = source
        self._coded = coded
        self._tallies: tuple[Counter, Counter] = (
            source.metrics.requests.labels("sparql", 200),
            source.metrics.queries.labels("kept"),
        )

    def __call__(self, environ: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        body: bytes | None = None
        if _is_common(environ):
            body = self._answered(environ, start)
        if body is not None:
            return [body]
        try:
            return self._application(environ, start)
        finally:
            left: Asked | None = environ.pop(ASKED, None)
            if left is not None and left.reply is not None:
                left.reply.close()

    def _answered(self, environ: Environment, start: Callable[..., Any]) -> bytes | None:
        """Return the answer, its headers sent; None if Flask is to tell what came of it."""
        try:
            call = self._call(environ)
            if call is None or not call.lasts:
                return None
            edition = self._source.edition
            media_types = call.media_types(environ.get("HTTP_ACCEPT"))
            if media_types == (HTML, HTML):
                return None
            tag = call.etag(edition, *media_types)
            question = call.question(edition, *media_types)
            seconds = call.seconds(self._source.settings.query_seconds)
        except (EugraphError, HTTPException):
            return None  # nothing is asked yet, so Flask may find out by itself
        asked = ask(self._source, question, environ, seconds=seconds, key=tag)
        if asked.kept is None:
            environ[ASKED] = asked
            return None
        return self._send(environ, start, asked.kept, tag)

    def _call(self, environ: Environment) -> Call | None:
        fields = decoded(environ["QUERY_STRING"].encode("latin-1"))
        if [name for name, _ in fields].count("query") != 1:
            return None
        return call_of(fields, length=self._source.settings.query_length, posted=False)

    def _send(self, environ: Environment, start: Callable[..., Any], kept: Kept, tag: str) -> bytes:
        body, coding = kept.body, chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers = [*_HEADERS, ("Content-Type", get_content_type(kept.media_type, "utf-8"))]
        if coding and may_be_coded(kept.media_type, len(body)):
            body = self._coded.get(f"{tag} {coding}", body, coding)
            tag = f"{tag}-{coding}"
            headers.append(("Content-Encoding", coding))
        headers += [("ETag", f'"{tag}"'), ("Content-Length", str(len(body)))]
        headers += [("Query-Hint", line) for line in hint_lines(kept.hints)]
        self._tallies[0].inc()
        environ[MARK] = Mark(self._tallies)
        start("200 OK", headers)
        return body


def _is_common(environ: Environment) -> bool:
    return (
        environ["PATH_INFO"] == "/sparql"
        and environ["REQUEST_METHOD"] == "GET"
        and not any(environ.get(name) for name in _CONDITIONS)
    )
