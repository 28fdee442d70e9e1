"""A small release that conforms, its text, and a fast way to ask a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from eugraph.validation import Ask

HERE = Path(__file__).parent


def _node(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> Node:
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value))
    return URIRef(str(term)[1:-1])


def ask_over(graph: Graph) -> Ask:
    """Answer queries over `graph` by Oxigraph's engine."""
    store = ox.Store()
    store.load(graph.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)

    def ask(query: str) -> Iterator[Mapping[str, Node]]:
        solutions = store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            terms = ((name, solution[name]) for name in names)
            yield {name: _node(term) for name, term in terms if term is not None}

    return ask


@pytest.fixture(scope="session")
def asking() -> Callable[[Graph], Ask]:
    """Make ways to ask a graph."""
    return ask_over


@pytest.fixture
def bridge() -> Graph:
    """Return a release that conforms, with the reference data it needs: free to be changed."""
    return Graph().parse(HERE / "bridge.ttl")


@pytest.fixture(scope="session")
def text() -> str:
    """Return the text of that release."""
    return (HERE / "bridge.txt").read_text(encoding="utf-8")
