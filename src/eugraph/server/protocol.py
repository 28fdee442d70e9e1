"""What a request asks by the SPARQL 1.1 Protocol, section 2.1: its parameters, and ours.

Nothing here knows of Flask: the common request is answered before it (`direct`).
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, RequestURITooLarge

from eugraph.editions import Edition
from eugraph.errors import MalformedQueryError, RefusedQueryError
from eugraph.server.negotiation import (
    ALIASES,
    GRAPH_ALIASES,
    check_format,
    negotiate,
    of_format,
)
from eugraph.server.publication import created
from eugraph.store import GRAPH_FORMATS, QUAD_FORMATS, RESULT_FORMATS
from eugraph.workers import Question

HTML: Final = "text/html"

_RESULTS: Final = (*RESULT_FORMATS, HTML)
_GRAPHS: Final = (*GRAPH_FORMATS, *QUAD_FORMATS, HTML)
_MAX_FIELDS: Final = 200

_EACH_TIME_ANOTHER: Final = re.compile(r"(?:NOW|RAND|UUID)[\s(#]")
"""What may be a function whose value is another each time; better one answer too few kept."""

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Call:
    """What the client asks: parameters of the protocol, ours among them."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: str | None = None
    format: str | None = None

    @property
    def lasts(self) -> bool:
        """Whether the answer follows from the edition alone, so that it may be kept."""
        upper = self.query.upper()  # to look for words is faster than to match
        may_change = "NOW" in upper or "RAND" in upper or "UUID" in upper
        return not may_change or not _EACH_TIME_ANOTHER.search(upper)

    def media_types(self, accept: str | None) -> tuple[str | None, str | None]:
        """Return the best media type for rows and for triples, None where none is accepted.

        Raises NotAcceptable for a `format` that there is not.
        """
        if self.format is not None:
            check_format(self.format, accept, {*_RESULTS, *_GRAPHS})
        return (
            of_format(self.format, _RESULTS) or negotiate(accept, _RESULTS, ALIASES),
            of_format(self.format, _GRAPHS) or negotiate(accept, _GRAPHS, GRAPH_ALIASES),
        )

    def question(
        self, edition: Edition, result_type: str | None, graph_type: str | None
    ) -> Question:
        """Return what to ask of the workers."""
        graphs = self.default_graphs, self.named_graphs
        return Question(edition.number, self.query, result_type, graph_type, *graphs)

    def etag(self, edition: Edition, *media_types: str | None) -> str:
        """Return the tag of the answer, which follows from the edition and what is asked of it."""
        asked = self.default_graphs, self.named_graphs, media_types
        key = f"{edition.number} {created(edition)} {asked!r} {self.query}"
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def seconds(self, most: float) -> float:
        """Return how long the query may take: the client may ask for less, never for more."""
        if self.timeout is None:
            return most
        try:
            seconds = float(self.timeout)
        except ValueError:
            raise MalformedQueryError("timeout is a number of seconds.") from None
        if not seconds > 0:
            raise MalformedQueryError("timeout is more than 0 seconds.")
        return min(seconds, most)


def decoded(encoded: bytes) -> Fields:
    """Decode form fields strictly; Flask's own replace what is no UTF-8 without a word."""
    if encoded.startswith(b"query=") and not encoded.count(b"&") and encoded.isascii():
        with suppress(ValueError):  # what is not percent-encoded well is told below
            return [("query", _unquoted(encoded.removeprefix(b"query=")))]
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise BadRequest(f"The parameters are not percent-encoded UTF-8: {error}.") from error


def _unquoted(value: bytes) -> str:
    """Return a value less its percent-encoding, if each `%` begins one.

    As escapes of Python, which are read in C, eight times as fast as the
    functions of `urllib.parse` decode. Raises ValueError for any other value.
    """
    escaped = value.replace(b"\\", b"\\\\").replace(b"+", b" ").replace(b"%", b"\\x")
    return escaped.decode("unicode_escape").encode("latin-1").decode()


def asks(fields: Fields) -> bool:
    """Tell whether something is asked at all."""
    return any(name in {"query", "update"} for name, _ in fields)


def call_of(fields: Fields, *, length: int, posted: bool) -> Call:
    """Return what `fields` ask, the query in at most `length` characters.

    Raises RefusedQueryError for an update; BadRequest, RequestEntityTooLarge
    or RequestURITooLarge for what is not one query of that length.
    """

    def every(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    if every("update"):
        raise RefusedQueryError("This service is read-only: it takes no updates.")
    queries = every("query")
    if len(queries) != 1:
        raise BadRequest(f"Send exactly one query; there are {len(queries)}.")
    if len(queries[0]) > length:
        too_large = RequestEntityTooLarge if posted else RequestURITooLarge
        raise too_large(f"A query may have {length} characters; this one has {len(queries[0])}.")
    return Call(
        queries[0],
        every("default-graph-uri"),
        every("named-graph-uri"),
        timeout=next(iter(every("timeout")), None),
        format=next(iter(every("format")), None),
    )
