"""What a query may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may take, and how many run or wait at once.

    `memory` and `shared_memory`, what one query and what all of them may hold,
    are in bytes, `length` in characters; `queue_seconds` is how long a query
    waits for a worker before it is told to come again.
    """

    seconds: float = 12.0
    memory: int = 400 << 20
    shared_memory: int = 900 << 20
    rows: int = 5_000_000
    length: int = 500_000
    depth: int = 100
    workers: int = 6
    queue: int = 16
    queue_seconds: float = 10.0
