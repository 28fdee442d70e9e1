"""The dataset that a query chooses: graphs merged as its default graph, and named ones beside it.

The engine unites the graphs of several FROM clauses without merging what they
share, and takes a graph that is named twice for two: a COUNT came out too
large. So several are merged first, into a store of their own in memory, and
each is named once.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

_KEPT_BYTES: Final = 8 << 20
"""How long the N-Triples of a dataset may be that is kept for the next query."""


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


class Merged:
    """Stores of chosen datasets, of which the last one is kept."""

    def __init__(self, store: ox.Store) -> None:
        """Merge graphs of `store`, which does not change and whose default graph unites all."""
        self._store = store
        self._kept: tuple[Dataset, ox.Store] | None = None

    def of(self, dataset: Dataset) -> ox.Store:
        """Return a store whose default graph has each triple of the chosen ones once.

        The graphs with names are in it by their names, others may be besides.
        """
        if self._kept is not None and self._kept[0] == dataset:
            return self._kept[1]
        if self._names <= set(dataset.default):  # the union of all is there already
            return self._store
        self._kept = None
        merged = ox.Store()
        size = self._load(merged, dataset.default, ox.DefaultGraph())
        for name in dataset.named:
            size += self._load(merged, [name], ox.NamedNode(name))
        if size <= _KEPT_BYTES:
            self._kept = dataset, merged
        return merged

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(graph.value for graph in self._store.named_graphs())

    def _load(
        self, merged: ox.Store, names: Sequence[str], graph: ox.NamedNode | ox.DefaultGraph
    ) -> int:
        triples = io.BytesIO()
        for name in names:
            self._store.dump(triples, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name))
        size = triples.tell()
        triples.seek(0)
        merged.bulk_load(triples, ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)
        return size
