"""Processes that share work, and end with the one that they work for, however that ends.

Of a process that is killed nobody tells its workers: they would wait for more
for ever, and keep what they have from it, such as the lock of a site.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait


def processes(number: int) -> ProcessPoolExecutor:
    """Return so many processes to share work among."""
    return ProcessPoolExecutor(number, initializer=_end_with_parent)


@contextmanager
def conversations(
    number: int, work: Callable[[Connection], object]
) -> Iterator[tuple[Connection, ...]]:
    """Start so many processes that each `work` at the other end of a line; yields our ends.

    They begin afresh: what this process has going, such as threads, they have
    not. So `work` has to be a function of a module, with arguments that can be
    sent. At the end each is sent None, and waited for.
    """
    lines, started = [], []
    afresh = get_context("spawn")
    for _ in range(number):
        ours, theirs = afresh.Pipe()
        process = afresh.Process(target=_converse, args=(work, theirs), daemon=True)
        process.start()
        theirs.close()  # else nobody is told when that process ends
        lines.append(ours)
        started.append(process)
    try:
        yield tuple(lines)
    finally:
        for line in lines:
            with suppress(OSError):  # it has ended
                line.send(None)
            line.close()
        for process in started:
            process.join()


def _converse(work: Callable[[Connection], object], line: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks is told, and ends this one
    _end_with_parent()
    with suppress(BrokenPipeError, EOFError):  # nobody asks any more
        work(line)


def _end_with_parent() -> None:
    threading.Thread(target=_watch, name="parent", daemon=True).start()


def _watch() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
