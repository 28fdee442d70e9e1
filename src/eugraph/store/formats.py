"""Sorted N-Triples and N-Quads, written out in every RDF format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import IO, Final

import pyoxigraph as ox

from eugraph.shipped import shipped
from eugraph.store.answer import GRAPH_FORMATS, QUAD_FORMATS
from eugraph.store.graphs import LineReader
from eugraph.store.jsonld import Context, write_jsonld
from eugraph.store.xml import Output, suited
from eugraph.vocabulary import PREFIXES

_FORMATS: Final[Mapping[str, ox.RdfFormat]] = {**GRAPH_FORMATS, **QUAD_FORMATS}

_BY_ENGINE: Final[Mapping[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
}


def serialize(lines: Iterable[str], media_type: str, output: Output) -> None:
    """Write the graph `lines`, sorted N-Triples without blank nodes, to `output` as `media_type`.

    Equal lines give equal bytes, on every machine and under every hash seed.
    Memory does not grow with the number of lines. `media_type` is one of
    `GRAPH_FORMATS` or, for the default graph of a dataset, of `QUAD_FORMATS`; the
    prefixes are those of `vocabulary`, the JSON-LD context is that of
    `ontology/context.jsonld`.
    """
    if media_type in {"application/n-triples", "application/n-quads"}:
        for line in lines:
            output.write(line.encode())
        return
    # Lines that are all there are parsed at once, and what the store told is not checked
    # again: half the time, both together.
    source = "".join(lines).encode() if isinstance(lines, list) else LineReader(lines)
    triples = ox.parse(source, ox.RdfFormat.N_TRIPLES, without_named_graphs=True, lenient=True)  # type: ignore[arg-type]
    if media_type == "application/ld+json":
        for piece in write_jsonld((quad.triple for quad in triples), _context()):
            output.write(piece.encode())
        return
    file: IO[bytes] = suited(output, media_type)  # type: ignore[assignment]  # the engine calls write and flush only
    form = _BY_ENGINE[media_type]
    ox.serialize(triples, file, form, prefixes=dict(PREFIXES))


def serialize_quads(lines: Iterable[str], media_type: str, output: Output) -> None:
    """Write the dataset `lines`, N-Quads without blank nodes, to `output` as `media_type`.

    That is JSON-LD or one of `QUAD_FORMATS`. A graph stands together if its lines do. Equal
    lines give equal bytes; memory does not grow with their number.
    """
    quads = ox.parse(LineReader(lines), ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
    file: IO[bytes] = output  # type: ignore[assignment]  # the engine calls write and flush only
    ox.serialize(quads, file, _FORMATS[media_type], prefixes=dict(PREFIXES))


@cache
def _context() -> Context:
    document = json.loads(shipped("ontology/context.jsonld").read_text(encoding="utf-8"))
    return Context(document["@context"])


def convert(turtle: bytes, media_type: str, output: Output) -> None:
    """Write the graph of a Turtle document to `output` as `media_type`, equal bytes each time.

    It may have blank nodes: they get their canonical labels (RDFC-1.0).
    """
    graph = ox.Dataset(ox.parse(turtle, ox.RdfFormat.TURTLE))
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    triples = sorted((quad.triple for quad in graph), key=str)
    file: IO[bytes] = suited(output, media_type)  # type: ignore[assignment]  # the engine calls write and flush only
    ox.serialize(triples, file, _FORMATS[media_type], prefixes=dict(PREFIXES))
