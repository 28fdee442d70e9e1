"""Answers kept: the same question of the same edition is evaluated once.

An edition never changes, so an answer never ages; the key holds the edition,
and what belongs to an old one falls out as new answers come in.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from eugraph.store import Hint


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer and its media type; `hints` say why it may have no rows."""

    body: bytes
    media_type: str
    hints: tuple[Hint, ...] = ()


class Answers:
    """Whole answers by key, the ones used last, up to a number of bytes in all.

    Safe for any number of threads. Equal questions that come while the first
    is being answered wait for that answer (single flight).
    """

    def __init__(self, most: int) -> None:
        """Keep at most `most` bytes."""
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._asked: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._size

    def get(self, key: str, seconds: float) -> Kept | None:
        """Return what is kept under `key`; None makes the caller the one to ask, and to `settle`.

        Waits up to `seconds` while another thread asks the same.
        """
        with self._lock:
            asked = self._asked.get(key)
            if asked is None and key not in self._kept:
                self._asked[key] = threading.Event()
                return None
        if asked is not None:
            asked.wait(seconds)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            return None

    def settle(self, key: str, answer: Kept | None) -> None:
        """Keep `answer`, if there is a whole one, and let go of those who wait for it."""
        with self._lock:
            if answer is not None and key not in self._kept and len(answer.body) <= self._most:
                self._kept[key] = answer
                self._size += len(answer.body)
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.body)
            asked = self._asked.pop(key, None)
        if asked is not None:
            asked.set()


def keep(answers: Answers, key: str, seconds: float, ask: Callable[[], Kept | None]) -> Kept | None:
    """Return the answer kept under `key`, or that of `ask`, which is kept if it is one."""
    found = answers.get(key, seconds)
    if found is not None:
        return found
    answer: Kept | None = None
    try:
        answer = ask()
    finally:
        answers.settle(key, answer)
    return answer
