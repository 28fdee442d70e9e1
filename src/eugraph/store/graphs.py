"""The default graph, made of the named graphs.

A graph travels as N-Triples text, one triple to a line, the lines sorted by
code point and each distinct. So graphs merge line by line, and nothing is
parsed to find out that two releases state the same triple.
"""

from __future__ import annotations

import collections
import heapq
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

_BLANK_NODE = re.compile(r"^_:|^<[^>]*> <[^>]*> _:", re.MULTILINE)


def merged(graphs: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the union of `graphs`, sorted, each triple once, with its line end.

    Raises ValueError where a graph has a blank node or its lines are not
    sorted: the union would be wrong without a sign of it.
    """
    lines = heapq.merge(*(_lines(text) for text in graphs))
    return (line for line, _ in itertools.groupby(lines))


def check(text: str, lines: Iterable[str]) -> None:
    """Raise ValueError as `merged` does for one graph, of which only these lines may be blank."""
    if any(map(_BLANK_NODE.search, lines)):
        raise ValueError(_BLANK)
    *whole, rest = text.split("\n")
    if rest:
        raise ValueError(_WITHIN.format(rest))
    late = next((two for one, two in itertools.pairwise(whole) if two < one), None)
    if late is not None:
        raise ValueError(_LATE.format(late))


def flaw_of(text: str) -> str | None:
    """Return why a graph cannot be in a store, None if it can."""
    try:
        check(text, text.split("\n"))
        collections.deque(ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES), maxlen=0)
    except (ValueError, SyntaxError) as error:
        return str(error)
    return None


_BLANK: Final = "A published graph has no blank nodes; give each node an IRI."
_WITHIN: Final = "The N-Triples end within a line: {!r}."
_LATE: Final = "The N-Triples are not sorted: {!r} comes too late."


def _lines(text: str) -> Iterator[str]:
    if _BLANK_NODE.search(text):
        raise ValueError(_BLANK)
    previous, start = "", 0
    while start < len(text):  # no copy of the text: all graphs are read at once
        end = text.find("\n", start) + 1
        line = text[start:end]
        if not end:
            raise ValueError(_WITHIN.format(text[start:]))
        if line < previous:
            raise ValueError(_LATE.format(line.strip()))
        previous, start = line, end
        yield line


class LineReader(io.RawIOBase):
    """Lines of text as a binary file, so that a parser can pull them one block at a time."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Read from `lines`, each with its line end."""
        super().__init__()
        self._lines = iter(lines)
        self._rest = b""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # Buffer is of 3.12
        """Fill `buffer` from the lines; 0 at their end."""
        if not self._rest:
            self._rest = "".join(itertools.islice(self._lines, 512)).encode()
        block, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(block)] = block
        return len(block)
