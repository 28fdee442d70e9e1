"""The askers' side: put a question, take the answer block by block, kill what must not go on."""

from __future__ import annotations

import math
import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from eugraph.errors import QueryLimitError
from eugraph.workers.burden import Burden
from eugraph.workers.endings import Endings
from eugraph.workers.limits import Limits
from eugraph.workers.line import Line, LostWorkerError, Reply, too_slow
from eugraph.workers.turns import Gone, Turns, busy
from eugraph.workers.wire import Question

_START_SECONDS: Final = 10.0
"""How long a worker may take to start, in seconds."""

_QUICK_SECONDS: Final = 0.5
"""How long a processor may be at a question that has a place kept for quick ones."""

_QUICK_PATIENCE: Final = 2.0
"""How long such a place may be held, in seconds, however little of a processor there is."""

_QUICK_SHARE: Final = 0.6
"""The share of its time that a question may spend there, so that some is left to begin anew."""

_TIMES: Final = frozenset({"query_seconds", "query_queue"})
"""The limits that a question meets because others are at work, too."""

_QUICK_BYTES: Final = 4 << 20
"""How long an answer may be that comes from such a place, which is read at once."""

_PAUSE_SECONDS: Final = 0.02


def _never() -> bool:
    return False


class Pool:
    """The workers of one process, asked by any number of its threads.

    As many questions run as there are workers, as many wait as the queue is
    long, and the rest are told to come again. A question that gets a place
    kept for quick ones must be answered whole in a moment, else it is stopped
    and put again, in the line for the others (`turns`).
    """

    def __init__(self, address: Path, limits: Limits, endings: Endings) -> None:
        """Ask the workers that listen at `address`; `started` makes them.

        From `endings` is known how those ended that are gone.
        """
        self.limits = limits
        self._endings = endings
        self._address = str(address)
        self._idle: list[Line] = []  # the list's own lock is enough
        self._turns = Turns(limits)
        self._burden = Burden(limits.shared_memory)
        self._kills: Counter[str] = Counter()
        self._counting = threading.Lock()

    @property
    def running(self) -> int:
        """How many questions are being answered."""
        return self._turns.running

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return self._turns.waiting

    @property
    def kills(self) -> Mapping[str, int]:
        """How many workers were killed, or ended by themselves, for which reason."""
        return self._kills

    def ask(self, question: Question, *, seconds: float, gone: Gone = _never) -> Reply:
        """Put `question` and return the reply as soon as its first block is there.

        It takes at most `seconds`, waiting included, and no longer than `gone`
        returns False.
        Raises QueryError: malformed, refused, or over a limit, whose name
        says which (`query_seconds`, `query_memory`, `query_rows`,
        `query_depth`, `query_queue`).
        """
        since = time.monotonic()
        until = since + min(seconds, self.limits.seconds)
        if self._turns.take(quick=True, until=until, gone=gone):
            reply = self._ask_quickly(question, until, gone)
            if reply is not None:
                return reply
            return self._ask_again(question, until, gone, since)
        return self._ask(question, until, gone, since=since, quick=False)

    def _ask_quickly(self, question: Question, until: float, gone: Gone) -> Reply | None:
        """Return the whole reply; None if it takes longer, or is longer, than a quick one may."""
        reply: Reply | None = None
        begin = time.monotonic()
        quick_until = begin + min(_QUICK_PATIENCE, (until - begin) * _QUICK_SHARE)
        try:
            reply = self._ask(question, quick_until, gone, since=begin, quick=True)
            if reply.whole is not None or reply.gather(_QUICK_BYTES):
                return reply
        except QueryLimitError as error:
            if error.limit not in _TIMES or time.monotonic() >= until or gone():
                raise
        finally:
            if reply is not None:
                reply.close()
        return None

    def _ask_again(self, question: Question, until: float, gone: Gone, since: float) -> Reply:
        """Put a question that was begun already into the line for those that take long."""
        try:
            self._turns.take(quick=False, until=until, gone=gone)
            return self._ask(question, until, gone, since=since, quick=False)
        except QueryLimitError as error:
            if error.limit != "query_queue" or time.monotonic() < until:
                raise
        raise too_slow(until - since)

    def _ask(
        self, question: Question, until: float, gone: Gone, *, since: float, quick: bool
    ) -> Reply:
        line: Line | None = None
        work = _QUICK_SECONDS if quick else math.inf
        try:
            line = self._take_line(until)
            try:
                reply = line.put(question, until, gone, since=since, work=work)
            except LostWorkerError:  # it had ended before it was asked
                line.close()
                line = self._open_line(until)
                reply = line.put(question, until, gone, since=since, work=work)
        except BaseException:
            self._give_back(line, quick=quick)
            raise
        if reply.whole is not None:
            self._give_back(line, quick=quick)
        else:
            reply.when_closed = lambda: self._give_back(line, quick=quick)
        return reply

    def close(self) -> None:
        """Hang up on the workers that are idle."""
        while self._idle:
            self._idle.pop().close()

    def _take_line(self, until: float) -> Line:
        while self._idle:
            try:
                line = self._idle.pop()
            except IndexError:  # another thread took the last one
                break
            if line.alive():
                return line
            line.close()
        return self._open_line(min(until, time.monotonic() + _START_SECONDS))

    def _open_line(self, until: float) -> Line:
        """Wait for a worker to take a new line; one that has just died is being replaced."""
        while time.monotonic() < until:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line = Line(connection, self.limits, self._burden, self._endings)
            try:
                connection.settimeout(max(until - time.monotonic(), _PAUSE_SECONDS))
                connection.connect(self._address)
                line.take_worker(until)
            except (EOFError, OSError):  # it died on taking the line: try the next
                line.close()
                time.sleep(_PAUSE_SECONDS)
            else:
                return line
        raise busy()

    def _give_back(self, line: Line | None, *, quick: bool) -> None:
        """Keep a line whose worker is done, hang up on any other, and let the next one ask."""
        if line is not None:
            if line.ended:
                with self._counting:
                    self._kills[line.ended] += 1
            if line.refresh():
                self._idle.append(line)
            else:
                line.close()
        self._turns.give_back(quick=quick)
