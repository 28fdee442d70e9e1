"""The common query, answered before Flask is asked: by GET, whole, and with no conditions.

Flask, its routes and what is done before and after each request took longer
than the worker, the guard and the engine together. So such a query is read
here and put to the workers. If all goes well, the answer is sent with the
headers that Flask would send with it. If not, what came of it is left in the
WSGI environment and the request goes on to Flask, which tells it, or streams it,
as it does of any other; it is never asked twice.

A client that asks one query after another sends the same headers each time.
What they mean is kept by their bytes (`Manner`), so that of its next requests
no more is parsed than the query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from werkzeug.exceptions import HTTPException
from werkzeug.utils import get_content_type

from eugraph.editions import Edition
from eugraph.errors import EugraphError
from eugraph.server.answers import Kept
from eugraph.server.encoding import Coded, chosen, may_be_coded
from eugraph.server.execution import EXECUTION, Caller, Execution, execute, hint_lines
from eugraph.server.headers import HEADERS, VARY
from eugraph.server.protocol import HTML, Call, call_of, decoded
from eugraph.server.shortcut import MARK, Mark, State, date, link_state
from eugraph.server.source import Source

Environment = dict[str, Any]
Headers = tuple[tuple[str, str], ...]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

HEAD: Final = "eugraph.head"
"""The key of the WSGI environment under which the bytes of a request are, if it came whole."""

_CONDITIONS: Final = (
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_IF_RANGE", "HTTP_RANGE", "CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING",
)  # fmt: skip
_HEADERS: Final = (*HEADERS.items(), ("Vary", ", ".join(VARY)), ("Cache-Control", "no-cache"))

_LONGEST: Final = 2000
"""How many bytes of headers may be kept with what they mean."""

_MOST: Final = 500
"""Of how many clients what their headers mean is kept."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a client asks, whatever it asks: its name for the budget and what it takes."""

    client: str | None
    accept: str | None
    coding: str | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer of an edition as it is sent; `again` if it was in memory already."""

    body: bytes
    headers: Headers
    edition: Edition
    again: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A whole response; `state` and `mark` are there if it is one to be kept (`shortcut`)."""

    response: bytes
    state: State | None
    mark: Mark


class Direct:
    """A WSGI application before another one, which answers all that this one leaves."""

    def __init__(self, application: Application, source: Source, coded: Coded) -> None:
        """Answer of `source`, coded bodies by `coded`, and leave the rest to `application`."""
        self._application = application
        self._source = source
        self._coded = coded
        self._manners: dict[tuple[str, bytes, bytes], Manner] = {}
        requests = source.metrics.requests.labels("sparql", 200)
        self._requests = requests
        self._mark = Mark((requests, source.metrics.queries.labels("kept")))

    def __call__(self, environ: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        if EXECUTION not in environ and _is_common(environ):
            caller = Caller.of(environ, self._source.settings)
            coding = chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
            manner = Manner(caller.client, environ.get("HTTP_ACCEPT"), coding)
            outcome = self._outcome(environ["QUERY_STRING"].encode("latin-1"), manner, caller)
            if isinstance(outcome, _Answer):
                self._learn(environ, manner)
                environ[MARK] = self._mark
                length = ("Content-Length", str(len(outcome.body)))
                start("200 OK", [*_HEADERS, *outcome.headers, length])
                return [outcome.body]
            if outcome is not None:
                environ[EXECUTION] = outcome
        try:
            return self._application(environ, start)
        finally:
            if (left := environ.pop(EXECUTION, None)) is not None:
                left.close()

    def find(self, head: bytes, address: str, gone: Callable[[], bool]) -> Found | Execution | None:
        """Return the response to the request `head`, sent from `address` in a known manner.

        It may be what came of the query instead, for Flask to tell; None if nothing was asked.
        """
        if not head.startswith(b"GET "):
            return None
        before, _, rest = head.partition(b"?")
        encoded, _, after = rest.partition(b" ")
        manner = self._manners.get((address, before, after))
        if manner is None or b"#" in encoded:
            return None
        outcome = self._outcome(encoded, manner, Caller(manner.client, gone))
        if not isinstance(outcome, _Answer):
            return outcome
        state = self._state_of(outcome.edition) if outcome.again else None
        return Found(_response(outcome), state, self._mark)

    def _state_of(self, edition: Edition) -> State | None:
        """Return what tells that `edition` is served now, if it is."""
        state = link_state(self._source.site)
        return state if self._source.edition == edition else None

    def _outcome(
        self, encoded: bytes, manner: Manner, caller: Caller
    ) -> _Answer | Execution | None:
        """Return the answer, what else came of the query, or None if nothing is asked yet."""
        try:
            call = self._call(encoded)
            if call is None or not call.lasts:
                return None
            edition = self._source.edition
            media_types = call.media_types(manner.accept)
            if media_types == (HTML, HTML):
                return None
            tag = call.etag(edition, *media_types)
            question = call.question(edition, *media_types)
            seconds = call.seconds(self._source.settings.query_seconds)
        except (EugraphError, HTTPException):
            return None  # nothing is asked yet, so Flask may find out by itself
        execution = execute(self._source, question, caller, seconds=seconds, key=tag)
        if execution.kept is None:
            return execution
        self._requests.inc()
        body, headers = self._answer(execution.kept, tag, manner.coding)
        return _Answer(body, headers, edition, again=execution.reply is None)

    def _call(self, encoded: bytes) -> Call | None:
        fields = decoded(encoded)
        if [name for name, _ in fields].count("query") != 1:
            return None
        return call_of(fields, length=self._source.settings.query_length, posted=False)

    def _answer(self, kept: Kept, tag: str, coding: str | None) -> tuple[bytes, Headers]:
        body = kept.body
        headers = [("Content-Type", _content_type(kept.media_type))]
        if coding and may_be_coded(kept.media_type, len(body)):
            body = self._coded.get(f"{tag} {coding}", body, coding)
            tag = f"{tag}-{coding}"
            headers.append(("Content-Encoding", coding))
        headers.append(("ETag", f'"{tag}"'))
        if kept.hints:
            headers += [("Query-Hint", line) for line in hint_lines(kept.hints)]
        return body, tuple(headers)

    def _learn(self, environ: Environment, manner: Manner) -> None:
        """Keep what the headers of a request mean, which was parsed as a whole."""
        head = environ.get(HEAD, b"")
        before, _, rest = head.partition(b"?")
        after = rest.partition(b" ")[2]
        stays = environ.get("HTTP_CONNECTION", "").lower() in {"", "keep-alive"}
        if not stays or not after.startswith(b"HTTP/1.1\r\n"):
            return
        if len(before) + len(after) <= _LONGEST:
            if len(self._manners) >= _MOST:
                self._manners.clear()
            self._manners[environ["REMOTE_ADDR"], before, after] = manner


def _is_common(environ: Environment) -> bool:
    return (
        environ["PATH_INFO"] == "/sparql"
        and environ["REQUEST_METHOD"] == "GET"
        and not any(environ.get(name) for name in _CONDITIONS)
    )


def _response(answer: _Answer) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    length = f"Content-Length: {len(answer.body)}\r\n"
    head = _BEGIN, lines.encode("latin-1"), length.encode(), b"Date: ", date(), b"\r\n\r\n"
    return b"".join((*head, answer.body))


@lru_cache(maxsize=32)
def _content_type(media_type: str) -> str:
    return get_content_type(media_type, "utf-8")


_BEGIN: Final = b"HTTP/1.1 200 OK\r\n" + b"".join(
    f"{name}: {value}\r\n".encode() for name, value in _HEADERS
)
