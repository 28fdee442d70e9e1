"""DESCRIBE: the concise bounded description of a resource, with the names of what it mentions.

The engine gives what is said of the resource, blank nodes followed
(https://www.w3.org/submissions/CBD/, section 3). Our graph has no blank nodes
but points to nodes of its own, so a description would be a list of IRIs:
the names of all that it mentions follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, RDFS, SKOS

from eugraph.vocabulary import EUG, SCHEMA

NAMES: Final = tuple(
    ox.NamedNode(str(name))
    for name in (
        SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name, SCHEMA.name, EUG.acronym,
    )
)  # fmt: skip
"""The properties that give a thing its name."""

_NAMES: Final = frozenset(NAMES)

Graph = ox.NamedNode | ox.DefaultGraph

_KEPT: Final = 10_000
"""Of how many terms the names are kept: properties and classes are in every description."""


class Names:
    """What a store that does not change calls the things in it."""

    def __init__(self, store: ox.Store) -> None:
        """Look names up in `store`."""
        self._store = store
        self._known: dict[ox.NamedNode, tuple[ox.Triple, ...]] = {}

    def follow(
        self, triples: Iterable[ox.Triple], graphs: Sequence[ox.NamedNode]
    ) -> Iterator[ox.Triple]:
        """Yield `triples`, then what `graphs` call the IRIs in them, each triple once.

        Without `graphs` it is the default graph that tells.
        """
        named: set[ox.Triple] = set()  # to keep all triples takes longer than to find the names
        mentioned: dict[ox.NamedNode, None] = {}
        for triple in triples:
            yield triple
            predicate = triple.predicate
            if predicate in _NAMES:
                named.add(triple)
            for term in (triple.subject, predicate, triple.object):
                if isinstance(term, ox.NamedNode):
                    mentioned[term] = None
        subjects = {triple.subject for triple in named}
        for term in mentioned:
            for name in self._of(term, graphs):
                if term not in subjects or name not in named:
                    yield name

    def _of(self, term: ox.NamedNode, graphs: Sequence[ox.NamedNode]) -> Iterable[ox.Triple]:
        """Return what names `term`, each triple once."""
        if graphs:
            return dict.fromkeys(chain.from_iterable(self._look_up(term, g) for g in graphs))
        known = self._known.get(term)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[term] = self._look_up(term, ox.DefaultGraph())
        return known

    def _look_up(self, term: ox.NamedNode, graph: Graph) -> tuple[ox.Triple, ...]:
        return tuple(
            quad.triple
            for name in NAMES
            for quad in self._store.quads_for_pattern(term, name, None, graph)
        )
