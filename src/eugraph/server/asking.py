"""A query put to the workers: answered from memory if it may, within the client's budget, and told.

What became of each query goes into the metrics and the log, once: when its
answer is complete, breaks off, or is refused.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Self

from flask import Response, request
from werkzeug.exceptions import NotAcceptable, TooManyRequests

from eugraph.errors import MalformedQueryError, QueryError, QueryLimitError, RefusedQueryError
from eugraph.server.answers import Kept, keep
from eugraph.server.budgets import client_of
from eugraph.server.source import Source
from eugraph.store import Hint
from eugraph.workers import Question, Reply


def answer(source: Source, question: Question, *, seconds: float, key: str) -> Response:
    """Return the answer to `question`, kept in memory under `key` if it is short.

    It may take `seconds`. Raises QueryError, TooManyRequests for a client that
    has used up its budget, NotAcceptable if it takes none of the media types.
    """
    bill = _Bill(source, question)
    replies: list[Reply] = []

    def ask() -> Kept | None:
        bill.check_budget()
        reply = source.pool.ask(question, seconds=seconds, gone=_client_gone())
        replies.append(reply)
        if reply.whole is None or reply.media_type is None:
            return None
        return Kept(reply.whole, reply.media_type, reply.hints)

    with bill:
        kept = keep(source.answers, key, seconds, ask)
        if kept is not None:
            bill.settle("answered" if replies else "kept", kept.body)
            return _hinted(Response(kept.body, mimetype=kept.media_type), kept.hints)
        if not replies:  # another thread asked the same, and its answer was too long to keep
            ask()
        return _sent(replies[0], bill)


def _sent(reply: Reply, bill: _Bill) -> Response:
    """Return the answer as it comes, or as a whole.

    A failure after the first block breaks the connection, which is what tells
    the client that the answer is not complete.
    """
    if reply.media_type is None:
        reply.close()
        raise NotAcceptable(f"This query is answered as {', '.join(reply.offered)}.")
    if reply.whole is not None:
        bill.settle("answered", reply.whole)
        return _hinted(Response(reply.whole, mimetype=reply.media_type), reply.hints)
    if request.method == "HEAD":
        reply.close()
        bill.settle("answered")
        return Response(iter(()), mimetype=reply.media_type)
    response = Response(bill.counted(reply), mimetype=reply.media_type)
    response.call_on_close(reply.close)
    response.call_on_close(lambda: bill.settle("left"))
    return response


def _hinted(response: Response, hints: Iterable[Hint]) -> Response:
    """Return `response` with `hints` in a header, in ASCII, as the escapes of SPARQL write it."""
    for hint in hints:
        told = str(hint).encode("ascii", "backslashreplace").decode()
        response.headers.add("Query-Hint", re.sub(r"[\x00-\x1f\x7f]+", " ", told))
    return response


def put(source: Source, question: Question) -> Reply:
    """Return the reply to a `question` that a page asks, on the bill of who asks for the page.

    Raises QueryError, or TooManyRequests for a client without budget. The
    reply has to be closed.
    """
    bill = _Bill(source, question)
    with bill:
        bill.check_budget()
        seconds = source.settings.query_seconds
        reply = source.pool.ask(question, seconds=seconds, gone=_client_gone())
        bill.settle("answered", reply.whole or b"")
        return reply


def _client_gone() -> Callable[[], bool]:
    """Return what tells whether the client has hung up, as far as the WSGI server knows."""
    disconnected = request.environ.get("waitress.client_disconnected")
    return disconnected if callable(disconnected) else lambda: False


class _Bill:
    """What one query costs; as a context it settles what a failure cost."""

    def __init__(self, source: Source, question: Question) -> None:
        self._source = source
        self._question = question
        self._client = client_of(request.environ, _proxies(source.settings.trusted_proxies))
        self._begin = time.monotonic()
        self._size = 0
        self._settled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            self.settle("left" if _client_gone()() else _outcome(error))

    def check_budget(self) -> None:
        """Raise TooManyRequests if the client has none left."""
        wait = self._source.budgets.wait(self._client)
        if wait:
            raise TooManyRequests(
                f"Your queries used up their {self._source.settings.client_seconds:g} seconds a "
                f"minute; ask again in {wait} seconds.",
                retry_after=wait,
            )

    def counted(self, reply: Reply) -> Iterator[bytes]:
        """Yield the blocks of `reply`, and settle at its end."""
        try:
            for block in reply:
                self._size += len(block)
                yield block
        except QueryError as error:
            self.settle(_outcome(error))
            raise
        self.settle("answered")

    def settle(self, outcome: str, body: bytes = b"") -> None:
        """Tell what became of the query, unless it is told already."""
        if self._settled:
            return
        self._settled = True
        seconds = time.monotonic() - self._begin
        size = self._size + len(body)
        metrics = self._source.metrics
        metrics.queries.labels(outcome).inc()
        metrics.sent.inc(size)
        if outcome != "kept":
            metrics.seconds.observe(seconds)
            self._source.budgets.spend(self._client, seconds)
        if not self._source.log:
            return
        self._source.log.tell(
            "query",
            hash=hashlib.sha256(self._question.text.encode()).hexdigest()[:16],
            edition=self._question.edition,
            outcome=outcome,
            seconds=round(seconds, 6),
            bytes=size,
        )


@cache
def _proxies(named: str) -> frozenset[str]:
    return frozenset(named.split())


def _outcome(error: BaseException) -> str:
    match error:
        case QueryLimitError(limit=limit):
            return limit
        case MalformedQueryError():
            return "malformed"
        case RefusedQueryError():
            return "refused"
        case TooManyRequests():
            return "client_seconds"
        case NotAcceptable():
            return "not_acceptable"
    return "failed"
