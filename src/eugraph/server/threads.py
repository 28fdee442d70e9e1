"""The threads that answer requests: the one that was busy last is asked first.

Waitress's own take turns, so that with many threads each finds its stack and
caches cold. Here a task goes straight to the thread that became idle last,
past the queue, which is for when all are busy.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from typing import Protocol

_LOG = logging.getLogger("waitress")


class Task(Protocol):
    """A request to be answered."""

    def service(self) -> None:
        """Answer it."""

    def cancel(self) -> None:
        """Give it up."""


class Threads:
    """A task dispatcher for waitress."""

    def __init__(self, count: int, patience: float) -> None:
        """Start `count` threads, which have `patience` seconds to end what they are at."""
        self._patience = patience
        self._lock = threading.Lock()
        self._idle: list[_Thread] = []
        self._queue: deque[Task] = deque()
        self._count = count
        self._stopping = False
        for _ in range(count):
            _Thread(self).start()

    @property
    def pressed(self) -> bool:
        """Whether tasks wait for a thread, or all are to end."""
        return self._stopping or bool(self._queue)

    def add_task(self, task: Task) -> None:
        """Let a thread answer `task`, as soon as one is free."""
        with self._lock:
            if not self._idle:
                self._queue.append(task)
                return
            thread = self._idle.pop()
        thread.take(task)

    def shutdown(self) -> None:
        """Let the tasks that run end; the threads go then, and tasks that wait are given up."""
        until = time.monotonic() + self._patience
        with self._lock:
            self._stopping = True
            idle, self._idle = self._idle, []
            self._count -= len(idle)
        for thread in idle:
            thread.take(None)
        while self._count and time.monotonic() < until:
            time.sleep(0.02)
        while self._queue:
            self._queue.popleft().cancel()

    def next_task(self, thread: _Thread) -> Task | None:
        """Return what `thread` is to do at once; None makes it idle, or ends it."""
        with self._lock:
            if self._queue and not self._stopping:
                return self._queue.popleft()
            if self._stopping:
                self._count -= 1
                thread.take(None)
            else:
                self._idle.append(thread)
        return None


class _Thread(threading.Thread):
    """A thread that answers one request after another."""

    def __init__(self, threads: Threads) -> None:
        super().__init__(name="answer", daemon=True)
        self._threads = threads
        self._given = threading.Lock()
        self._given.acquire()
        self._task: Task | None = None

    def take(self, task: Task | None) -> None:
        """Do `task`; None ends the thread."""
        self._task = task
        self._given.release()

    def run(self) -> None:
        """Answer what comes."""
        while True:
            task = self._threads.next_task(self)
            if task is None:
                self._given.acquire()
                task = self._task
            if task is None:
                return
            try:
                task.service()
            except Exception:  # noqa: BLE001  # a thread that ended would be missed
                _LOG.exception("Exception when servicing %r", task)
