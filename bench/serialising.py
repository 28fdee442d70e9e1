"""How fast an entity is written as Turtle, beside rdflib; without HTTP.

    python bench/serialising.py SITE [ROUNDS]

Prints medians of interleaved rounds and their ratio, for the document about
each project of the current edition.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rdflib import Graph

from eugraph.editions import current
from eugraph.server.entities import about
from eugraph.store import Store, serialize
from eugraph.triples.ntriples import split_ntriples
from eugraph.vocabulary import PREFIXES, PROLOGUE

PROJECTS = "SELECT ?iri { ?iri a eug:Project } ORDER BY ?iri LIMIT 5"


def main() -> None:
    """Measure and print."""
    site, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 15  # noqa: PLR2004
    store = Store.read_only(current(site).store)
    for row in store.select(PROLOGUE + PROJECTS):
        output = io.BytesIO()
        query = f"{PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} {{ {about(str(row['iri']))} }}"
        store.query(query).serialize("application/n-triples", output)
        lines = sorted({f"{line}\n" for line in split_ntriples(output.getvalue().decode())})
        graph = Graph().parse(data="".join(lines), format="nt")
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(timed(lambda: serialize(lines, "text/turtle", io.BytesIO())))  # noqa: B023
            theirs.append(timed(lambda: graph.serialize(format="turtle")))  # noqa: B023
        mine, other = statistics.median(ours), statistics.median(theirs)
        told = f"{len(lines)} triples: {mine * 1e3:.2f} ms, rdflib {other * 1e3:.1f} ms"
        print(f"{row['iri']}: {told}, ratio {other / mine:.0f}")


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
