"""A line to one worker, and the answer that comes over it."""

from __future__ import annotations

import math
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from eugraph.errors import EngineError, QueryError, QueryLimitError
from eugraph.workers.burden import Burden, be_nice, come_forward, niceness, worked
from eugraph.workers.endings import Endings
from eugraph.workers.limits import Limits
from eugraph.workers.turns import Gone
from eugraph.workers.wire import Frames, Head, Kind, Question, decode_error, frame
from eugraph.workers.worker import out_of_memory

_TICK: Final = 0.05
"""How often it is looked after a question that runs, in seconds."""

_AT_ONCE: Final = 0.05
"""A worker that ends so soon, in seconds, had ended before it was asked."""

_WORD: Final = 0.1
"""How long after its deadline a question waits for word of how its worker ended, in seconds."""

_LONGEST_WORD: Final = 5.0
"""How long it waits at most; word comes at once where the machine is not very busy."""

_TIMEOUT: Final = struct.pack("ll", 0, int(_TICK * 1e6))


_LAST: Final = frozenset({Kind.END, Kind.ERROR})


def _never() -> bool:
    return False


class LostWorkerError(QueryError):
    """The worker of a line that was kept has ended meanwhile; another one may be asked."""


class Reply:
    """The answer as it comes: an iterator of blocks, to be closed whatever happens.

    `media_type` is None where the asker takes none of those `offered`. `whole`
    is the answer if it came in one block, else None. `hints` say why it may have
    no rows. While it is read it may
    raise QueryError, and what was read till then is not the answer.
    """

    def __init__(self, head: Head, line: Line, kind: Kind, block: bytes) -> None:
        """Hold what came over `line`: its head and the first block."""
        self.media_type = head.media_type
        self.offered = head.offered
        self.hints = head.hints
        self.whole = block if kind is Kind.END else None
        self.when_closed: Callable[[], None] | None = None
        self._line = line
        self._kind = kind
        self._block = block

    def __iter__(self) -> Iterator[bytes]:
        """Yield the blocks; the one after is fetched only when asked for."""
        try:
            if self._block:
                yield self._block
            while self._kind is not Kind.END:
                self._kind, self._block = self._line.block()
                yield self._block
        finally:
            self.close()

    def gather(self, most: int) -> bool:
        """Read on until the answer is whole, or longer than `most` bytes; tell whether it is."""
        blocks, size = [self._block], len(self._block)
        while self._kind is not Kind.END and size <= most:
            self._kind, block = self._line.block()
            blocks.append(block)
            size += len(block)
        self._block = b"".join(blocks)
        if self._kind is Kind.END:
            self.whole = self._block
        return self.whole is not None

    def close(self) -> None:
        """Let the worker go; if it is still at work, kill it."""
        if self.when_closed is not None:
            closing, self.when_closed = self.when_closed, None
            closing()


class Line:
    """An open line to one worker."""

    def __init__(
        self, connection: socket.socket, limits: Limits, burden: Burden, endings: Endings
    ) -> None:
        """Take a `connection` that a worker is to answer."""
        self.idle = False
        self._ended = ""
        self._connection = connection
        self._frames = Frames(connection)
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN | select.POLLHUP)
        self._limits = limits
        self._burden = burden
        self._endings = endings
        self._gone: Gone = _never
        self._pid = 0
        self._nice = 0
        self._kept = self._at_once = False
        self._worked, self._work = 0.0, math.inf
        self._seconds = 0.0
        self._begin = self._until = self._look = 0.0

    def take_worker(self, until: float) -> None:
        """Wait until a worker takes the line; raise TimeoutError at the time `until`."""
        # A timeout of the kernel's: Python's own takes two more calls for each read.
        self._connection.settimeout(None)
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _TIMEOUT)
        self._until = until
        self._begin = self._look = time.monotonic()
        _, content = self._next()
        self._pid = int(content)
        self.idle = True

    @property
    def ended(self) -> str:
        """Why its worker goes or has gone: a limit, `crashed`, or `left` for nobody.

        The limits are `query_seconds` and `query_memory`.

        Empty while it may be asked again.
        """
        return "" if self.idle else self._ended or "left"

    def refresh(self) -> bool:
        """Make its worker ready for the next question; tell whether it may be asked again.

        One that stays nice ends with the line.
        """
        if self.idle and self._nice and come_forward(self._pid, self._nice):
            self._nice = 0
        return self.idle and not self._nice

    def alive(self) -> bool:
        """Tell whether the worker is still there: one that ended has hung up."""
        return not self._poll.poll(0)

    def put(
        self, question: Question, until: float, gone: Gone, *, since: float, work: float = math.inf
    ) -> Reply:
        """Send `question`, to be answered by `until`; return the reply with its first block.

        It was asked at the time `since`. The worker may use `work` seconds of a processor for it.
        Raises QueryError; LostWorkerError if nobody is there to ask.
        """
        self.idle = False
        self._gone = gone
        self._until = until
        self._begin = time.monotonic()
        self._seconds = until - since
        self._look = self._begin + _TICK
        self._worked, self._work = worked(self._pid), work
        with suppress(ConnectionError):  # it shows when the answer is read
            self._connection.sendall(frame(Kind.QUESTION, question.encoded()))
        try:
            kind, content = self._answer()
        except QueryError:
            if self._kept and self._at_once:
                raise LostWorkerError from None
            raise
        self._kept = True
        end = content.index(b"\n")
        return Reply(Head.decoded(content[:end]), self, kind, content[end + 1 :])

    def block(self) -> tuple[Kind, bytes]:
        """Return the next block, or the end with the last one."""
        return self._answer()

    def close(self) -> None:
        """Hang up; a worker that is not done is killed first."""
        if self._pid and not self.idle:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._burden.forget(self._pid)  # what it held counts no more
        self._pid = 0
        self._connection.close()

    def _answer(self) -> tuple[Kind, bytes]:
        try:
            kind, content = self._next()
        except TimeoutError:
            raise self._too_slow() from None
        except (EOFError, ConnectionError):
            if time.monotonic() >= self._until:  # its own timer was faster
                raise self._too_slow() from None
            self._at_once = time.monotonic() - self._begin < _AT_ONCE
            error = self._of_its_end()
            self._pid = 0  # the worker has ended already
            raise error from None
        if kind in _LAST:
            self.idle = True
            self._burden.forget(self._pid)
            if kind is Kind.ERROR:
                raise decode_error(content)
        return kind, content

    def _of_its_end(self) -> QueryError:
        """Return the error that tells why the worker has ended by itself."""
        for_all = self._burden.forget(self._pid)
        left = self._until - time.monotonic()
        ending = self._endings.of(self._pid, min(max(left, _WORD), _LONGEST_WORD))
        if for_all or ending is None or ending.is_for_memory(self._limits.memory):
            self._ended = "query_memory"
            return out_of_memory(self._limits, for_all=for_all)
        if ending.number == signal.SIGALRM:
            return self._too_slow()
        self._ended = "crashed"
        how = f" by {ending.name}" if ending.name else ""
        return EngineError(
            f"The engine failed at this query, and its process ended{how}. Most often such a query "
            "chains or nests thousands of parts, more than the engine can take: ask in parts."
        )

    def _too_slow(self) -> QueryLimitError:
        self._ended = "left" if self._gone() else "query_seconds"
        self._burden.forget(self._pid)
        return too_slow(self._seconds)

    def _next(self) -> tuple[Kind, bytes]:
        """Return the next frame; raise TimeoutError at the deadline or when the client has gone."""
        while True:
            now = time.monotonic()
            if now >= self._until:
                raise TimeoutError
            if now >= self._look:
                self._look_after(now)
            try:
                return self._frames.next()
            except BlockingIOError:
                continue

    def _look_after(self, now: float) -> None:
        """See whether the client is still there, and what the worker costs the others."""
        self._look = now + _TICK
        if self._gone():
            raise TimeoutError
        if not self._pid:
            return
        work = worked(self._pid) - self._worked
        if work > self._work:
            raise TimeoutError
        nice = niceness(work)
        if nice != self._nice:
            self._nice = nice
            be_nice(self._pid, nice)
        self._burden.weigh(self._pid)


def too_slow(seconds: float) -> QueryLimitError:
    """Return the error of a question that was not answered within `seconds`."""
    return QueryLimitError(
        f"The query took longer than {seconds:.3g} seconds and was stopped.", "query_seconds"
    )
