r"""Graphs as sorted N-Triples: the form in which they are kept, compared and digested.

Canonical N-Triples (RDF 1.1 N-Triples, section 4): one space between terms,
only `"`, `\`, line feed and carriage return escaped, a line feed after each
line. Lines are sorted by code point, so equal graphs give equal bytes whatever
the order in which they were made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})

_UNESCAPED = {"\\": "\\", '"': '"', "n": "\n", "r": "\r"}
_ESCAPED = re.compile(r"\\(.)")
_LINE = re.compile(
    r"<([^>]*)> <([^>]*)> "
    r'(?:<([^>]*)>|"([^"\\]*(?:\\[\\"nr][^"\\]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?) \.'
)

Triple = tuple[Node, Node, Node]


def to_ntriples(graph: Graph) -> str:
    """Return the triples of `graph` as sorted canonical N-Triples.

    Raises `ValueError` for a blank node: what eugraph publishes has none.
    """
    return "".join(sorted(ntriples_line(triple) + "\n" for triple in graph))


def from_ntriples(text: str, name: str) -> Graph:
    """Return the graph of this name that `to_ntriples` wrote.

    Ten times faster than a parser of all N-Triples, for it reads no others.
    Raises `ValueError` for a line that is not canonical.
    """
    graph = Graph(identifier=name)
    for line in split_ntriples(text):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"no canonical N-Triples: {line!r}")
        subject, predicate, iri, words, language, datatype = match.groups()
        value: Node
        if iri is not None:
            value = URIRef(iri)
        else:
            text = _ESCAPED.sub(_unescaped, words) if "\\" in words else words
            value = Literal(text, lang=language, datatype=datatype and URIRef(datatype))
        graph.add((URIRef(subject), URIRef(predicate), value))
    return graph


def reachable(text: str, nodes: Iterable[str]) -> str:
    """Return what a graph tells of `nodes` (IRIs), of what that names, and so on, as N-Triples."""
    lines = split_ntriples(text)
    seen = set(nodes)
    waiting, found = list(seen), list[str]()
    while waiting:
        start = f"<{waiting.pop()}> "
        place = bisect_left(lines, start)
        while place < len(lines) and lines[place].startswith(start):
            found.append(lines[place])
            value = lines[place].split(" ", 2)[2]
            if value.startswith("<") and (node := value[1 : value.index(">")]) not in seen:
                seen.add(node)
                waiting.append(node)
            place += 1
    return "".join(f"{line}\n" for line in sorted(found))


def _unescaped(escape: re.Match[str]) -> str:
    return _UNESCAPED[escape[1]]


def merge_ntriples(texts: Iterable[str]) -> str:
    """Return the union of graphs in sorted N-Triples, each triple once."""
    lines: set[str] = set()
    for text in texts:
        lines.update(split_ntriples(text))
    return "".join(f"{line}\n" for line in sorted(lines))


def split_ntriples(text: str) -> list[str]:
    """Return the lines of N-Triples without their line feeds.

    Not `str.splitlines`: that also splits at U+2028 and its like, which stand
    unescaped inside literals.
    """
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


@lru_cache(maxsize=8)
def difference(old: str, new: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the lines that only the first of two graphs has, and those that only the second has.

    It is remembered for a while: every step from a graph to what is served asks for it.
    """
    was, now = (frozenset(split_ntriples(text)) for text in (old, new))
    return was - now, now - was


def ntriples_line(triple: Triple) -> str:
    """Return one triple as a line of canonical N-Triples, without the line feed."""
    subject, predicate, value = triple
    return f"{_term(subject)} {_term(predicate)} {_term(value)} ."


def _term(node: Node) -> str:
    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, Literal):
        text = f'"{str(node).translate(_ESCAPES)}"'
        if node.language:
            return f"{text}@{node.language}"
        if node.datatype is None or node.datatype == XSD.string:
            return text
        return f"{text}^^<{node.datatype}>"
    raise ValueError(f"a blank node cannot be published: {node!r}")
