"""Whose turn it is: as many questions run as there are workers, others wait or are sent away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import Enum
from typing import Final

from eugraph.errors import QueryLimitError
from eugraph.workers.limits import Limits

Gone = Callable[[], bool]
"""Tells whether the client has left."""

_LOOK_SECONDS: Final = 0.25
"""How often one that waits looks whether its client is still there."""


class Turns:
    """The places at the workers, and who waits for one, in the order of their coming.

    A third of the places is kept for quick questions, which are the only ones
    there: whoever has one must be done soon. So long questions, however many
    there are, never keep a short one waiting for long. Safe for any number of
    threads.
    """

    def __init__(self, limits: Limits) -> None:
        """Give out a place for each worker."""
        self._limits = limits
        self._quick = limits.workers // 3 or (limits.workers > 1)
        self._long = limits.workers - self._quick
        self._waiting: list[_Ticket] = []
        self._changed = threading.Condition()

    @property
    def running(self) -> int:
        """How many places are taken."""
        return self._limits.workers - self._long - self._quick

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._waiting)

    def take(self, *, quick: bool, until: float, gone: Gone) -> bool:
        """Wait for a place; with `quick` one of those for quick questions will do.

        Returns whether it is one of those. Raises QueryLimitError if too many
        that need the same wait already, at the time `until`, or when the client has `gone`.
        """
        with self._changed:
            ticket = _Ticket(quick=quick)
            self._waiting.append(ticket)
            try:
                place = self._place_for(ticket) or self._wait(ticket, until, gone)
            finally:
                self._waiting.remove(ticket)
            if self._waiting:  # the next in the line may have waited for this one to go
                self._changed.notify_all()
            if place is _Place.LONG:
                self._long -= 1
            else:
                self._quick -= 1
            return place is _Place.QUICK

    def give_back(self, *, quick: bool) -> None:
        """Give a place back."""
        with self._changed:
            if quick:
                self._quick += 1
            else:
                self._long += 1
            if self._waiting:
                self._changed.notify_all()

    def _wait(self, ticket: _Ticket, until: float, gone: Gone) -> _Place:
        # Each kind is counted by itself: long questions that wait send no short one away.
        alike = sum(other.quick == ticket.quick for other in self._waiting)
        if alike > self._limits.queue:
            raise busy()
        until = min(until, time.monotonic() + self._limits.queue_seconds)
        while True:
            place = self._place_for(ticket)
            if place is not None:
                return place
            left = until - time.monotonic()
            if left <= 0 or gone():
                raise busy()
            self._changed.wait(min(left, _LOOK_SECONDS))

    def _place_for(self, ticket: _Ticket) -> _Place | None:
        """Return a place for `ticket` that nobody wants who came before, if there is one."""
        before = self._waiting[: self._waiting.index(ticket)]
        if self._long and not before:
            return _Place.LONG
        if self._quick and ticket.quick and not any(other.quick for other in before):
            return _Place.QUICK
        return None


class _Place(Enum):
    """What may be asked from a place."""

    LONG = 1
    QUICK = 2


class _Ticket:
    """One that waits; equal to itself alone."""

    def __init__(self, *, quick: bool) -> None:
        self.quick = quick


def busy() -> QueryLimitError:
    """Return the error of a question that no worker is free for."""
    return QueryLimitError("All workers are busy; ask again in a moment.", "query_queue")
