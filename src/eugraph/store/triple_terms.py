"""Assertions as RDF 1.2 writes them: the triple itself as a term that is reified.

`?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o` becomes
`?a rdf:reifies <<( ?s ?p ?o )>>` (RDF 1.2 Concepts, section 3.4; N-Triples 1.2
and Turtle 1.2); all else stays. Nothing is lost: `without_triple_terms` gives
the same lines back. Both work on sorted N-Triples, one subject at a time, so
memory does not grow with the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO, Final

import pyoxigraph as ox
from rdflib.namespace import RDF

from eugraph.store.graphs import LineReader
from eugraph.store.xml import Output
from eugraph.vocabulary import PREFIXES

REIFIES: Final = f"<{RDF}reifies>"
MEDIA_TYPES: Final = ("text/turtle; version=1.2", "application/n-triples; version=1.2")
"""The forms in which triple terms can be written (RDF 1.2 Turtle, section 6)."""

_PARTS: Final = tuple(f"<{RDF[name]}>" for name in ("subject", "predicate", "object"))
_TERM: Final = re.compile(r"<<\( (<[^>]*>) (<[^>]*>) (.*) \)>>", re.DOTALL)


def with_triple_terms(lines: Iterable[str]) -> Iterator[str]:
    """Yield sorted N-Triples 1.2: assertions reify triple terms.

    What has not exactly one subject, predicate and object stays as it is.
    """
    for subject, group in _by_subject(lines):
        properties = list(group)
        parts = [[value for name, value in properties if name == part] for part in _PARTS]
        if all(len(values) == 1 for values in parts):
            (term,), (predicate,), (object_,) = parts
            properties = [each for each in properties if each[0] not in _PARTS]
            properties.append((REIFIES, f"<<( {term} {predicate} {object_} )>>"))
        yield from sorted(f"{subject} {name} {value} .\n" for name, value in properties)


def without_triple_terms(lines: Iterable[str]) -> Iterator[str]:
    """Yield sorted N-Triples: triple terms that are reified are taken apart again."""
    for subject, group in _by_subject(lines):
        properties: list[tuple[str, str]] = []
        for name, value in group:
            term = _TERM.fullmatch(value) if name == REIFIES else None
            properties += zip(_PARTS, term.groups(), strict=True) if term else [(name, value)]
        yield from sorted(f"{subject} {name} {value} .\n" for name, value in properties)


def write_triple_terms(lines: Iterable[str], media_type: str, output: Output) -> None:
    """Write sorted N-Triples to `output` as RDF 1.2, in one of `MEDIA_TYPES`.

    Equal lines give equal bytes.
    """
    written = with_triple_terms(lines)
    if media_type != MEDIA_TYPES[0]:
        for line in written:
            output.write(line.encode())
        return
    quads = ox.parse(LineReader(written), ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
    file: IO[bytes] = output  # type: ignore[assignment]  # the engine calls write and flush only
    triples = (quad.triple for quad in quads)
    ox.serialize(triples, file, ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))


def read_triple_terms(turtle: bytes) -> list[str]:
    """Return the graph of a Turtle 1.2 document as sorted N-Triples without triple terms."""
    quads = ox.parse(turtle, ox.RdfFormat.TURTLE)
    return list(without_triple_terms(sorted(f"{quad.triple} .\n" for quad in quads)))


def _by_subject(lines: Iterable[str]) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    def subject(line: str) -> str:
        return line[: line.index(" ")]

    for node, group in groupby(lines, subject):
        yield node, (_property(line) for line in group)


def _property(line: str) -> tuple[str, str]:
    _, name, value = line.removesuffix(" .\n").split(" ", 2)
    return name, value
