"""A deadline for a whole exchange with a host, whatever the host sends meanwhile.

A timeout of a socket starts anew with each byte, so a host that sends one
header letter a second is never too slow for it. When a deadline passes, the
connections are shut from outside, and who waits for them is woken.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Timer
from typing import Self
from weakref import WeakSet


class Deadline:
    """Bounds one exchange after the other, each open as a context manager."""

    def __init__(self, seconds: float) -> None:
        """Give each exchange so many seconds."""
        self.seconds = seconds
        self.passed = False
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._lock = Lock()
        self._timer = Timer(seconds, self._pass)

    def __enter__(self) -> Self:
        """Begin an exchange."""
        self.passed = False
        self._timer = Timer(self.seconds, self._pass)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the exchange."""
        self._timer.cancel()

    def watch(self, connection: socket.socket) -> None:
        """Shut `connection` when the deadline passes; at once if it has."""
        with self._lock:
            self._sockets.add(connection)
            if self.passed:
                _shut(connection)

    def _pass(self) -> None:
        with self._lock:
            self.passed = True
            for connection in self._sockets:
                _shut(connection)


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        socket.socket.shutdown(connection, socket.SHUT_RDWR)  # TLS takes no leave from a tarpit
