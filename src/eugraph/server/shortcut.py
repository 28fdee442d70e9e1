"""Whole responses, sent again to who sends the same bytes: before the request is even parsed.

An edition never changes, so a request that is the same to the byte gets the
same response as long as the same edition is served. That holds for what
`lasting` marks: answers that follow from the request and the edition alone.
Parsing, routing and negotiating cost ten times what it takes to look one up.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from waitress.utilities import build_http_date

MARK: Final = "eugraph.lasting"
"""The key of the WSGI environment under which an application leaves a `Mark`."""

_LONGEST: Final = 1 << 20
"""Responses longer than this many bytes are not kept."""

_DATE: Final = b"\r\nDate: "

State = tuple[int, int]


def link_state(site: Path) -> State | None:
    """Return what tells the edition that `site` serves from any other, before or after it.

    The link to it is made anew at each switch, so that is what is looked at.
    None if nothing is published.
    """
    try:
        link = os.lstat(_link(site))
    except OSError:
        return None
    return link.st_ino, link.st_mtime_ns


@lru_cache(maxsize=4)
def _link(site: Path) -> str:
    return f"{site}/current"


def date() -> bytes:
    """Return the time of now as the header `Date` has it."""
    return _date(int(time.time()))


@lru_cache(maxsize=2)
def _date(second: int) -> bytes:
    return build_http_date(second).encode()


class Tally(Protocol):
    """Something that counts."""

    def inc(self) -> None:
        """Count one more."""


class Mark(NamedTuple):
    """That a response lasts as long as the edition, and what is counted when it is sent."""

    tallies: Sequence[Tally]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A response before and after its date, and what was served when it was made."""

    state: State
    before: bytes
    after: bytes
    tallies: Sequence[Tally]

    def __len__(self) -> int:
        return len(self.before) + len(self.after)


class Shortcut:
    """Responses by the bytes of their request, those used last, up to a number of bytes.

    Safe for any number of threads.
    """

    def __init__(self, site: Path, most: int) -> None:
        """Keep at most `most` bytes of what is said of `site`."""
        self._site = site
        self._most = most
        self._size = 0
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def state(self) -> State | None:
        """Return what tells the edition that is served now from any other."""
        return link_state(self._site)

    def find(self, head: bytes) -> bytes | None:
        """Return the response to the request `head`, if it was made of what is served now."""
        with self._lock:
            kept = self._kept.get(head)
            if kept is None:
                return None
            self._kept.move_to_end(head)
        if kept.state != self.state():
            return None
        for tally in kept.tallies:
            tally.inc()
        return kept.before + date() + kept.after

    def keep(self, head: bytes, state: State, response: bytes, mark: Mark) -> None:
        """Keep `response` to the request `head`, made while `state` held."""
        before, date, rest = response.partition(_DATE)
        _, line_end, after = rest.partition(b"\r\n")
        if not line_end or b"\r\n\r\n" in before or len(response) > _LONGEST:
            return
        kept = _Kept(state, before + date, line_end + after, mark.tallies)
        with self._lock:
            if (old := self._kept.pop(head, None)) is not None:
                self._size -= len(head) + len(old)
            self._kept[head] = kept
            self._size += len(head) + len(kept)
            while self._size > self._most:
                name, oldest = self._kept.popitem(last=False)
                self._size -= len(name) + len(oldest)
