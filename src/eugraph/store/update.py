"""A store brought up to date: only the triples that came or went are written.

A triple leaves the default graph when the last graph that tells it does; that
is looked up, one triple at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from eugraph.store.graphs import check
from eugraph.triples.ntriples import difference

Ends = Mapping[str, Collection[tuple[str, str]]]
"""Subjects and objects of triples by predicate; what is no IRI is empty."""


@dataclass(frozen=True, slots=True)
class Delta:
    """The triples that came into the default graph and those that left it."""

    came: frozenset[ox.Triple]
    gone: frozenset[ox.Triple]

    @property
    def touched(self) -> frozenset[str]:
        """The IRIs of which the default graph tells something else than before."""
        subjects = (triple.subject for triple in self.came | self.gone)
        return frozenset(each.value for each in subjects if isinstance(each, ox.NamedNode))

    @property
    def by_predicate(self) -> tuple[Ends, Ends]:
        """The subjects and objects of what came, and of what went, by predicate."""
        return _ends(self.came), _ends(self.gone)


def _ends(triples: Iterable[ox.Triple]) -> Ends:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in triples:
        subject, value = (_iri(each) for each in (triple.subject, triple.object))
        found[triple.predicate.value].append((subject, value))
    return found


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def update(store: ox.Store, old: Mapping[str, str], new: Mapping[str, str]) -> Delta:
    """Replace the graphs `old` by `new` (graph IRI → sorted N-Triples) in an open store.

    Raises ValueError for a blank node, unsorted lines or broken N-Triples.
    """
    left: set[ox.Triple] = set()
    came: set[ox.Triple] = set()
    for name in sorted({*old, *new}):
        graph = ox.NamedNode(name)
        text = new.get(name, "")
        lost, found = difference(old.get(name, ""), text)
        check(text, found)
        before, after = _triples(lost), _triples(found)
        ours, theirs = before - after, after - before
        for triple in ours:
            store.remove(_in(triple, graph))
        store.extend([_in(triple, graph) for triple in theirs])
        if not text:
            store.remove_graph(graph)
        left.update(ours)
        came.update(theirs)
    return _settle(store, left, came)


def _settle(store: ox.Store, left: set[ox.Triple], came: set[ox.Triple]) -> Delta:
    """Bring the default graph up to date with the named ones; return what differs in it."""
    default = ox.DefaultGraph()
    new = {triple for triple in came if _in(triple, default) not in store}
    store.extend([_in(triple, default) for triple in new])
    gone = {triple for triple in left if not _in_named_graph(store, triple)}
    for triple in gone:
        store.remove(_in(triple, default))
    return Delta(frozenset(new), frozenset(gone))


def _in_named_graph(store: ox.Store, triple: ox.Triple) -> bool:
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(q.graph_name != ox.DefaultGraph() and q.triple == triple for q in quads)


def _in(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _triples(lines: Iterable[str]) -> set[ox.Triple]:
    """Return the triples of N-Triples as a store has them: numbers that are equal are one."""
    store = ox.Store()
    try:
        store.load("\n".join(lines), ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise ValueError(f"A graph is not N-Triples: {error}") from error
    return {quad.triple for quad in store}
