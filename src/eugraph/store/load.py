"""Filling a store with graphs, some at a time.

Each load of the engine writes files of its own. With one for each graph a
store of 1,000 releases had 4,000 files and took a tenth of a second to open;
all graphs at once take all memory.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from eugraph.store.graphs import merged

_LINES: Final = 100_000
_CHARACTERS: Final = 32_000_000
"""So much is given to the engine at once; more takes more memory and is not faster."""


def load(store: ox.Store, graphs: Mapping[str, str], *, optimize: bool) -> ox.Store:
    """Fill an empty store with named graphs (IRI → sorted N-Triples), and their union.

    Raises ValueError for a blank node, unsorted lines or broken N-Triples.
    """
    lines = merged(graphs.values())
    try:
        for part in _quads(graphs):
            store.bulk_load(part.encode(), ox.RdfFormat.N_QUADS)
        while part := "".join(itertools.islice(lines, _LINES)):
            store.bulk_load(part.encode(), ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise ValueError(f"A graph is not N-Triples: {error}") from error
    if optimize:
        store.optimize()
        store.flush()
    return store


def _quads(graphs: Mapping[str, str]) -> Iterator[str]:
    """Yield the N-Quads of named graphs, some graphs at a time."""
    part: list[str] = []
    for name, text in graphs.items():
        graph = ox.NamedNode(name)
        part.append(text.replace(" .\n", f" {graph} .\n"))  # no literal has a raw line feed
        if sum(map(len, part)) > _CHARACTERS:
            yield "".join(part)
            part.clear()
    yield "".join(part)
