"""What travels between the web process and a worker, over a Unix stream socket.

Frames: one byte of kind, four of length, the content. A worker greets with its
process id; then, for each question, it answers with a head, blocks and an end,
until the asker hangs up. So the asker knows which process to kill, and that
this process works for nobody else while the line is open. An answer without
its end frame is not complete, however it stopped.
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
    MalformedQueryError,
    QueryError,
    QueryLimitError,
    RefusedQueryError,
)
from eugraph.store import Hint

_HEADER: Final = struct.Struct("<cI")

_SPACE: Final = 1 << 18
"""How many bytes are read at a time, into room that is kept: to make it anew takes longer."""


class Kind(bytes, Enum):
    """What a frame holds."""

    HELLO = b"H"  # the worker's process id
    QUESTION = b"Q"  # a question as JSON
    HEAD = b"T"  # a head as JSON
    BLOCK = b"B"  # a piece of the answer
    END = b"E"  # the last piece; with it the answer is complete
    ERROR = b"X"  # a QueryError as JSON


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
        return json.dumps([getattr(self, name) for name in self.__slots__]).encode()

    @classmethod
    def decoded(cls, content: bytes) -> Self:
        """Return the question that `encoded` wrote."""
        edition, text, result_type, graph_type, default_graphs, named_graphs = json.loads(content)
        graphs = tuple(default_graphs), tuple(named_graphs)
        return cls(edition, text, result_type, graph_type, *graphs)


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
        """Return the head as bytes."""
        hints = [(hint.missing, hint.instead, hint.occurs) for hint in self.hints]
        return json.dumps([self.media_type, self.offered, hints]).encode()

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
        while len(buffer) < _HEADER.size:
            self._read()
        kind, length = _HEADER.unpack_from(buffer)
        end = _HEADER.size + length
        while len(buffer) < end:
            self._read()
        content = bytes(memoryview(buffer)[_HEADER.size : end])
        del buffer[:end]
        return _KINDS[kind], content

    def _read(self) -> None:
        size = self._connection.recv_into(self._space)
        if not size:
            raise EOFError("The other side hung up.")
        self._buffer += self._space[:size]


def encode_error(error: QueryError) -> bytes:
    """Return `error` as bytes."""
    fields: dict[str, object] = {"type": type(error).__name__, "message": str(error)}
    if isinstance(error, MalformedQueryError):
        fields |= {"line": error.line, "column": error.column}
    if isinstance(error, QueryLimitError):
        fields |= {"limit": error.limit}
    return json.dumps(fields).encode()


def decode_error(content: bytes) -> QueryError:
    """Return the error that `encode_error` wrote."""
    match json.loads(content):
        case {"type": "MalformedQueryError", "message": text, "line": line, "column": column}:
            return MalformedQueryError(text, line, column)
        case {"type": "QueryLimitError", "message": text, "limit": limit}:
            return QueryLimitError(text, limit)
        case {"type": "RefusedQueryError", "message": text}:
            return RefusedQueryError(text)
        case {"message": text}:
            return QueryError(text)
    raise ValueError(f"No error: {content!r}")
