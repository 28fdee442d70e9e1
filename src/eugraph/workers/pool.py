"""The askers' side: put a question, take the answer block by block, kill what must not go on."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final, Self

from eugraph.errors import QueryLimitError
from eugraph.workers.limits import Limits
from eugraph.workers.wire import Frames, Head, Kind, Question, decode_error, frame
from eugraph.workers.worker import out_of_memory

SOCKET: Final = "workers"
"""The name of the socket in a pool's folder."""

Gone = Callable[[], bool]
"""Tells whether the client has left."""

_RESTART_SECONDS: Final = 0.5
_TICK: Final = 0.1
"""How often a wait looks whether the client is still there, in seconds."""


def _never() -> bool:
    return False


class Pool:
    """The workers of one service, asked from any number of threads and processes.

    `start` makes the workers, and closing the pool ends them; another process
    reaches them by `Pool(folder, limits)`.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Ask the workers whose socket is in `folder`."""
        self.folder = folder
        self.limits = limits

    def ask(self, question: Question, *, seconds: float, gone: Gone = _never) -> Reply:
        """Put `question` and return the reply as soon as its first block is there.

        It takes at most `seconds`, and no longer than `gone` returns False.
        Raises QueryError: malformed, refused, or over a limit, whose name
        says which (`query_seconds`, `query_memory`, `query_rows`,
        `query_depth`, `query_queue`).
        """
        line = self._take_worker(gone)
        try:
            return line.put(question, seconds)
        except BaseException:
            line.close()
            raise

    def _take_worker(self, gone: Gone) -> _Line:
        until = time.monotonic() + self.limits.queue_seconds
        while True:
            line = _Line(self._connect(), self.limits, gone)
            try:
                line.take_worker(until)
            except TimeoutError:
                line.close()
                raise _busy() from None
            except (EOFError, ConnectionError):  # it died on taking the line: try the next
                line.close()
            else:
                return line

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # A full queue refuses at once instead of letting the caller wait.
        connection.setblocking(False)  # noqa: FBT003
        try:
            connection.connect(str(self.folder / SOCKET))
        except (BlockingIOError, ConnectionRefusedError):
            connection.close()
            raise _busy() from None
        return connection


class Reply:
    """The answer as it comes: an iterator of blocks, to be closed whatever happens.

    `media_type` is None where the asker takes none of those `offered`. `whole`
    is the answer if it came in one block, else None. While it is read it may
    raise QueryError, and what was read till then is not the answer.
    """

    def __init__(self, head: Head, line: _Line, kind: Kind, block: bytes) -> None:
        """Hold what came over `line`: its head and the first block."""
        self.media_type = head.media_type
        self.offered = head.offered
        self.whole = block if kind is Kind.END else None
        self._line = line
        self._kind = kind
        self._block = block
        if kind is Kind.END:
            self.close()

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
        self._line.close()


class _Line:
    """An open line to one worker."""

    def __init__(self, connection: socket.socket, limits: Limits, gone: Gone) -> None:
        self._connection = connection
        self._frames = Frames(connection)
        self._limits = limits
        self._gone = gone
        self._pid = 0
        self._done = False
        self._seconds = 0.0
        self._until = 0.0

    def take_worker(self, until: float) -> None:
        """Wait until a worker takes the line."""
        self._until = until
        _, content = self._next()
        self._pid = int(content)

    def put(self, question: Question, seconds: float) -> Reply:
        """Send `question`; return the reply with its first block."""
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
        if self._pid and not self._done:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._done = True
        self._connection.close()

    def _answer(self) -> tuple[Kind, bytes]:
        try:
            kind, content = self._next()
        except TimeoutError:
            raise QueryLimitError(
                f"The query took longer than {self._seconds:g} seconds and was stopped.",
                "query_seconds",
            ) from None
        except (EOFError, ConnectionError):
            self._done = True  # the worker has ended by itself, most likely for want of memory
            raise out_of_memory(self._limits) from None
        self._done = kind in {Kind.END, Kind.ERROR}
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
        listener.bind(str(Path(name) / SOCKET))
        listener.listen(limits.queue)
        with _Supervisor(listener, site, limits):
            yield Pool(Path(name), limits)


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
