"""Waitress's connections, with three things added.

- A thread that has answered waits a moment for the next request of the same
  client and reads and answers it itself: to wake the thread that reads, and
  have that one wake another, takes as long as to evaluate a small query.
- What is asked again to the byte is answered at once, in the thread that reads
  (`shortcut`); a new query of a client that is known, in the thread that
  answered it last (`direct`). Neither is parsed as a request.
- Head and body of a short answer leave in one piece; an answer that fails on
  its way is broken off without a fuss, as why it failed is in the log of
  queries.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from typing import Any, Final

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import Task, WSGITask

from eugraph.errors import EugraphError
from eugraph.server.direct import HEAD, Direct, Found
from eugraph.server.execution import EXECUTION, Execution
from eugraph.server.parsing import Refusal, Request
from eugraph.server.shortcut import MARK, Mark, Shortcut, State
from eugraph.server.threads import Threads

_STAY_SECONDS: Final = 0.004
"""How long a thread waits for the next request of the client that it has answered."""

_CLOSE: Final = b"\r\nConnection: close"
_HEAD: Final = 1 << 14
"""How many bytes such a thread reads of a request."""

_AT_ONCE: Final = struct.pack("ii", 1, 0)
"""Linger for no time: what is not sent is dropped, and the other side is told so."""

_HELD: Final = object()
"""Stands for a request that is answered without being parsed: the channel is not idle."""


def connect(server: BaseWSGIServer, shortcut: Shortcut, swift: Direct, dispatcher: Threads) -> None:
    """Let `server` serve its connections so, from `shortcut` where that has the answer.

    `swift` is the application's, `dispatcher` that of the server.
    """

    class Channel(_Channel):
        known = shortcut
        direct = swift
        threads = dispatcher

    server.channel_class = Channel


class _Task(WSGITask):
    """A request that is answered."""

    channel: _Channel
    request: Request  # type: ignore[assignment]  # a task of an error is another class
    environ: dict[str, Any] | None
    _state: State | None = None

    def service(self) -> None:
        """Answer the request and take note that this is done."""
        super().service()
        self.channel.answered = True

    def execute(self) -> None:
        """Answer the request."""
        self._state = self.channel.known.state()
        try:
            super().execute()
        except Exception as error:
            if self.wrote_header and not self.chunked_response:
                self.channel.break_off()
            if isinstance(error, EugraphError):
                raise ClientDisconnected from error
            raise

    def write(self, data: bytes) -> None:
        """Send `data`; an answer that is complete by it goes with its head, and is kept."""
        if self.wrote_header or not self._is_whole(data):
            super().write(data)
            return
        response = self.build_response_header() + data
        self.wrote_header = True
        self.content_bytes_written += len(data)
        self.channel.write_soon(response)
        mark = (self.environ or {}).get(MARK)
        if isinstance(mark, Mark) and self._state and self._may_be_kept():
            self.channel.known.keep(self.request.head, self._state, response, mark)

    def set_close_on_finish(self) -> None:
        """Close the connection after the answer, but for a 304 that nobody asked to close after.

        Waitress would close after every answer without a body, and a client
        that revalidates all it has would connect anew for each.
        """
        asked = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or self.version != "1.1" or asked:
            super().set_close_on_finish()

    def get_environment(self) -> dict[str, Any]:
        """Return the WSGI environment, which the application marks."""
        self.environ = super().get_environment()
        self.environ[HEAD] = self.request.head
        if self.request.execution is not None:
            self.environ[EXECUTION], self.request.execution = self.request.execution, None
        return self.environ

    def _is_whole(self, data: bytes) -> bool:
        if str(self.request.command) == "HEAD" or not self.has_body:
            return not data
        return self.content_length == len(data)

    def _may_be_kept(self) -> bool:
        return bool(self.request.head) and self.version == "1.1"


class _Server:
    """The server as a channel sees it: not woken where that leaves it nothing to do."""

    def __init__(self, server: BaseWSGIServer, channel: _Channel) -> None:
        self._server = server
        self._channel = channel

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a server has
        return getattr(self._server, name)

    def add_task(self, task: Task) -> None:
        """Let a thread answer the next request of the channel, or the one that claims it."""
        if self._channel.claims:
            self._channel.claimed = True
        else:
            self._channel.passed_on = True
            self._server.add_task(task)

    def pull_trigger(self) -> None:
        """Wake the thread that reads and sends, unless an answer has just been sent in whole."""
        if not (self._channel.answered and self._channel.is_still):
            self._server.pull_trigger()


class _Channel(HTTPChannel):
    """A client's connection.

    While a request is answered, and a moment longer, only the thread that
    answers reads from it.
    """

    parser_class = Request
    task_class = _Task
    error_task_class = Refusal
    known: Shortcut
    direct: Direct
    threads: Threads
    socket: socket.socket | None  # None once it is closed
    requests: list[Request | object]  # type: ignore[assignment]  # or what stands for one
    answered = passed_on = claims = claimed = False

    def __init__(self, server: BaseWSGIServer, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        self._kept = False
        self._execution: Execution | None = None
        super().__init__(server, *arguments, **named)
        self._poll = select.poll()
        self._poll.register(arguments[0], select.POLLIN)
        self.server = _Server(server, self)  # type: ignore[assignment]  # like it

    @property
    def is_still(self) -> bool:
        """Whether nothing is being sent or closed here."""
        return not (self.total_outbufs_len or self.will_close or self.close_when_flushed)

    def readable(self) -> bool:
        """Tell whether the thread that reads for all may read here."""
        return not (self._kept or self.requests) and bool(super().readable())

    def check_client_disconnected(self) -> bool:  # type: ignore[override]  # it does return one
        """Tell whether the client has hung up, by a look at what it sent last."""
        connection = self.socket
        if not self.connected or connection is None:
            return True
        try:
            return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def break_off(self) -> None:
        """Let the connection end by a reset, as an answer whose end is that of the connection.

        A client of HTTP/1.0, as many proxies are, takes any other end for that of the answer.
        """
        if self.socket is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)

    def service(self) -> None:
        """Answer a request, and those that follow it at once."""
        self._kept = True
        try:
            while True:
                self.answered = self.passed_on = False
                super().service()
                if self.passed_on:  # another thread has it now
                    return
                if not self._read_next():
                    break
        except BaseException:
            self.will_close = True  # it is told in the log
            self._leave()
            raise
        self._leave()

    def _leave(self) -> None:
        """Let the thread that reads for all read here again."""
        self.answered = self._kept = False
        if self.connected:
            self.server.pull_trigger()

    def received(self, data: bytes) -> bool:
        """Take in `data`; what is known already is answered at once."""
        if self._find(data):
            return True
        return bool(super().received(data))

    def _read_next(self) -> bool:
        """Wait a moment for a request that comes whole; tell whether there is one to answer.

        What comes of it in pieces is left to the thread that reads for all.
        """
        until = time.monotonic() + _STAY_SECONDS
        connection = self.socket
        try:
            while connection is not None and self._may_stay() and self._comes(until):
                data = connection.recv(_HEAD, socket.MSG_DONTWAIT)
                if not data:  # it is closed, which the other thread finds, too
                    return False
                self.last_activity = time.time()
                if not self._find(data) and not self._ask(data):
                    return self._claim(data)
                until = time.monotonic() + _STAY_SECONDS
        except (OSError, ValueError):  # it is closed, or nothing was there after all
            return False
        return False

    def _may_stay(self) -> bool:
        """Tell whether nothing else is to do, here or for the thread."""
        return self.connected and self.is_still and not self.threads.pressed

    def _ask(self, data: bytes) -> bool:
        """Answer the request `data` directly; if another way is better, return False."""
        if self.request or self.requests or not self.is_still:
            return False
        self.requests.append(_HELD)
        try:
            found = self.direct.find(data, self.addr[0], self.check_client_disconnected)
        finally:
            self.requests.clear()
        if isinstance(found, Found):
            if found.state is not None:
                self.known.keep(data, found.state, found.response, found.mark)
            self._answer(found.response)
            return True
        self._execution = found
        return False

    def _claim(self, data: bytes) -> bool:
        """Parse `data`; tell whether that makes a request, which this thread is to answer."""
        self.claims, self.claimed = True, False
        try:
            super().received(data)
            if self._execution is not None and self.claimed:
                (request,) = self.requests
                assert isinstance(request, Request)  # noqa: S101  # it has just been parsed
                request.execution, self._execution = self._execution, None
        finally:
            self.claims = False
            if self._execution is not None:
                self._execution.close()
                self._execution = None
        return self.claimed

    def _find(self, data: bytes) -> bool:
        """Answer `data` if the answer is known and nothing else is at work here.

        A client that asked for the connection to be closed after it has that, too.
        """
        busy = self.request or self.requests or not self.is_still
        response = None if busy or not data else self.known.find(data)
        if response is None:
            return False
        self._answer(response)
        if _CLOSE in response.partition(b"\r\n\r\n")[0]:
            self.close_when_flushed = True
        return True

    def _comes(self, until: float) -> bool:
        """Tell whether something comes by the time `until`."""
        return bool(self._poll.poll(max(0.0, until - time.monotonic()) * 1e3))

    def _answer(self, response: bytes) -> None:
        """Send `response`; no task runs, so nothing else is being sent."""
        sent = self.send(response, do_close=False)
        if sent < len(response):
            with self.outbuf_lock:
                self.outbufs[-1].append(response[sent:])
                self.current_outbuf_count += len(response) - sent
                self.total_outbufs_len += len(response) - sent
