"""Counts over facts that several releases tell, beside rdflib's on the same data."""

from __future__ import annotations

import io
import json
import random

import pytest
from rdflib import Graph

from eugraph.store import Store

P = "https://x.eu/p#"
QUERIES = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    f"SELECT (COUNT(*) AS ?n) {{ ?s <{P}with> ?o . ?o <{P}in> ?c }}",
    f"SELECT (COUNT(?o) AS ?n) {{ ?s <{P}with> ?o }}",
    f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{P}with>/<{P}in> ?c }}",
    f"SELECT (SUM(?v) AS ?n) {{ ?s <{P}count> ?v }}",
]


def told_by_releases(seed: int) -> dict[str, str]:
    """Return the graphs of five releases that tell much the same."""
    draw = random.Random(seed)  # noqa: S311  # the same data each time
    things = [f"<https://x.eu/{name}>" for name in "abcde"]
    facts = [f"{s} <{P}{p}> {o} .\n" for s in things for p in ("with", "in") for o in things]
    facts += [
        f'{s} <{P}count> "{n}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        for s in things
        for n in range(3)
    ]
    return {f"https://x.eu/g{n}": "".join(sorted(draw.sample(facts, 30))) for n in range(5)}


def counted(store: Store, query: str) -> int:
    output = io.BytesIO()
    store.query(query).serialize("application/sparql-results+json", output)
    (row,) = json.loads(output.getvalue())["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.mark.parametrize("seed", range(3))
def test_what_several_releases_tell_counts_as_rdflib_counts_it(seed: int) -> None:
    graphs = told_by_releases(seed)
    merged = Graph()
    for text in graphs.values():
        merged.parse(data=text, format="nt")
    assert sum(text.count("\n") for text in graphs.values()) > len(merged)
    store = Store.in_memory(graphs)
    for query in QUERIES:
        (row,) = merged.query(query)
        assert counted(store, query) == int(str(row[0])), query  # type: ignore[index]
