"""The answer to a query, still to be written out in one of its media types."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Final

import pyoxigraph as ox

from eugraph.errors import QueryLimitError
from eugraph.store.diagnosis import unanswerable
from eugraph.store.document import DOCUMENT, write_document
from eugraph.store.rows import RowMarks, json_marks, tsv_marks, xml_marks
from eugraph.store.xml import Output, suited

RESULT_FORMATS: Final[Mapping[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""The media types of SELECT and ASK, best first."""

GRAPH_FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""The media types of CONSTRUCT and DESCRIBE, best first."""

QUAD_FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
"""Media types of datasets, for who asks CONSTRUCT and DESCRIBE for graphs.

SPARQL 1.1 constructs one graph; there it is the default graph.
"""

_TRIPLE_FORMATS: Final = {**GRAPH_FORMATS, **QUAD_FORMATS}
_CSV: Final = "text/csv"
_BLOCK: Final = 1 << 15

# How many marks a result of no rows has, and what counts them.
_MARKS: Final[Mapping[str, tuple[int, Callable[[int], RowMarks]]]] = {
    "application/sparql-results+json": (-1, json_marks),
    "application/sparql-results+xml": (0, lambda _: xml_marks()),
    "text/tab-separated-values": (1, lambda _: tsv_marks()),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: solutions, a boolean or triples.

    It is evaluated while it is written, once; memory does not grow with its
    length. `media_types` are those it can be written in.
    """

    media_types: tuple[str, ...]
    _results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterator[ox.Triple]
    _prefixes: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_rows(self) -> bool:
        """Whether it is the kind of answer that has rows: that of a SELECT."""
        return isinstance(self._results, ox.QuerySolutions)

    def can_be(self, media_type: str) -> bool:
        """Tell whether it can be written so: in one of its media types, or as a `DOCUMENT`."""
        is_graph = not isinstance(self._results, ox.QuerySolutions | ox.QueryBoolean)
        return media_type in self.media_types or (media_type == DOCUMENT and is_graph)

    def serialize(self, media_type: str, output: Output, *, rows: int | None = None) -> None:
        """Write the answer to `output` as `media_type`, with at most `rows` solutions or triples.

        Raises QueryLimitError when there are more, SiteError if the store cannot
        be read on. What `output.write` raises ends the evaluation and passes through.
        """
        try:
            self._serialize(media_type, output, rows)
        except RuntimeError as error:
            raise unanswerable(error, "", "") from error

    def _serialize(self, media_type: str, output: Output, rows: int | None) -> None:
        output = suited(output, media_type)
        file: IO[bytes] = output  # type: ignore[assignment]  # the engine calls write and flush only
        if not isinstance(self._results, ox.QuerySolutions | ox.QueryBoolean):
            triples = _limited(iter(self._results), rows)
            if media_type == DOCUMENT:
                write_document(triples, output)
                return
            form = _TRIPLE_FORMATS[media_type]
            ox.serialize(triples, file, form, prefixes=dict(self._prefixes))
        elif media_type == _CSV and isinstance(self._results, ox.QuerySolutions):
            _write_csv(self._results, output, rows)
        elif isinstance(self._results, ox.QueryBoolean) or rows is None:
            self._results.serialize(file, RESULT_FORMATS[media_type])
        else:
            counted: IO[bytes] = _Counted(output, media_type, rows)  # type: ignore[assignment]
            self._results.serialize(counted, RESULT_FORMATS[media_type])


def _write_csv(solutions: ox.QuerySolutions, output: Output, rows: int | None) -> None:
    """Write solutions as CSV (SPARQL 1.1 Query Results CSV, section 3; RFC 4180).

    Not by the engine: 0.5.13 leaves the comma of an IRI unquoted, and IRIs of
    evidence have one.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(variable.value for variable in solutions.variables)
    for count, solution in enumerate(solutions, start=1):
        if rows is not None and count > rows:
            raise _too_many(rows)
        writer.writerow([_plain(term) for term in solution])
        if text.tell() > _BLOCK:
            output.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()
    output.write(text.getvalue().encode())
    output.flush()


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.BlankNode | ox.Triple):
        return str(term)
    return term.value


def _limited(triples: Iterator[ox.Triple], rows: int | None) -> Iterator[ox.Triple]:
    """Return `triples`, an error in place of the first one beyond `rows`."""
    return itertools.chain(itertools.islice(triples, rows), _beyond(triples, rows))


def _beyond(triples: Iterator[ox.Triple], rows: int | None) -> Iterator[ox.Triple]:
    if rows is not None and next(triples, None) is not None:
        raise _too_many(rows)
    yield from ()


class _Counted:
    """An output that lets at most so many rows pass."""

    def __init__(self, output: Output, media_type: str, rows: int) -> None:
        start, marks = _MARKS[media_type]
        self._output, self._rows = output, rows
        self._left = rows + start
        self._marks = marks(rows)

    def write(self, block: bytes) -> int:
        self._left -= self._marks(block)
        if self._left < 0:
            raise _too_many(self._rows)
        self._output.write(block)
        return len(block)

    def flush(self) -> None:
        self._output.flush()


def _too_many(rows: int) -> QueryLimitError:
    return QueryLimitError(
        f"The answer has more than {rows} rows; narrow the query, or take a download instead.",
        "query_rows",
    )
