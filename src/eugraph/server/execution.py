"""A query put to the workers: answered from memory if it may, within the client's budget, and told.

What became of each query goes into the metrics and the log, once: when its
answer is complete, breaks off, or is refused.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Self

from flask import Response, request
from werkzeug.exceptions import HTTPException, NotAcceptable, TooManyRequests

from eugraph.errors import (
    EngineError,
    EugraphError,
    MalformedQueryError,
    QueryLimitError,
    RefusedQueryError,
)
from eugraph.server.answers import Kept, keep
from eugraph.server.budgets import client_of
from eugraph.server.source import Source
from eugraph.settings import Settings
from eugraph.store import Hint
from eugraph.workers import Question, Reply

EXECUTION: Final = "eugraph.execution"
"""The key of the WSGI environment under which `direct` leaves what came of a query."""

Environment = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the address that has the budget, if it has one, and what tells that it has left."""

    client: str | None
    gone: Callable[[], bool]

    @classmethod
    def of(cls, environ: Environment, settings: Settings) -> Self:
        """Return who sent the request `environ`."""
        gone = environ.get("waitress.client_disconnected")
        client = client_of(environ, _proxies(settings.trusted_proxies))
        return cls(client, gone if callable(gone) else _never)


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Execution:
    """What came of a query: a `kept` answer, a `reply` that goes on, or the `error` of either."""

    bill: Bill
    kept: Kept | None = None
    reply: Reply | None = None
    error: EugraphError | HTTPException | None = None

    def close(self) -> None:
        """Let go of what nobody told."""
        if self.reply is not None:
            self.reply.close()


def execute(
    source: Source, question: Question, caller: Caller, *, seconds: float, key: str | None
) -> Execution:
    """Return what comes of `question`, asked by `caller`; a short answer is kept.

    It is kept under `key`, if there is one. The asking may take `seconds`.
    """
    bill = Bill(source, question, caller)
    replies: list[Reply] = []

    def put_it(seconds: float) -> Kept | None:
        bill.check_budget()
        reply = source.pool.ask(question, seconds=seconds, gone=caller.gone)
        replies.append(reply)
        if reply.whole is None or reply.media_type is None:
            return None
        return Kept(reply.whole, reply.media_type, reply.hints)

    try:
        with bill:
            kept = keep(source.answers, key, seconds, put_it) if key else put_it(seconds)
    except (EugraphError, HTTPException) as error:
        return Execution(bill, error=error)
    if kept is not None:
        bill.settle("answered" if replies else "kept", kept.body)
    return Execution(bill, kept, replies[0] if replies else None)


def respond(execution: Execution) -> Response:
    """Return what came of a query as a response: as a whole, or as it comes.

    A failure after the first block breaks the connection, which is what tells
    the client that the answer is not complete. Raises the error of the query,
    NotAcceptable if the client takes none of the media types.
    """
    if execution.error is not None:
        raise execution.error
    if execution.kept is not None:
        response = Response(execution.kept.body, mimetype=execution.kept.media_type)
        for line in hint_lines(execution.kept.hints):
            response.headers.add("Query-Hint", line)
        return response
    assert execution.reply is not None  # noqa: S101  # one of the three is there
    return _streamed(execution.reply, execution.bill)


def _streamed(reply: Reply, bill: Bill) -> Response:
    if reply.media_type is None:
        reply.close()
        bill.settle("not_acceptable")
        raise NotAcceptable(f"This query is answered as {', '.join(reply.offered)}.")
    if request.method == "HEAD":
        reply.close()
        bill.settle("answered")
        return Response(iter(()), mimetype=reply.media_type)
    response = Response(bill.counted(reply), mimetype=reply.media_type)
    response.call_on_close(reply.close)
    response.call_on_close(lambda: bill.settle("left"))
    return response


def hint_lines(hints: Iterable[Hint]) -> Iterator[str]:
    """Yield `hints` as the values of a header, in ASCII, as the escapes of SPARQL write it."""
    for hint in hints:
        text = str(hint).encode("ascii", "backslashreplace").decode()
        yield re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def execute_for_page(source: Source, question: Question) -> Reply:
    """Return the reply to a `question` that a page asks, on the bill of who asks for the page.

    Raises QueryError, or TooManyRequests for a client without budget. The
    reply has to be closed.
    """
    caller = Caller.of(request.environ, source.settings)
    bill = Bill(source, question, caller)
    with bill:
        bill.check_budget()
        seconds = source.settings.query_seconds
        reply = source.pool.ask(question, seconds=seconds, gone=caller.gone)
        bill.settle("answered", reply.whole or b"")
        return reply


class Bill:
    """What one query costs; as a context it settles what a failure cost."""

    def __init__(self, source: Source, question: Question, caller: Caller) -> None:
        """Charge `question` to `caller`."""
        self.edition = question.edition
        self._source = source
        self._question = question
        self._caller = caller
        self._begin = time.monotonic()
        self._size = 0
        self._settled = False

    def __enter__(self) -> Self:
        """Return the bill."""
        return self

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> None:
        """Settle what a failure cost."""
        if error is not None:
            self.settle("left" if self._caller.gone() else _outcome(error))

    def check_budget(self) -> None:
        """Raise TooManyRequests if the client has none left."""
        wait = self._source.budgets.wait(self._caller.client)
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
        except EugraphError as error:
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
            self._source.budgets.spend(self._caller.client, seconds)
        if not self._source.log:
            return
        self._source.log.write(
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
        case EngineError():
            return "crashed"
        case TooManyRequests():
            return "client_seconds"
        case NotAcceptable():
            return "not_acceptable"
    return "failed"
