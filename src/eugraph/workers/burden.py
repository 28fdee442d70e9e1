"""What questions that run long do to the others, and what is done about it.

The more a worker has done for a question, the less of the processors it gets,
so that one that came later and needs little is answered as if it were alone.
What counts is the time it had a processor: on a busy machine a question may be
old without having had much. When it is done it comes forward again, if the
system lets it, as its caches are warm; after a long question, or where it may
not, a fresh one takes its place.
And what all workers hold together is bounded: where they go beyond it, the one
that holds the most is killed.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")

_NICE: Final = ((1.0, 19), (0.5, 10), (0.25, 5))
"""From how many seconds of work on a worker is how much nicer than this process.

The queries of a page take less than the first.
"""

_NICEST: Final = 19


class Burden:
    """The memory of the workers that have been at a question for a while.

    Safe for any number of threads.
    """

    def __init__(self, most: int) -> None:
        """Let them have `most` bytes together."""
        self._most = most
        self._held: dict[int, int] = {}
        self._killed: set[int] = set()
        self._lock = threading.Lock()

    def weigh(self, process: int) -> None:
        """Take note of what the worker `process` holds; kill the heaviest if it is all too much."""
        held = _held(process)
        with self._lock:
            self._held[process] = held
            if sum(self._held.values()) <= self._most:
                return
            heaviest = max(self._held, key=self._held.__getitem__)
            del self._held[heaviest]
            self._killed.add(heaviest)
        with suppress(ProcessLookupError):
            os.kill(heaviest, signal.SIGKILL)

    def forget(self, process: int) -> bool:
        """Count `process` no more; return whether it was killed for the memory of all."""
        with self._lock:
            self._held.pop(process, None)
            if process not in self._killed:
                return False
            self._killed.discard(process)
            return True


def worked(process: int) -> float:
    """Return the seconds of processor time that `process` has used; 0 if it has ended.

    The clock of another process has the number that clock_getcpuclockid(3) makes.
    """
    try:
        return time.clock_gettime(~process << 3 | 2)
    except OSError:
        return 0.0


def niceness(work: float) -> int:
    """Return how much nicer a worker has to be after `work` seconds at one question."""
    return next((nice for least, nice in _NICE if work >= least), 0)


def be_nice(process: int, nice: int) -> None:
    """Let `process` stand back behind others."""
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(OSError):  # it has ended
        os.setpriority(os.PRIO_PROCESS, process, min(ours + nice, _NICEST))


def come_forward(process: int, nice: int) -> bool:
    """Let `process`, which stood back by `nice`, be as this one again; tell whether it may.

    It takes a privilege (`CAP_SYS_NICE`), and is not worth it after a long question, which
    leaves a process with memory that it does not need.
    """
    if nice >= _NICEST:
        return False
    try:
        os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, 0))
    except OSError:
        return False
    return True


def _held(process: int) -> int:
    """Return the bytes that `process` has for itself."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{process}/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * _PAGE
