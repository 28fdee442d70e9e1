"""The process that evaluates queries, and that may be killed at any moment."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

import eugraph.store.patterns  # noqa: F401  # loaded once, before there are workers
from eugraph.errors import EngineError, QueryError, QueryLimitError, SiteError
from eugraph.store import Store, is_empty
from eugraph.workers.limits import Limits
from eugraph.workers.wire import Frames, Head, Kind, Question, encode_error, frame, header

_FIRST_BLOCK: Final = 1 << 15
"""How many bytes make the first block, which is sent as soon as it is full."""

_BLOCK: Final = 1 << 18
_PR_SET_PDEATHSIG: Final = 1
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


def work(listener: socket.socket, site: Path, limits: Limits) -> NoReturn:
    """Confine this process, then answer one question after another from `listener`.

    It ends by being killed: by the asker, by its memory, by its timer, or with
    its parent; and by itself when its asker let others go before it.
    """
    nice = os.getpriority(os.PRIO_PROCESS, 0)
    confine(listener.fileno(), limits)
    stores = _Stores(site)
    stores.open_current()
    gc.freeze()  # what is there by now stays, and need not be looked at again
    while True:
        connection, _ = listener.accept()
        with connection, suppress(OSError, EOFError):  # the asker has hung up
            connection.sendall(frame(Kind.HELLO, str(os.getpid()).encode()))
            frames = Frames(connection)
            while True:
                _serve(frames, connection, stores, limits)
        if os.getpriority(os.PRIO_PROCESS, 0) > nice:  # made to stand back: a fresh one is better
            os._exit(0)


def confine(keep: int, limits: Limits) -> None:
    """Leave this process nothing but the descriptor `keep`, its memory, and files it may read.

    The network goes too, where the system lets a process make a namespace of
    its own; where not, the guard in `eugraph.store` stands alone.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(null, standard)
    for descriptor in {int(path.name) for path in Path("/proc/self/fd").iterdir()} - {
        0,
        1,
        2,
        keep,
    }:
        with suppress(OSError):  # the one that listed the folder is closed already
            os.close(descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    leave_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # Since Linux 4.7 this counts every private writable mapping, and no mapped file.
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))


def leave_network() -> bool:
    """Give this process a network of its own, with nothing in it; tell whether that could be."""
    libc = ctypes.CDLL(None)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


class _Stores:
    """The store of the edition asked last."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._number = 0
        self._store: Store | None = None

    def open_current(self) -> None:
        """Open the current edition early, so that the first question need not wait."""
        with suppress(OSError, SiteError, ValueError):
            self.of((self._site / "current").readlink().name)

    def of(self, name: str) -> Store:
        """Return the store of the edition called `name`."""
        if self._store is None or self._number != int(name):
            self._store = Store.read_only(self._site / "editions" / name / "store")
            self._number = int(name)
        return self._store


def _serve(frames: Frames, connection: socket.socket, stores: _Stores, limits: Limits) -> None:
    _, content = frames.next()
    output = _Output(connection, limits)  # from now on its time runs
    try:
        _answer(Question.decoded(content), output, stores, limits)
    except (QueryError, SiteError) as error:
        output.fail(error)
    except MemoryError:
        output.fail(out_of_memory(limits))
    except (RuntimeError, ValueError) as error:
        output.fail(SiteError(f"A query could not be evaluated: {error}"))
    except OSError as error:
        if isinstance(error, ConnectionError):  # the asker has hung up
            raise
        output.fail(SiteError(f"The store of the edition cannot be read: {error}"))
    except BaseException as error:  # a panic of the engine, which is no Exception
        output.fail(EngineError(f"The engine failed at this query: {error}"))
        raise
    else:
        output.end()


def _answer(question: Question, output: _Output, stores: _Stores, limits: Limits) -> None:
    store = stores.of(f"{question.edition:04d}")
    answer = store.query(
        question.text,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
        depth=limits.depth,
    )
    wanted = (question.result_type, question.graph_type)
    media_type = next((t for t in wanted if t and answer.can_be(t)), None)
    output.begin(Head(media_type, answer.media_types))
    if media_type is not None:
        answer.serialize(media_type, output, rows=limits.rows)
        if answer.has_rows and output.whole is not None and is_empty(output.whole, media_type):
            output.begin(Head(media_type, answer.media_types, store.hints(question.text)))


class _Output:
    """The line to the asker, written in blocks; nothing is sent before the first is full.

    The asker counts the seconds, but it may be held up by a client that does
    not read: once blocks are sent, a timer ends this process a second later.
    """

    def __init__(self, connection: socket.socket, limits: Limits) -> None:
        self._connection = connection
        self._until = time.monotonic() + limits.seconds + 1
        self._timed = False
        self._head = b""
        self._block = bytearray()
        self._size = _FIRST_BLOCK

    @property
    def whole(self) -> bytes | None:
        """What is written so far, if nothing of it is sent."""
        return bytes(self._block) if self._head else None

    def begin(self, head: Head) -> None:
        self._head = head.encoded()

    def write(self, block: bytes) -> int:
        # In pieces: a single text may be as long as the memory of a query, and the asker reads
        # whole frames.
        for start in range(0, len(block), _BLOCK):
            self._block += block[start : start + _BLOCK]
            if len(self._block) >= self._size:
                self._start_timer()
                self._send(Kind.BLOCK)
                self._size = _BLOCK
        return len(block)

    def flush(self) -> None:
        """Do nothing: a block is sent when it is full."""

    def end(self) -> None:
        self._send(Kind.END)
        self._stop_timer()

    def fail(self, error: QueryError | SiteError) -> None:
        """Tell `error` in place of what is not sent yet."""
        self._connection.sendall(frame(Kind.ERROR, encode_error(error)))
        self._stop_timer()

    def _send(self, kind: Kind) -> None:
        length = len(self._head) + len(self._block)
        self._connection.sendall(b"".join((header(kind, length), self._head, self._block)))
        self._head = b""
        self._block.clear()

    def _start_timer(self) -> None:
        if not self._timed:
            self._timed = True
            left = max(self._until - time.monotonic(), 0.01)
            signal.setitimer(signal.ITIMER_REAL, left)

    def _stop_timer(self) -> None:
        if self._timed:
            signal.setitimer(signal.ITIMER_REAL, 0)


def out_of_memory(limits: Limits, *, for_all: bool = False) -> QueryLimitError:
    """Return the error of a query that wanted more memory than there is for one, or `for_all`."""
    if for_all:
        return QueryLimitError(
            f"All queries together outgrew their memory of {limits.shared_memory >> 20} MiB, and "
            "this one took the most of it.",
            "query_memory",
        )
    return QueryLimitError(
        f"The query outgrew its memory of {limits.memory >> 20} MiB.", "query_memory"
    )
