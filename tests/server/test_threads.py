"""The threads that answer requests."""

from __future__ import annotations

import threading

from eugraph.server.threads import Threads


class Work:
    """A task that waits until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go, self.cancelled = threading.Event(), threading.Event(), False

    def service(self) -> None:
        """Wait."""
        self.begun.set()
        self.go.wait(30)

    def cancel(self) -> None:
        """Take note."""
        self.cancelled = True


def test_a_thread_is_pressed_while_tasks_wait_and_when_all_are_to_end() -> None:
    threads = Threads(1, patience=30)
    works = [Work(), Work()]
    seen = [threads.pressed]
    threads.add_task(works[0])
    assert works[0].begun.wait(30)
    seen.append(threads.pressed)
    threads.add_task(works[1])
    seen.append(threads.pressed)
    for work in works:
        work.go.set()
    assert works[1].begun.wait(30)
    seen.append(threads.pressed)
    threads.shutdown()
    seen.append(threads.pressed)  # so that it stays with no client that goes on asking
    assert seen == [False, False, True, False, True]


def test_what_waits_when_all_are_to_end_is_given_up() -> None:
    threads = Threads(1, patience=0.05)
    works = [Work(), Work()]
    for work in works:
        threads.add_task(work)
    assert works[0].begun.wait(30)
    threads.shutdown()
    assert works[1].cancelled
    works[0].go.set()
