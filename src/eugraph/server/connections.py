"""Waitress's connections, with two things added.

- What is asked again to the byte is answered at once, in the thread that reads
  (`shortcut`).
- Head and body of a short answer leave in one piece; an answer that fails on
  its way is broken off without a fuss, as why it failed is in the log of
  queries.
"""

from __future__ import annotations

from typing import Any

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask

from eugraph.errors import QueryError
from eugraph.server.shortcut import Mark, Shortcut, State

MARK = "eugraph.lasting"
"""The key of the WSGI environment under which an application leaves a `Mark`."""


def connect(server: BaseWSGIServer, shortcut: Shortcut) -> None:
    """Let `server` serve its connections so, from `shortcut` where that has the answer."""

    class Channel(_Channel):
        known = shortcut

    server.channel_class = Channel


class _Request(HTTPRequestParser):
    """A request that remembers its bytes, if it came whole and has no body."""

    head = b""
    _begun = False

    def received(self, data: bytes) -> int:
        """Take in `data`, the next bytes of the connection."""
        taken = super().received(data)
        if not self._begun and self.completed and taken == len(data):
            whole = str(self.command) in {"GET", "HEAD"} and data.endswith(b"\r\n\r\n")
            self.head = data if whole else b""
        self._begun = True
        return taken


class _Task(WSGITask):
    """A request that is answered."""

    channel: _Channel
    request: _Request  # type: ignore[assignment]  # a task of an error is another class
    environ: dict[str, Any] | None
    _state: State | None = None

    def execute(self) -> None:
        """Answer the request."""
        self._state = self.channel.known.state()
        try:
            super().execute()
        except QueryError as error:
            raise ClientDisconnected from error

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
        return self.environ

    def _is_whole(self, data: bytes) -> bool:
        if str(self.request.command) == "HEAD" or not self.has_body:
            return not data
        return self.content_length == len(data)

    def _may_be_kept(self) -> bool:
        return bool(self.request.head) and self.version == "1.1" and not self.close_on_finish


class _Channel(HTTPChannel):
    """A client's connection."""

    parser_class = _Request
    task_class = _Task
    known: Shortcut

    def received(self, data: bytes) -> bool:
        """Take in `data`; what is known already is answered at once."""
        if data and self._is_quiet():
            response = self.known.find(data)
            if response is not None:
                self._answer(response)
                return True
        return bool(super().received(data))

    def _is_quiet(self) -> bool:
        """Tell whether nothing is being read, answered, sent or closed here."""
        busy = self.request or self.requests or self.total_outbufs_len
        return not (busy or self.will_close or self.close_when_flushed)

    def _answer(self, response: bytes) -> None:
        """Send `response`; no task runs, so nothing else is being sent."""
        sent = self.send(response)
        if sent < len(response):
            with self.outbuf_lock:
                self.outbufs[-1].append(response[sent:])
                self.current_outbuf_count += len(response) - sent
                self.total_outbufs_len += len(response) - sent
