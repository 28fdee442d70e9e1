"""The log of queries: one JSON object a line, with what each query cost.

The query itself is not written, only a hash of it: equal hashes are equal
queries, and the text stays with who asked it. Nor is the client's address.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class QueryLog:
    """Where queries are told of; safe for any number of threads."""

    def __init__(self, name: str) -> None:
        """Write to what the setting `query_log` names: `-` is standard error, else a file.

        Without a name nothing is written: a server whose standard error is a
        pipe that nobody reads would come to a halt.
        """
        self._name = name
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        return bool(self._name)

    def write(self, event: str, **fields: Any) -> None:  # noqa: ANN401  # whatever JSON takes
        """Write down `event` with its time and `fields`."""
        if not self:
            return
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": time, "event": event, **fields}, ensure_ascii=False) + "\n"
        if self._name == "-":
            with self._lock:
                sys.stderr.write(line)
                sys.stderr.flush()
            return
        # Opened anew for each line, so that the file may be moved away at any time.
        with self._lock, Path(self._name).open("a", encoding="utf-8") as file:
            file.write(line)
