"""How much a single client may ask: seconds of work, refilled as time goes by.

A token bucket per client, as the Wikidata Query Service keeps it: what a query
took is taken off; who is below nought waits until it has filled up again.
Answers from memory cost nothing. The publisher's own machine has no budget,
unless a proxy there says for whom it asks.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

_PERIOD: Final = 60.0
_MANY: Final = 10_000
"""Beyond this many clients, those whose budget is full again are forgotten."""


def client_of(environ: Mapping[str, object], proxies: frozenset[str]) -> str | None:
    """Return the address of the client; None if it is this machine itself.

    `X-Forwarded-For` counts only from a proxy that is trusted, and there only
    the last address that no trusted proxy has: what stands before it the client
    may have made up.
    """
    address = str(environ.get("REMOTE_ADDR", ""))
    if address in proxies:
        named = str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        others = [name.strip() for name in named if name.strip() not in {"", *proxies}]
        if others:
            return others[-1]
    return None if _is_loopback(address) else address


@lru_cache(maxsize=1024)
def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True  # a Unix socket


class Budgets:
    """The budget of each client: `seconds` of work in a minute; 0 sets no bound.

    Safe for any number of threads.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Give each client `seconds`, counted by `clock`."""
        self._seconds = seconds
        self._clock = clock
        self._spent: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, client: str | None) -> int:
        """Return how many seconds `client` has to wait before it may ask again, 0 if none."""
        if client is None or not self._seconds:
            return 0
        with self._lock:
            over = self._owed(client) - self._seconds
        return math.ceil(over * _PERIOD / self._seconds) if over > 0 else 0

    def spend(self, client: str | None, seconds: float) -> None:
        """Take `seconds` off the budget of `client`."""
        if client is None or not self._seconds:
            return
        with self._lock:
            if len(self._spent) > _MANY:
                self._spent = {name: kept for name, kept in self._spent.items() if self._owed(name)}
            self._spent[client] = (self._owed(client) + seconds, self._clock())

    def _owed(self, client: str) -> float:
        spent, when = self._spent.get(client, (0.0, 0.0))
        return max(0.0, spent - (self._clock() - when) * self._seconds / _PERIOD)
