"""The graph in the formats of RDF: all of it, and what tells of the things of one type."""

from __future__ import annotations

import heapq
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import IO, Final

from eugraph.store import (
    merged,
    serialize,
    serialize_quads,
    write_nanopublications,
    write_triple_terms,
)
from eugraph.vocabulary import IRI_BASE

STEM: Final = "eugraph"

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdf": "application/rdf+xml",
}
"""The formats of a dump, by the extension of its file."""

PARTS: Final[Mapping[str, str]] = {
    "projects": "project",
    "organisations": "org",
    "programmes": "scheme",
    "events": "event",
    "places": "place",
    "releases": "release",
    "discrepancies": "discrepancy",
    "participations": "participation",
}
"""The types of things that have files of their own: name of the file → type in the IRI."""

PART_FORMATS: Final = ("ttl", "nt")


def write_dump(
    graphs: Mapping[str, str], extension: str, output: IO[bytes], *, whole: Path | None = None
) -> None:
    """Write `graphs` (graph IRI → sorted N-Triples) to `output` in the format of `extension`.

    N-Quads and TriG tell the dataset as it is served: the default graph, then
    each triple once more in each of its graphs. Every other format tells the
    default graph; `whole` is the file of it in N-Triples, if that is there.
    """
    with ExitStack() as files:
        lines = files.enter_context(_lines_of(whole)) if whole else merged(graphs.values())
        match extension:
            case "nq":
                output.writelines(line.encode() for line in _quads(lines, graphs))
            case "trig":
                serialize_quads(_by_graph(lines, graphs), MEDIA_TYPES["trig"], output)
            case _:
                serialize(lines, MEDIA_TYPES[extension], output)


def write_graph(name: str, text: str) -> bytes:
    """Return the named graph `text`, sorted N-Triples, as it stands in TriG, without prefixes.

    There is nothing of an empty one.
    """
    if not text:
        return b""
    output = io.BytesIO()
    serialize_quads(_in_graph(text, name), MEDIA_TYPES["trig"], output)
    written = output.getvalue()
    return written[written.index(f"<{name}> {{\n".encode()) :]


def _lines_of(file: Path) -> IO[str]:
    return file.open(encoding="utf-8", newline="\n")


STATEMENTS: Final[Mapping[str, str]] = {
    "ttl12": "text/turtle; version=1.2",
    "nt12": "application/n-triples; version=1.2",
    "nanopubs": "application/trig",
}
"""How the edition's assertions can be written besides: name → media type."""


def write_statements(graphs: Mapping[str, str], form: str, output: IO[bytes]) -> None:
    """Write `graphs` to `output` as RDF 1.2, or as one nanopublication for each accepted fact.

    `form` is one of `STATEMENTS`. In RDF 1.2 an assertion reifies the triple it
    asserts; all else is as in the default graph.
    """
    lines = merged(graphs.values())
    if form == "nanopubs":
        write_nanopublications(lines, output)
    else:
        write_triple_terms(lines, STATEMENTS[form], output)


def write_parts(folder: Path, whole: Path) -> list[Path]:
    """Write what is said of the things of each type, from the sorted N-Triples file `whole`."""
    with whole.open("rb") as lines:
        for kind, group in groupby(lines, key=_kind):
            if kind in _PARTS:
                with (folder / f"{_PARTS[kind]}.nt").open("ab") as output:
                    output.writelines(group)
    written = []
    for name in PARTS:
        own = folder / f"{name}.nt"
        own.touch()
        for extension in PART_FORMATS:
            path = folder / f"{name}.{extension}"
            if path != own:
                with own.open(encoding="utf-8", newline="") as lines, path.open("wb") as output:
                    serialize(lines, MEDIA_TYPES[extension], output)
            written.append(path)
    return written


_ID: Final = f"<{IRI_BASE}id/".encode()
_PARTS: Final = {kind.encode(): name for name, kind in PARTS.items()}


def _kind(line: bytes) -> bytes:
    """Return the type of the thing that a line tells of, as its IRI has it; empty for others."""
    return line[len(_ID) : line.find(b"/", len(_ID))] if line.startswith(_ID) else b""


def release_lines(quads: Iterable[str], graph: str) -> Iterator[str]:
    """Yield the lines of sorted N-Triples of the graph with this IRI, of sorted N-Quads.

    A triple of the default graph may end alike, where it tells of the graph; with
    that off, it is a subject and a predicate alone.
    """
    end = f" <{graph}> .\n"
    for line in quads:
        if line.endswith(end) and line.count(" ", 0, -len(end)) > 1:
            yield line.removesuffix(end) + " .\n"


def _by_graph(default: Iterable[str], graphs: Mapping[str, str]) -> Iterator[str]:
    yield from default
    for name in sorted(graphs):
        yield from _in_graph(graphs[name], name)


def _quads(default: Iterable[str], graphs: Mapping[str, str]) -> Iterator[str]:
    named = (_in_graph(text, name) for name, text in graphs.items())
    return heapq.merge(default, *named)


def _in_graph(text: str, name: str) -> Iterator[str]:
    start = 0
    while start < len(text):  # no copy of the text: all graphs are read at once
        end = text.index(" .\n", start)  # no literal has a raw line feed
        yield f"{text[start:end]} <{name}> .\n"
        start = end + 3
