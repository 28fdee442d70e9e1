"""Short links to queries, kept in the site's folder.

A link's name follows from what it stands for, so the same query gets the same
link, whoever asks. There are at most so many: the one that was not opened for
the longest makes room. In a minute a client gets a limited number of new ones,
so that no client keeps the others from any; and all together some times that.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from eugraph.errors import QueryLimitError

LONGEST: Final = 10_000
"""Characters that a query may have to get a link."""

A_MINUTE: Final = 20
"""New links that a minute may bring to one client."""

OF_ALL: Final = 10 * A_MINUTE
"""New links that a minute may bring to all clients together."""

_MINUTE: Final = 60.0
_NAME: Final = re.compile(r"[a-z2-7]{13}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a link stands for: the query, and how its results are shown."""

    query: str
    view: str


class Links:
    """The links of one site; safe for any number of threads."""

    def __init__(self, folder: Path, most: int) -> None:
        """Keep at most `most` links in `folder`, which need not be there yet."""
        self._folder = folder
        self._most = most
        self._lock = threading.Lock()
        self._new: list[tuple[float, str | None]] = []

    def keep(self, kept: Kept, client: str | None = None) -> str | None:
        """Return the name of the link to `kept`, None where the site cannot be written.

        The `client` is who asks, None on this machine. Raises QueryLimitError
        for a query that is too long, or too many links at a time.
        """
        if len(kept.query) > LONGEST:
            raise QueryLimitError(
                f"A link is kept for a query of {LONGEST} characters; this one has "
                f"{len(kept.query)}.",
                "query_length",
            )
        if self._most == 0:
            return None
        text = json.dumps(asdict(kept), ensure_ascii=False)
        digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
        name = base64.b32encode(digest)[:13].decode().lower()
        with self._lock:
            if (self._folder / name).exists():
                return name
            self._count_new(client)
            try:
                self._write(name, text)
            except OSError:
                return None
        return name

    def find(self, name: str) -> Kept | None:
        """Return what the link `name` stands for, None if there is none."""
        if not _NAME.fullmatch(name):
            return None
        path = self._folder / name
        try:
            kept = Kept(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        with suppress(OSError):  # of a site that cannot be written
            os.utime(path)
        return kept

    def _count_new(self, client: str | None) -> None:
        now = time.monotonic()
        self._new = [each for each in self._new if now - each[0] < _MINUTE]
        own = sum(1 for _, other in self._new if other == client)
        if own >= A_MINUTE or len(self._new) >= OF_ALL:
            raise QueryLimitError("Too many new links at a time; try in a minute.", "query_queue")
        self._new.append((now, client))

    def _write(self, name: str, text: str) -> None:
        self._folder.mkdir(exist_ok=True)
        kept = sorted(self._folder.glob("[a-z2-7]*"), key=lambda path: path.stat().st_mtime)
        for oldest in kept[: max(0, len(kept) - self._most + 1)]:
            oldest.unlink(missing_ok=True)
        new = self._folder / f".{name}.new"
        new.write_text(text, encoding="utf-8", errors="replace")
        new.rename(self._folder / name)
