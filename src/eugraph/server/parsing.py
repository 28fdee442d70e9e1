"""Requests as they are read from a connection, and what is answered to one that cannot be.

Waitress's parser, stricter by what a service in public meets: a header may be
long enough for any client that means well, and no longer, as who reads it
later (as weighted lists, as tags, as cookies) takes the more time the longer
it is. The address has no such bound of its own: queries stand in it. And who
sends a request drop by drop is not idle, so there is a bound on how long one
may take to arrive.
"""

from __future__ import annotations

import json
import time
from typing import Final

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask
from waitress.utilities import Error, RequestEntityTooLarge, RequestHeaderFieldsTooLarge

from eugraph.server.execution import Execution
from eugraph.server.headers import HEADERS, VARY

_LONGEST: Final = 1 << 13
"""How many characters the value of a header may have."""

_PATIENCE: Final = 2
"""How many times as long as a connection may say nothing a request may take to arrive."""


class RequestTimeout(Error):  # noqa: N818  # as its like are called
    """A request did not arrive in time (RFC 9110, section 15.5.9)."""

    code = 408
    reason = "Request Timeout"


class Request(HTTPRequestParser):
    """A request that remembers its bytes, if it came whole and has no body."""

    head = b""
    execution: Execution | None = None
    """What came of its query already."""
    _begun = False
    _since = 0.0

    def received(self, data: bytes) -> int:
        """Take in `data`, the next bytes of the connection."""
        if self._begun and time.monotonic() > self._since + self._seconds:
            self.error = RequestTimeout(f"A request has {self._seconds} seconds to arrive.")
            self.completed = True
            return len(data)
        if not self._begun:
            self._since = time.monotonic()
        taken = super().received(data)
        if getattr(self.body_rcv, "chunk_remainder", 0) > self.adj.max_request_body_size:
            self.error = RequestEntityTooLarge("A chunk is longer than a body may be.")
            self.completed = True
        if not self._begun and self.completed and not self.error and taken == len(data):
            whole = str(self.command) in {"GET", "HEAD"} and data.endswith(b"\r\n\r\n")
            self.head = data if whole else b""
        self._begun = True
        return taken

    @property
    def _seconds(self) -> int:
        """How long a request may take to arrive."""
        return int(self.adj.channel_timeout) * _PATIENCE

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the head of the request; raise ParsingError if it is none."""
        super().parse_header(header_plus)
        if "," in self.headers.get("HOST", ""):
            raise ParsingError("Host is told more than once")
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            # RFC 9112, section 6.3: a proxy may have taken it for another request than we do.
            raise ParsingError("a body is either of a length or in chunks")
        if any(len(value) > _LONGEST for value in self.headers.values()):
            self.error = RequestHeaderFieldsTooLarge(
                f"A header may have {_LONGEST} characters. Send a long query by POST."
            )
            self.completed = True
        if self.content_length == 0 and not self.chunked:
            self.expect_continue = False  # there is nothing to go on with


class Refusal(ErrorTask):
    """The answer to what is no request: a problem document (RFC 9457), and the end."""

    def execute(self) -> None:
        """Send it."""
        error: Error = self.request.error  # type: ignore[attr-defined]  # it is a request
        members = {"title": error.reason, "status": error.code, "detail": str(error.body)}
        body = json.dumps(members, indent=1).encode() + b"\n"
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [
            *HEADERS.items(),
            ("Vary", ", ".join(VARY)),
            ("Content-Type", "application/problem+json"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
