"""The document about one thing, written in one go: its sorted lines, and the same as Turtle.

What the engine found is at hand as triples only where the query runs. There
both forms of it are made at once; to make Turtle of N-Triples later takes
twice the time, for every line is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from eugraph.store.xml import Output
from eugraph.vocabulary import PREFIXES

DOCUMENT: Final = "application/x-eugraph-document"
"""The media type of both forms together; between our own processes only."""

_BETWEEN: Final = b"\0"


def write_document(triples: Iterable[ox.Triple], output: Output) -> None:
    """Write `triples` as sorted N-Triples and then as Turtle in that order.

    No triple comes twice: the engine gives none twice in what it constructs.
    The Turtle is what `serialize` makes of the lines, to the byte.
    """
    triples = tuple(triples)
    lines, places = _in_order(triples)
    output.write(b"".join(lines[place] + b"\n" for place in places) + _BETWEEN)
    output.write(turtle(map(triples.__getitem__, places)))
    output.flush()


def in_order(triples: Sequence[ox.Triple]) -> Iterator[ox.Triple]:
    """Return triples in the order of their lines."""
    return map(triples.__getitem__, _in_order(triples)[1])


def _in_order(triples: Sequence[ox.Triple]) -> tuple[list[bytes], list[int]]:
    """Return the lines of triples, and the places of both in the order of the lines.

    All are written at one go: one by one they would take twice the time.
    """
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").split(b"\n")[:-1]
    return lines, sorted(range(len(lines)), key=lines.__getitem__)


def turtle(ordered: Iterable[ox.Triple]) -> bytes:
    """Return triples as Turtle, in the order they come."""
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""


def read_document(data: bytes) -> tuple[list[str], bytes]:
    """Return the lines, each with its line end, and the Turtle that `write_document` wrote."""
    text, _, turtle = data.partition(_BETWEEN)
    return [f"{line}\n" for line in text.decode().split("\n")[:-1]], turtle
