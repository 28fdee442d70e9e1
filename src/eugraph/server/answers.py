"""Answers kept: the same question of the same edition is evaluated once.

An edition never changes, so an answer never ages; the key holds the edition,
and what belongs to an old one falls out as new answers come in.

They are in memory alone. Measured on 1,000 releases: after a start, look-ups
take 0.3 to 2.5 ms to evaluate anew, and the examples that take longest 0.4 s all
together; out of a database in a file, each took 0.1 ms. So a file would save less
than a second once after each start, and would have to be kept from growing.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from eugraph.errors import EngineError, MalformedQueryError, QueryLimitError, RefusedQueryError
from eugraph.store import Hint

_MOST_WAITING: Final = 16
"""How many wait for what others ask; more ask themselves, so that threads are left for the rest."""

_OF_THE_QUERY: Final = frozenset({"query_memory", "query_rows", "query_depth"})
"""Limits that a query outgrows whoever asks it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer and its media type; `hints` say why it may have no rows."""

    body: bytes
    media_type: str
    hints: tuple[Hint, ...] = ()


class _Flight:
    """A question that is being answered: when it has landed, there may be an `error`.

    A lock, as an event takes ten times as long to make, and most are waited for by nobody.
    """

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self._flying = threading.Lock()
        self._flying.acquire()

    def land(self, error: BaseException | None) -> None:
        self.error = error
        self._flying.release()

    def wait(self, seconds: float) -> None:
        if self._flying.acquire(timeout=seconds):
            self._flying.release()


class Answers:
    """Whole answers by key, the ones used last, up to a number of bytes in all.

    Safe for any number of threads. Equal questions that come while the first
    is being answered wait for that answer (single flight).
    """

    def __init__(self, most: int) -> None:
        """Keep at most `most` bytes."""
        self._most = most
        self._size = 0
        self._waiting = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._asked: dict[str, _Flight] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._size

    def find(self, key: str) -> Kept | None:
        """Return what is kept under `key`."""
        with self._lock:
            return self._find(key)

    def board(self, key: str) -> Kept | _Flight | None:
        """Return what is kept under `key`, else the flight of who asks it now.

        None makes the caller the one to ask, and to `settle`.
        """
        with self._lock:
            found = self._find(key) or self._asked.get(key)
            if found is None:
                self._asked[key] = _Flight()
            return found

    def wait(self, flight: _Flight, seconds: float) -> bool:
        """Wait until `flight` is done, or for so long; return False if too many do so already."""
        with self._lock:
            if self._waiting >= _MOST_WAITING:
                return False
            self._waiting += 1
        flight.wait(max(0.0, seconds))
        with self._lock:
            self._waiting -= 1
        return True

    def settle(self, key: str, answer: Kept | None, error: BaseException | None = None) -> None:
        """Keep `answer`, if there is a whole one, and let go of those who wait for it."""
        with self._lock:
            if answer is not None and key not in self._kept and len(answer.body) <= self._most:
                self._kept[key] = answer
                self._size += len(answer.body)
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.body)
            flight = self._asked.pop(key)
        flight.land(error)

    def _find(self, key: str) -> Kept | None:
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept


def keep(
    answers: Answers, key: str, seconds: float, ask: Callable[[float], Kept | None]
) -> Kept | None:
    """Return the answer kept under `key`, or that of `ask`, which is kept if it is one.

    `ask` gets the seconds that are left of `seconds`. Raises what it raises,
    and what another one raised who asked the same, if it is the query's fault.
    """
    until = time.monotonic() + seconds
    while True:
        found = answers.board(key)
        left = until - time.monotonic()
        if isinstance(found, Kept):
            return found
        if found is None:
            return _asked(answers, key, partial(ask, left))
        if not answers.wait(found, left):
            return ask(left)
        if found.error is not None and _is_of_the_query(found.error):
            raise found.error
        if time.monotonic() >= until:
            raise QueryLimitError(
                f"The query took longer than {seconds:.3g} seconds, asked by others before.",
                "query_seconds",
            )


def _asked(answers: Answers, key: str, ask: Callable[[], Kept | None]) -> Kept | None:
    try:
        answer = ask()
    except BaseException as error:
        answers.settle(key, None, error)
        raise
    answers.settle(key, answer)
    return answer


def _is_of_the_query(error: BaseException) -> bool:
    """Tell whether the same query meets this error again."""
    if isinstance(error, QueryLimitError):
        return error.limit in _OF_THE_QUERY
    return isinstance(error, MalformedQueryError | RefusedQueryError | EngineError)
