"""What travels between the web process and a worker, over a Unix stream socket.

Frames: one byte of kind, four of length, the content. A worker greets with its
process id; then it answers each question with blocks and an end, until the asker
hangs up. So the asker knows which process to kill, and that this process works
for nobody else while the line is open. The first frame of an answer, which is
the only one of a short answer, begins with its head, as a line. An answer
without its end frame is not complete, however it stopped.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, Self

from eugraph.errors import (
    EngineError,
    MalformedQueryError,
    QueryError,
    QueryLimitError,
    RefusedQueryError,
    SiteError,
)
from eugraph.store import Hint

_HEADER: Final = struct.Struct("<cI")

_SPACE: Final = 1 << 18
"""How many bytes are read at a time, into room that is kept: to make it anew takes longer."""

_SHORT: Final = 400
"""How long a line on how a question is asked may be, in bytes, that is kept once it is read."""


class Kind(bytes, Enum):
    """What a frame holds."""

    HELLO = b"H"  # the worker's process id
    QUESTION = b"Q"  # a question: how it is asked as JSON, a line end, its text
    BLOCK = b"B"  # a piece of the answer
    END = b"E"  # the last piece; with it the answer is complete
    ERROR = b"X"  # a QueryError or SiteError as JSON


_KINDS: Final = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Question:
    """A query, to be asked of one edition.

    `result_type` and `graph_type` are the media types wanted for a SELECT or
    ASK and for a CONSTRUCT or DESCRIBE; None where the asker takes none of
    those on offer.
    """

    edition: int
    text: str
    result_type: str | None
    graph_type: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def encoded(self) -> bytes:
        """Return the question as bytes."""
        manner = self.edition, self.result_type, self.graph_type
        if self.default_graphs or self.named_graphs:
            before = _manner(*manner, self.default_graphs, self.named_graphs)
        else:
            before = _common_manner(*manner)
        return before + self.text.encode("utf-8", "surrogatepass")

    @classmethod
    def decoded(cls, content: bytes) -> Self:
        """Return the question that `encoded` wrote."""
        before, _, rest = content.partition(b"\n")
        read = _common_manner_read if len(before) <= _SHORT else _manner_read
        edition, result_type, graph_type, default_graphs, named_graphs = read(before)
        text = rest.decode("utf-8", "surrogatepass")
        return cls(edition, text, result_type, graph_type, default_graphs, named_graphs)


_Manner = tuple[int, str | None, str | None, tuple[str, ...], tuple[str, ...]]


def _manner(
    edition: int,
    result_type: str | None,
    graph_type: str | None,
    default_graphs: tuple[str, ...] = (),
    named_graphs: tuple[str, ...] = (),
) -> bytes:
    """Return all of a question but its text, as a line."""
    manner: _Manner = edition, result_type, graph_type, default_graphs, named_graphs
    return json.dumps(manner).encode() + b"\n"


def _manner_read(line: bytes) -> _Manner:
    edition, result_type, graph_type, default_graphs, named_graphs = json.loads(line)
    return edition, result_type, graph_type, tuple(default_graphs), tuple(named_graphs)


_common_manner = lru_cache(maxsize=64)(_manner)
_common_manner_read = lru_cache(maxsize=64)(_manner_read)


@dataclass(frozen=True, slots=True)
class Head:
    """What an answer is written in, and could be; None where the asker takes none of these.

    `hints` say why there may be no rows.
    """

    media_type: str | None
    offered: tuple[str, ...]
    hints: tuple[Hint, ...] = ()

    @lru_cache(maxsize=64)  # noqa: B019  # there are few, and all of them stay
    def encoded(self) -> bytes:
        """Return the head as a line."""
        hints = [(hint.missing, hint.instead, hint.occurs) for hint in self.hints]
        return json.dumps([self.media_type, self.offered, hints]).encode() + b"\n"

    @classmethod
    @lru_cache(maxsize=64)
    def decoded(cls, content: bytes) -> Self:
        """Return the head that `encoded` wrote."""
        media_type, offered, hints = json.loads(content)
        return cls(media_type, tuple(offered), tuple(Hint(*hint) for hint in hints))


def frame(kind: Kind, content: bytes = b"") -> bytes:
    """Return a frame."""
    return header(kind, len(content)) + content


def header(kind: Kind, length: int) -> bytes:
    """Return what goes before `length` bytes of content."""
    return _HEADER.pack(kind, length)


class Frames:
    """The frames that arrive on `connection`."""

    def __init__(self, connection: socket.socket) -> None:
        """Read from `connection`, whose timeout holds for each read."""
        self._connection = connection
        self._buffer = bytearray()
        self._space = memoryview(bytearray(_SPACE))

    def next(self) -> tuple[Kind, bytes]:
        """Return the next frame; what has arrived stays if a read times out.

        Raises EOFError if the other side is gone; BlockingIOError or
        TimeoutError after the connection's timeout.
        """
        buffer = self._buffer
        if not buffer:  # most frames arrive alone and whole
            size = self._read()
            if size >= _HEADER.size:
                kind, length = _HEADER.unpack_from(self._space)
                if size == _HEADER.size + length:
                    return _KINDS[kind], bytes(self._space[_HEADER.size : size])
            buffer += self._space[:size]
        while len(buffer) < _HEADER.size:
            buffer += self._space[: self._read()]
        kind, length = _HEADER.unpack_from(buffer)
        end = _HEADER.size + length
        while len(buffer) < end:
            buffer += self._space[: self._read()]
        content = bytes(buffer[_HEADER.size : end])
        del buffer[:end]
        return _KINDS[kind], content

    def _read(self) -> int:
        size = self._connection.recv_into(self._space)
        if not size:
            raise EOFError("The other side hung up.")
        return size


def encode_error(error: QueryError | SiteError) -> bytes:
    """Return `error` as bytes."""
    fields: dict[str, object] = {"type": type(error).__name__, "message": str(error)}
    if isinstance(error, MalformedQueryError):
        fields |= {"line": error.line, "column": error.column}
    if isinstance(error, QueryLimitError):
        fields |= {"limit": error.limit}
    return json.dumps(fields).encode()


def decode_error(content: bytes) -> QueryError | SiteError:
    """Return the error that `encode_error` wrote."""
    match json.loads(content):
        case {"type": "MalformedQueryError", "message": text, "line": line, "column": column}:
            return MalformedQueryError(text, line, column)
        case {"type": "QueryLimitError", "message": text, "limit": limit}:
            return QueryLimitError(text, limit)
        case {"type": "RefusedQueryError", "message": text}:
            return RefusedQueryError(text)
        case {"type": "SiteError", "message": text}:
            return SiteError(text)
        case {"type": "EngineError", "message": text}:
            return EngineError(text)
        case {"message": text}:
            return QueryError(text)
    raise ValueError(f"No error: {content!r}")
