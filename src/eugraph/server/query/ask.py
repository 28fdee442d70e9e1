"""A query asked for a person: the first rows of the answer, of whichever kind it is."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from eugraph.editions import Edition
from eugraph.errors import QueryError, QueryLimitError
from eugraph.server.execution import execute_for_page
from eugraph.server.query.terms import Term, read_terms, read_triple
from eugraph.server.source import Source
from eugraph.store import Hint
from eugraph.workers import Question, Reply

MOST_ROWS: Final = 1000
"""How many rows a page shows; all of them are for programs."""

Graphs = tuple[tuple[str, ...], tuple[str, ...]]

_MOST_CHARACTERS: Final = 1 << 22
"""How long the rows of a page may be together."""

_TSV: Final = "text/tab-separated-values"
_TRIPLES: Final = "application/n-triples"
_PARTS: Final = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a query gave: `truth` of an ASK, else rows of as many terms as there are `variables`.

    `kind` is `select`, `ask` or `graph`; `more` if there are more rows than
    are here; `hints` say why there may be none.
    """

    kind: str
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    more: bool = False
    truth: bool = False
    hints: tuple[Hint, ...] = ()


def ask(source: Source, edition: Edition, query: str, graphs: Graphs = ((), ())) -> Answered:
    """Return what `query` gives, its first `MOST_ROWS` rows; raises QueryError.

    `graphs` are the default and the named graphs to ask, if not all.
    """
    reply = execute_for_page(source, Question(edition.number, query, _TSV, _TRIPLES, *graphs))
    if reply.media_type is None:
        raise QueryError(f"The query is answered as {', '.join(reply.offered)} only.")
    try:
        lines = _lines(reply)
        answered = _graph(lines) if reply.media_type == _TRIPLES else _results(lines)
        return replace(answered, hints=reply.hints)
    finally:
        reply.close()


def _results(lines: Iterator[str]) -> Answered:
    head = next(lines, "")
    if head.strip() in {"true", "false"}:
        return Answered("ask", truth=head.strip() == "true")
    variables = tuple(name.strip().removeprefix("?") for name in head.split("\t") if name.strip())
    rows, more = _first(tuple(read_terms(line)[: len(variables)]) for line in lines)
    return Answered("select", variables, rows, more)


def _graph(lines: Iterator[str]) -> Answered:
    rows, more = _first(tuple(read_triple(line)) for line in lines if line.strip())
    return Answered("graph", _PARTS, rows, more)


def _first(
    rows: Iterator[tuple[Term | None, ...]],
) -> tuple[tuple[tuple[Term | None, ...], ...], bool]:
    kept: list[tuple[Term | None, ...]] = []
    for row in rows:
        if len(kept) == MOST_ROWS:
            return tuple(kept), True
        kept.append(row)
    return tuple(kept), False


def _lines(reply: Reply) -> Iterator[str]:
    """Yield the answer line by line, fetching no more of it than is asked for.

    Raises QueryLimitError where that is more than a page can show.
    """
    decoder, rest, size = codecs.getincrementaldecoder("utf-8")(), "", 0
    for block in reply:
        *lines, rest = (rest + decoder.decode(block)).split("\n")
        for line in lines:
            size += len(line)
            _check_size(size)
            yield line
        _check_size(size + len(rest))
    if rest:
        yield rest


def _check_size(size: int) -> None:
    if size > _MOST_CHARACTERS:
        raise QueryLimitError(
            "The rows are too long for a page; ask for them as CSV or JSON.", "page_characters"
        )
