"""The dataset that a query chooses: graphs merged as its default graph, and named ones beside it.

The engine unites the graphs of several FROM clauses without merging what they
share, and takes a graph that is named twice for two: a COUNT came out too
large. So several are merged first, into a store of their own in memory, and
each is named once. Of many graphs only what the query can look at is taken
(`patterns`): measured on those of 1,000 releases, all of them would take twice
the memory and the time that a query has.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from eugraph.store.patterns import Pattern

_KEPT: Final = 50_000
"""How many triples a dataset may have that is kept for the next query."""

_FEW: Final = 8
"""So many graphs are merged in whole, which serves whatever is asked of them next."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Graphs by their IRIs, each once: those of the default graph, and those that have a name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @classmethod
    def of(cls, default: Iterable[str], named: Iterable[str]) -> Dataset:
        """Return the dataset of graphs as they are told, which may be more than once."""
        return cls(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named)))

    def __bool__(self) -> bool:
        """Tell whether anything is chosen; else it is all there is."""
        return bool(self.default or self.named)


_Taken: TypeAlias = "tuple[Dataset, frozenset[Pattern] | None]"
"""What of which graphs is in a store."""


class Merged:
    """Stores of chosen datasets, of which the last one is kept."""

    def __init__(self, store: ox.Store) -> None:
        """Merge graphs of `store`, which does not change and whose default graph unites all."""
        self._store = store
        self._kept: tuple[_Taken, ox.Store] | None = None

    def of(self, dataset: Dataset, text: str, base: str) -> ox.Store:
        """Return a store whose default graph has each triple of the chosen ones once.

        The graphs with names are in it by their names, others may be besides.
        Of many graphs there is what the query `text` can look at.
        """
        if self._names <= set(dataset.default):  # the union of all is there already
            return self._store
        wanted = None
        if len(dataset.default) + len(dataset.named) > _FEW:
            from eugraph.store.patterns import patterns_of  # a parser that few queries need

            wanted = patterns_of(text, base)
        taken = dataset, wanted
        if self._kept is not None and self._kept[0] == taken:
            return self._kept[1]
        self._kept = None
        merged = ox.Store()
        self._take(merged, dataset.default, ox.DefaultGraph(), wanted)
        for name in dataset.named:
            self._take(merged, [name], ox.NamedNode(name), wanted)
        if len(merged) <= _KEPT:
            self._kept = taken, merged
        return merged

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(graph.value for graph in self._store.named_graphs())

    def _take(
        self,
        merged: ox.Store,
        names: Sequence[str],
        graph: ox.NamedNode | ox.DefaultGraph,
        wanted: Collection[Pattern] | None,
    ) -> None:
        """Put what is `wanted` of the graphs called `names` into `graph` of `merged`."""
        if wanted is None:
            self._load(merged, names, graph)
            return
        there = [name for name in names if name in self._names]
        if there and isinstance(graph, ox.NamedNode):
            merged.add_graph(graph)  # GRAPH finds it, whatever of it is wanted
        for pattern in wanted:
            merged.bulk_extend(
                ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                for name in there
                for quad in self._store.quads_for_pattern(*pattern, ox.NamedNode(name))
            )

    def _load(
        self, merged: ox.Store, names: Sequence[str], graph: ox.NamedNode | ox.DefaultGraph
    ) -> None:
        triples = io.BytesIO()
        for name in names:
            self._store.dump(triples, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name))
        triples.seek(0)
        merged.bulk_load(triples, ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)
