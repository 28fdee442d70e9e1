"""How fast an entity is written as Turtle, beside rdflib; without HTTP.

    python bench/serialising.py SITE [ROUNDS]

Prints medians of interleaved rounds and their ratio, for the document about
each project of the current edition: from the triples that the engine found,
put in order, and from a graph of rdflib. Processor time, for ours is over
before another process gets its turn. What the query takes, which finds the
triples, is told besides.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from eugraph.editions import current
from eugraph.server.entities import about
from eugraph.store import DOCUMENT, Store, read_document
from eugraph.store.document import in_order, turtle
from eugraph.vocabulary import PREFIXES, PROLOGUE

PROJECTS = "SELECT ?iri { ?iri a eug:Project } ORDER BY ?iri LIMIT 5"
TIMES = 20


def main() -> None:
    """Measure and print."""
    site, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 15  # noqa: PLR2004
    store = Store.read_only(current(site).store)
    for row in store.select(PROLOGUE + PROJECTS):
        query = f"{PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} {{ {about(str(row['iri']))} }}"
        began = time.process_time()
        found = document(store, query)
        asking = time.process_time() - began
        triples = [each.triple for each in ox.parse(found, ox.RdfFormat.N_TRIPLES)]
        graph = Graph().parse(data=found, format="nt")
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(timed(lambda: written(triples)) / TIMES)  # noqa: B023
            theirs.append(timed(lambda: graph.serialize(format="turtle")))  # noqa: B023
        mine, other = statistics.median(ours), statistics.median(theirs)
        line = f"{len(triples)} triples: {mine * 1e3:.2f} ms, rdflib {other * 1e3:.1f} ms"
        line += f", ratio {other / mine:.0f} (query and all {asking * 1e3:.1f} ms)"
        print(f"{row['iri']}: {line}")


def document(store: Store, query: str) -> bytes:
    """Return the lines of what a query finds."""
    output = io.BytesIO()
    store.query(query).serialize(DOCUMENT, output)
    return "".join(read_document(output.getvalue())[0]).encode()


def written(triples: list[ox.Triple]) -> None:
    """Write a graph some times: one time alone is too short to measure."""
    for _ in range(TIMES):
        turtle(in_order(triples))


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds of the processor `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
