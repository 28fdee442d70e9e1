"""Which triples a query can look at: of a thousand graphs that it chooses, few are of use to it.

A triple that matches none of the query's own triple patterns, each variable
taken for anything, is in no solution. So the patterns tell what has to be
taken out of the graphs, and the rest may stay where it is. Where more than the
patterns matters (a path of length nought matches every node, DESCRIBE follows
what it finds) nothing is left out.

The parser is rdflib's, which gives a tree; it runs in the process of the query
alone, as it is not safe for threads. What it does not take, or what it may take
otherwise than the engine, is a query of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql import parser
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

Pattern = tuple[ox.NamedNode | None, ox.NamedNode | None, ox.NamedNode | None]
"""Subject, predicate and object of triples; None stands for any."""

_LENGTHLESS: Final = frozenset("*?")
"""What may follow a path that then matches a node by itself."""


_BLOCKS: Final = frozenset({"BGP", "TriplesBlock"})
"""What rdflib calls triple patterns that stand together."""


class _UnboundedError(Exception):
    """The query may look at everything."""


def patterns_of(text: str, base: str) -> frozenset[Pattern] | None:
    """Return patterns that every triple matches which the query `text` can look at.

    None if that may be any triple, or is not known.
    """
    if "\\" in text:  # rdflib reads escapes before anything else, and the engine does not
        return None
    try:
        query = translateQuery(parser.parseQuery(text), base=base)
        found = frozenset(_patterns(query.algebra))
    except _UnboundedError:
        return None
    except Exception:  # noqa: BLE001  # whatever a parser makes of foreign text
        return None
    return None if (None, None, None) in found else found


def _patterns(node: Any) -> Iterator[Pattern]:  # noqa: ANN401  # the nodes of rdflib's tree
    if isinstance(node, CompValue):
        if node.name == "DescribeQuery":
            raise _UnboundedError
        if node.name in _BLOCKS:
            for terms in node.triples:  # one triple, or several in one row within EXISTS
                for start in range(0, len(terms), 3):
                    yield from _of_triple(*terms[start : start + 3])
            return
        for each in node.values():
            yield from _patterns(each)
    elif isinstance(node, list | tuple | set | frozenset):
        for each in node:
            yield from _patterns(each)


def _of_triple(subject: Any, predicate: Any, value: Any) -> Iterator[Pattern]:  # noqa: ANN401
    match predicate:
        case Path():
            for step in _steps(predicate):
                yield None, ox.NamedNode(str(step)), None
        case Node():
            yield _fixed(subject), _fixed(predicate), _fixed(value)
        case _:
            raise _UnboundedError


def _steps(path: Path | URIRef) -> Iterator[URIRef]:
    """Yield the properties that a path goes along, in either direction."""
    match path:
        case URIRef():
            yield path
        case InvPath():
            yield from _steps(path.arg)
        case SequencePath() | AlternativePath():
            for each in path.args:
                yield from _steps(each)
        case MulPath() if path.mod not in _LENGTHLESS:
            yield from _steps(path.path)
        case _:
            raise _UnboundedError


def _fixed(node: Any) -> ox.NamedNode | None:  # noqa: ANN401
    """Return the term that a triple must have here; a literal may be written in many ways."""
    return ox.NamedNode(str(node)) if isinstance(node, URIRef) else None
