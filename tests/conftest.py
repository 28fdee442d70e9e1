"""What tests of several packages need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, settings
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

# A busy machine is no mistake in what is tested: no property test is timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

Ask = Callable[[str], Iterable[Mapping[str, Node]]]


def _node(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> Node:
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        if term.datatype.value.endswith("#string"):
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value))
    return BNode(str(term)[2:]) if isinstance(term, ox.BlankNode) else URIRef(str(term)[1:-1])


def _ask_over(graph: Graph) -> Ask:
    store = ox.Store()
    # Not loaded, but parsed: blank nodes keep their names, so that results can be compared.
    store.extend(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for triple in ox.parse(graph.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)
    )

    def ask(query: str) -> Iterator[Mapping[str, Node]]:
        solutions = store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            terms = ((name, solution[name]) for name in names)
            yield {name: _node(term) for name, term in terms if term is not None}

    return ask


@pytest.fixture(scope="session")
def ask_over() -> Callable[[Graph], Ask]:
    """Return a way to ask any graph, blank nodes and all, by Oxigraph's engine."""
    return _ask_over
