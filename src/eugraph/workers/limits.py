"""What a query may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may take, and how many run or wait at once.

    `memory` is in bytes, `length` in characters; `queue_seconds` is how long a
    query waits for a worker before it is told to come again.
    """

    seconds: float = 12.0
    memory: int = 400 << 20
    rows: int = 5_000_000
    length: int = 500_000
    depth: int = 100
    workers: int = 3
    queue: int = 16
    queue_seconds: float = 10.0
