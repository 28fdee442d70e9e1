"""What is still to be asked, and who asks it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Final

from eugraph.errors import EugraphError, ExportError
from eugraph.server.export.addresses import document_of
from eugraph.server.export.asking import Asker, Told

Progress = Callable[[str, int, int], None]
"""Told of each step: its name, how much is done, how much is known of."""

_BATCH: Final = 8
"""How many addresses one asks for before it tells what came of them."""


class Crawl:
    """The addresses of a site: those that were asked, and those that are known and were not.

    `live` are addresses that need a server.
    """

    def __init__(self, begin: Iterable[str]) -> None:
        """Take these addresses, which need not be there, as the first to ask."""
        self._waiting, self._forms = deque[str](), deque[str]()
        self._under_way = 0
        self._known: set[str] = set()
        self._named: set[str] = set()
        self._asked: set[str] = set()
        self._written: set[str] = set()
        self._absent: dict[str, int] = {}
        self.live: set[str] = set()
        self._add(dict.fromkeys(begin))

    @property
    def written(self) -> int:
        """How many files are written."""
        return len(self._written)

    @property
    def missing(self) -> tuple[str, ...]:
        """The addresses that are named somewhere and are not there, with the status."""
        absent = self._absent.items()
        return tuple(sorted(f"/{path} ({why})" for path, why in absent if path in self._named))

    @property
    def progress(self) -> tuple[int, int]:
        """How many addresses were asked, and how many are known."""
        return len(self._asked), len(self._known)

    def take(self) -> list[str]:
        """Return the next addresses to ask; none if there are none, or not until others told."""
        if not self._waiting and not self._under_way:
            # Who asked for a document asked for its forms; these are left over.
            self._waiting, self._forms = self._forms, deque()
        taken: list[str] = []
        while self._waiting and len(taken) < _BATCH:
            path = self._waiting.popleft()
            if path not in self._asked:
                taken.append(path)
        self._under_way += bool(taken)
        return taken

    def learn(self, told: Told) -> None:
        """Take note of what came of addresses that were taken."""
        self._under_way -= 1
        self._asked |= told.asked
        self._written |= told.written
        self._absent |= told.missing
        self._named |= told.links
        self.live |= told.live
        self._add(sorted(told.links - self._known))
        self._known |= told.asked

    def _add(self, paths: Collection[str]) -> None:
        """Take note of addresses that were not known; forms of documents wait for the others."""
        self._known.update(paths)
        for path in paths:
            is_form = (document := document_of(path)) != path and document in self._known
            (self._forms if is_form else self._waiting).append(path)


def alone(crawl: Crawl, asker: Asker, progress: Progress) -> None:
    """Let one ask until nothing is left."""
    while paths := crawl.take():
        crawl.learn(asker.ask(paths))
        progress("exporting", *crawl.progress)


def together(crawl: Crawl, lines: Sequence[Connection], progress: Progress) -> None:
    """Let those at the other ends of `lines` ask until nothing is left.

    Raises what an error of theirs is, `ExportError` if one ends.
    """
    idle, busy = list(lines), list[Connection]()
    while True:
        while idle and (paths := crawl.take()):
            busy.append(idle.pop())
            with suppress(OSError):  # it has ended, which is found out below
                busy[-1].send(paths)
        if not busy:
            return
        for line in wait(busy):
            assert isinstance(line, Connection)  # noqa: S101  # nothing else is waited for
            crawl.learn(_told(line))
            busy.remove(line)
            idle.append(line)
        progress("exporting", *crawl.progress)


def _told(line: Connection) -> Told:
    try:
        told = line.recv()
    except (EOFError, OSError):
        raise ExportError("a process of the export ended; is memory short?") from None
    if isinstance(told, EugraphError):
        raise told
    assert isinstance(told, Told)  # noqa: S101  # nothing else is sent
    return told
