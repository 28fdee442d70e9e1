"""The small process that forks the workers and replaces those that ended.

It opens no store and starts no thread, so that a fork of it is cheap (about a
millisecond) and safe: a process that has RocksDB open cannot be forked. It
lives as long as its standard input is open, that is, as long as the process
that started it.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from eugraph.workers.endings import Ending, encode
from eugraph.workers.limits import Limits
from eugraph.workers.worker import leave_network, work

_MIN_LIFETIME: Final = 0.1
"""A worker that lived shorter is replaced after this many seconds, so that no fork storm starts."""


def supervise(listener: socket.socket, site: Path, limits: Limits) -> None:
    """Keep `limits.workers` workers answering from `listener` until standard input closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not network_can_be_left():
        sys.stderr.write(
            "eugraph: this system gives a process no network namespace of its own; SERVICE is "
            "refused all the same, but by one guard instead of two.\n"
        )
    wakeup, wakeup_writer = socket.socketpair()
    wakeup_writer.setblocking(False)  # noqa: FBT003
    signal.set_wakeup_fd(wakeup_writer.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    started: dict[int, float] = {}
    try:
        while True:
            while len(started) < limits.workers:
                started[_fork(listener, site, limits)] = time.monotonic()
            ready, _, _ = select.select([wakeup, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            wakeup.recv(4096)
            _reap(started)
    finally:
        signal.set_wakeup_fd(-1)
        for pid in started:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def network_can_be_left() -> bool:
    """Tell whether a worker can leave the network, as tried by a process that ends at once."""
    pid = os.fork()
    if not pid:
        os._exit(0 if leave_network() else 1)
    _, status = os.waitpid(pid, 0)
    return status == 0


def _fork(listener: socket.socket, site: Path, limits: Limits) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        signal.set_wakeup_fd(-1)
        work(listener, site, limits)
    finally:
        os._exit(1)


def _reap(started: dict[int, float]) -> None:
    """Take note of the workers that ended, and tell of each on standard output."""
    while started:
        pid, status, used = os.wait4(-1, os.WNOHANG)
        if pid == 0:
            return
        with suppress(BrokenPipeError):  # nobody is there any more, which standard input tells
            os.write(sys.stdout.fileno(), encode(pid, Ending.of(status, used.ru_maxrss << 10)))
        lived = time.monotonic() - started.pop(pid)
        if lived < _MIN_LIFETIME:
            time.sleep(_MIN_LIFETIME)
