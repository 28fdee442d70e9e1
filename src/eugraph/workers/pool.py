"""The askers' side: put a question, take the answer block by block, kill what must not go on."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final, Self

from eugraph.errors import QueryLimitError
from eugraph.workers.limits import Limits
from eugraph.workers.wire import Frames, Head, Kind, Question, decode_error, frame
from eugraph.workers.worker import out_of_memory

Gone = Callable[[], bool]
"""Tells whether the client has left."""

_START_SECONDS: Final = 10.0
"""How long a worker may take to start, in seconds."""

_QUICK_SECONDS: Final = 1.0
"""What a question may take that runs in the place kept for quick ones."""

_PAUSE_SECONDS: Final = 0.02
_RESTART_SECONDS: Final = 0.5
_TICK: Final = 0.1
"""How often a wait looks whether the client is still there, in seconds."""


def _never() -> bool:
    return False


class Pool:
    """The workers of one process, asked by any number of its threads.

    As many questions run as there are workers, as many wait as the queue is
    long, and the rest are told to come again. The last worker is kept for
    quick questions: one that gets it must answer whole in a second, else it
    is stopped and put again, in the line for the others. So a few long
    queries never keep a short one waiting for long.
    """

    def __init__(self, address: Path, limits: Limits) -> None:
        """Ask the workers that listen at `address`; `started` makes them."""
        self.limits = limits
        self._address = str(address)
        self._idle: list[_Line] = []
        self._long = max(1, limits.workers - 1)
        self._quick = limits.workers - self._long
        self._waiting = 0
        self._kills: Counter[str] = Counter()
        self._turn = threading.Condition()

    @property
    def running(self) -> int:
        """How many questions are being answered."""
        return self.limits.workers - self._long - self._quick

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return self._waiting

    @property
    def kills(self) -> Mapping[str, int]:
        """How many workers were killed, or ended by themselves, for which reason."""
        return self._kills

    def ask(self, question: Question, *, seconds: float, gone: Gone = _never) -> Reply:
        """Put `question` and return the reply as soon as its first block is there.

        It takes at most `seconds`, and no longer than `gone` returns False.
        Raises QueryError: malformed, refused, or over a limit, whose name
        says which (`query_seconds`, `query_memory`, `query_rows`,
        `query_depth`, `query_queue`).
        """
        quick = self._wait_for_turn(quick=True)
        if not quick:
            return self._ask(question, seconds, gone, quick=False)
        try:
            reply = self._ask(question, min(seconds, _QUICK_SECONDS), gone, quick=True)
        except QueryLimitError as error:
            if error.limit != "query_seconds" or seconds <= _QUICK_SECONDS or gone():
                raise
        else:
            if reply.whole is not None:
                return reply
            reply.close()
        self._wait_for_turn(quick=False)
        return self._ask(question, seconds, gone, quick=False)

    def _ask(self, question: Question, seconds: float, gone: Gone, *, quick: bool) -> Reply:
        line: _Line | None = None
        try:
            line = self._take_line()
            reply = line.put(question, seconds, gone)
        except BaseException:
            self._give_back(line, quick=quick)
            raise
        if reply.whole is not None:
            self._give_back(line, quick=quick)
        else:
            reply.when_closed = lambda: self._give_back(line, quick=quick)
        return reply

    def close(self) -> None:
        """Hang up on the workers that are idle."""
        while self._idle:
            self._idle.pop().close()

    def _wait_for_turn(self, *, quick: bool) -> bool:
        """Wait for a worker; with `quick` the last one will do. Return whether it is that one."""
        with self._turn:
            if not self._may_go(quick=quick):
                if self._waiting >= self.limits.queue:
                    raise _busy()
                self._waiting += 1
                free = self._turn.wait_for(
                    lambda: self._may_go(quick=quick), self.limits.queue_seconds
                )
                self._waiting -= 1
                if not free:
                    raise _busy()
            if self._long:
                self._long -= 1
                return False
            self._quick -= 1
            return True

    def _may_go(self, *, quick: bool) -> bool:
        return self._long > 0 or (quick and self._quick > 0)

    def _take_line(self) -> _Line:
        while self._idle:
            line = self._idle.pop()
            if line.alive():
                return line
            line.close()
        return self._open_line()

    def _open_line(self) -> _Line:
        """Wait for a worker to take a new line; one that has just died is being replaced."""
        until = time.monotonic() + max(self.limits.queue_seconds, _START_SECONDS)
        while time.monotonic() < until:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line = _Line(connection, self.limits)
            try:
                connection.settimeout(until - time.monotonic())
                connection.connect(self._address)
                line.take_worker(until)
            except (EOFError, OSError):  # it died on taking the line: try the next
                line.close()
                time.sleep(_PAUSE_SECONDS)
            else:
                return line
        raise _busy()

    def _give_back(self, line: _Line | None, *, quick: bool) -> None:
        """Keep a line whose worker is done, hang up on any other, and let the next one ask."""
        killed = line.ended if line is not None else ""
        if line is not None and not line.idle:
            line.close()
            line = None
        with self._turn:
            if killed:
                self._kills[killed] += 1
            if line is not None:
                self._idle.append(line)
            if quick:
                self._quick += 1
            else:
                self._long += 1
            self._turn.notify_all()


class Reply:
    """The answer as it comes: an iterator of blocks, to be closed whatever happens.

    `media_type` is None where the asker takes none of those `offered`. `whole`
    is the answer if it came in one block, else None. `hints` say why it may have
    no rows. While it is read it may
    raise QueryError, and what was read till then is not the answer.
    """

    def __init__(self, head: Head, line: _Line, kind: Kind, block: bytes) -> None:
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

    def close(self) -> None:
        """Let the worker go; if it is still at work, kill it."""
        if self.when_closed is not None:
            closing, self.when_closed = self.when_closed, None
            closing()


class _Line:
    """An open line to one worker."""

    def __init__(self, connection: socket.socket, limits: Limits) -> None:
        self.idle = False
        self._ended = ""
        self._connection = connection
        self._frames = Frames(connection)
        self._limits = limits
        self._gone: Gone = _never
        self._pid = 0
        self._seconds = 0.0
        self._until = 0.0

    def take_worker(self, until: float) -> None:
        """Wait until a worker takes the line."""
        self._until = until
        _, content = self._next()
        self._pid = int(content)
        self.idle = True

    @property
    def ended(self) -> str:
        """Why its worker goes or has gone: `query_seconds`, `query_memory`, or `left` for nobody.

        Empty while it may be asked again.
        """
        return "" if self.idle else self._ended or "left"

    def alive(self) -> bool:
        """Tell whether the worker is still there: one that ended has hung up."""
        poll = select.poll()
        poll.register(self._connection, select.POLLIN | select.POLLHUP)
        return not poll.poll(0)

    def put(self, question: Question, seconds: float, gone: Gone) -> Reply:
        """Send `question`; return the reply with its first block."""
        self.idle = False
        self._gone = gone
        self._seconds = min(seconds, self._limits.seconds)
        self._until = time.monotonic() + self._seconds
        self._connection.settimeout(self._seconds)
        self._connection.sendall(frame(Kind.QUESTION, question.encoded()))
        kind, content = self._answer()
        if kind is Kind.ERROR:
            raise decode_error(content)
        return Reply(Head.decoded(content), self, *self.block())

    def block(self) -> tuple[Kind, bytes]:
        """Return the next block, or the end with the last one."""
        kind, content = self._answer()
        if kind is Kind.ERROR:
            raise decode_error(content)
        return kind, content

    def close(self) -> None:
        """Hang up; a worker that is not done is killed first."""
        if self._pid and not self.idle:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._pid = 0
        self._connection.close()

    def _answer(self) -> tuple[Kind, bytes]:
        try:
            kind, content = self._next()
        except TimeoutError:
            self._ended = "left" if self._gone() else "query_seconds"
            raise QueryLimitError(
                f"The query took longer than {self._seconds:g} seconds and was stopped.",
                "query_seconds",
            ) from None
        except (EOFError, ConnectionError):
            self._ended = "query_memory"
            self._pid = 0  # the worker has ended by itself, most likely for want of memory
            raise out_of_memory(self._limits) from None
        self.idle = kind in {Kind.END, Kind.ERROR}
        return kind, content

    def _next(self) -> tuple[Kind, bytes]:
        """Return the next frame; raise TimeoutError at the deadline or when the client has gone."""
        while True:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._connection.settimeout(min(left, _TICK))
            try:
                return self._frames.next()
            except TimeoutError:
                if self._gone():
                    raise


@contextmanager
def started(site: Path, limits: Limits) -> Iterator[Pool]:
    """Start the workers for `site`; they end when the context does, or this process."""
    with (
        tempfile.TemporaryDirectory(prefix="eugraph-") as name,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener,
    ):
        address = Path(name) / "workers"
        listener.bind(str(address))
        listener.listen(limits.workers)
        with _Supervisor(listener, site, limits), closing(Pool(address, limits)) as pool:
            yield pool


class _Supervisor:
    """The supervising process, started again should it ever end."""

    def __init__(self, listener: socket.socket, site: Path, limits: Limits) -> None:
        self._listener = listener
        arguments = [str(listener.fileno()), str(site.resolve()), json.dumps(asdict(limits))]
        self._command = [sys.executable, "-m", "eugraph.workers", *arguments]
        self._closing = threading.Event()
        self._process = self._start()
        self._keeper = threading.Thread(target=self._keep, name="keep-workers", daemon=True)

    def __enter__(self) -> Self:
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._process.stdin.close()  # type: ignore[union-attr]  # it is a pipe
        self._keeper.join()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own interpreter, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[self._listener.fileno()],
            start_new_session=True,
        )

    def _keep(self) -> None:
        while True:
            with self._process:  # closes the pipe
                self._process.wait()
            if self._closing.wait(_RESTART_SECONDS):
                return
            self._process = self._start()


def _busy() -> QueryLimitError:
    return QueryLimitError("All workers are busy; ask again in a moment.", "query_queue")
