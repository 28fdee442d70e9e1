"""How workers ended, as only their parent learns it: by which signal, and with how much memory.

A worker that is gone may have been killed for its memory, by its own timer, or
may have crashed; the line to it just closes. Its parent, the supervisor, writes
one line of text for each that ended, and whoever asked it looks here.
"""

from __future__ import annotations

import signal
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

_KEPT: Final = 1000
"""Of how many workers it is known how they ended; those that nobody asks for fall out."""

_SHARE: Final = 4
"""A process that aborts with a fourth of its memory in use wanted more than there is.

What grows asks for twice what it has and keeps both while it copies, so that it
has a third of the bound at least when it is refused; one that overflows its stack
or fails otherwise has what it began with.
"""

_KILLED: Final = frozenset({signal.SIGKILL, signal.SIGTERM})


@dataclass(frozen=True, slots=True)
class Ending:
    """How a process ended: `number` is its signal, 0 if it left by itself; `peak` is in bytes."""

    number: int
    peak: int

    @classmethod
    def of(cls, status: int, peak: int) -> Self:
        """Return the ending that wait(2) tells by `status`."""
        return cls(status & 0x7F, peak)

    def is_for_memory(self, most: int) -> bool:
        """Tell whether a process that may have `most` bytes ended for want of more.

        Who is killed from outside is one that the system takes for too large.
        """
        aborted = self.number == signal.SIGABRT and self.peak * _SHARE >= most
        return aborted or self.number in _KILLED

    @property
    def name(self) -> str:
        """The name of the signal; empty if there was none."""
        try:
            return signal.Signals(self.number).name if self.number else ""
        except ValueError:
            return f"signal {self.number}"


def encode(process: int, ending: Ending) -> bytes:
    """Return the line that tells of an ending."""
    return f"{process} {ending.number} {ending.peak}\n".encode()


class Endings:
    """What is known of the workers that ended. Safe for any number of threads."""

    def __init__(self) -> None:
        """Know of none."""
        self._known: OrderedDict[int, Ending] = OrderedDict()
        self._changed = threading.Condition()

    def follow(self, lines: Iterable[bytes]) -> None:
        """Take in `lines` (`told`) as they come, to their end."""
        for line in lines:
            try:
                process, number, peak = map(int, line.split())
            except ValueError:  # a library that writes where it should not
                continue
            with self._changed:
                self._known.pop(process, None)
                self._known[process] = Ending(number, peak)
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)
                self._changed.notify_all()

    def of(self, process: int, seconds: float) -> Ending | None:
        """Return how `process` ended, waiting so long for word of it; None if there is none."""
        with self._changed:
            self._changed.wait_for(lambda: process in self._known, seconds)
            return self._known.pop(process, None)
