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

Graphs = Sequence[ox.NamedNode | ox.DefaultGraph]


def with_names(
    triples: Iterable[ox.Triple], store: ox.Store, graphs: Graphs
) -> Iterator[ox.Triple]:
    """Yield `triples`, then what `graphs` of `store` call the IRIs in them, each triple once."""
    said: set[ox.Triple] = set()
    mentioned: dict[ox.NamedNode, None] = {}
    for triple in triples:
        said.add(triple)
        yield triple
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                mentioned[term] = None
    for name in chain.from_iterable(_names(term, store, graphs) for term in mentioned):
        if name not in said:
            said.add(name)
            yield name


def _names(term: ox.NamedNode, store: ox.Store, graphs: Graphs) -> Iterator[ox.Triple]:
    for graph in graphs:
        for name in NAMES:
            for quad in store.quads_for_pattern(term, name, None, graph):
                yield quad.triple
