"""A store brought up to date: only the triples that came or went are written.

A triple leaves the default graph when the last graph that tells it does; that
is looked up, one triple at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from eugraph.store.graphs import merged


def update(store: ox.Store, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Replace the graphs `old` by `new` (graph IRI → sorted N-Triples) in an open store.

    Raises ValueError for a blank node, unsorted lines or broken N-Triples.
    """
    gone: set[ox.Triple] = set()
    for name in sorted({*old, *new}):
        graph = ox.NamedNode(name)
        was, now = (set(merged([graphs.get(name, "")])) for graphs in (old, new))
        left = set(_triples(was - now))
        for triple in left:
            store.remove(_in(triple, graph))
        came = _triples(now - was)
        store.extend([_in(triple, graph) for triple in came])
        store.extend([_in(triple, ox.DefaultGraph()) for triple in came])
        if not now:
            store.remove_graph(graph)
        gone |= left
    for triple in gone:
        if not _is_told(store, triple):
            store.remove(_in(triple, ox.DefaultGraph()))


def _is_told(store: ox.Store, triple: ox.Triple) -> bool:
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name != ox.DefaultGraph() for quad in quads)


def _in(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _triples(lines: Iterable[str]) -> list[ox.Triple]:
    text = "".join(lines)
    try:
        return [quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)]
    except SyntaxError as error:
        raise ValueError(f"A graph is not N-Triples: {error}") from error
