"""Counts over facts that several releases tell, beside rdflib's on the same data."""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from rdflib import Dataset, URIRef

from eugraph.store import BASE, Store
from eugraph.store.patterns import patterns_of

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")

P = "https://x.eu/p#"
QUERIES = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    f"SELECT (COUNT(*) AS ?n) {{ ?s <{P}with> ?o . ?o <{P}in> ?c }}",
    f"SELECT (COUNT(?o) AS ?n) {{ ?s <{P}with> ?o }}",
    f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{P}with>/<{P}in> ?c }}",
    f"SELECT (SUM(?v) AS ?n) {{ ?s <{P}count> ?v }}",
    "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{P}with> ?o }} GROUP BY ?o",
    f"SELECT ?s (COUNT(DISTINCT ?c) AS ?n) {{ ?s <{P}with>/<{P}in> ?c }} GROUP BY ?s",
    f"SELECT ?s (COUNT(?o) AS ?n) {{ ?s <{P}in> ?o }} GROUP BY ?s HAVING (COUNT(?o) > 1)",
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


def solutions(
    store: Store, query: str, default: Sequence[str] = (), named: Sequence[str] = ()
) -> Counter[tuple[str, ...]]:
    """Return the rows of an answer, each with how often it is there."""
    output = io.BytesIO()
    answer = store.query(query, default_graphs=default, named_graphs=named)
    answer.serialize("application/sparql-results+json", output)
    told = json.loads(output.getvalue())
    names, rows = told["head"]["vars"], told["results"]["bindings"]
    return Counter(
        tuple(row[name]["value"] if name in row else "" for name in names) for row in rows
    )


def by_rdflib(dataset: Dataset, query: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(map(str, row)) for row in dataset.query(query))  # type: ignore[arg-type]


def chosen(graphs: Mapping[str, str], default: Sequence[str], named: Sequence[str] = ()) -> Dataset:
    """Return rdflib's dataset of some graphs merged, and some by their names."""
    dataset = Dataset()
    for iri in default:
        dataset.default_graph.parse(data=graphs[iri], format="nt")
    for iri in named:
        dataset.graph(URIRef(iri)).parse(data=graphs[iri], format="nt")
    return dataset


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("query", QUERIES)
def test_what_several_releases_tell_counts_as_rdflib_counts_it(seed: int, query: str) -> None:
    graphs = told_by_releases(seed)
    merged = chosen(graphs, list(graphs))
    assert sum(text.count("\n") for text in graphs.values()) > len(merged.default_graph)
    expected = by_rdflib(merged, query)
    assert expected
    assert solutions(Store.in_memory(graphs), query) == expected


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("default", ["0", "01", "00", "1024", "01234"])
def test_graphs_that_a_query_chooses_are_merged(seed: int, query: str, default: str) -> None:
    graphs = told_by_releases(seed)
    names = [f"https://x.eu/g{n}" for n in default]
    expected = by_rdflib(chosen(graphs, names), query)
    assert expected
    store = Store.in_memory(graphs)
    clauses = " ".join(f"FROM <{name}>" for name in names)
    for _ in range(2):  # it may be kept
        assert solutions(store, query.replace(" {", f" {clauses} {{", 1)) == expected
    assert solutions(store, query, names) == expected
    assert solutions(store, query) == solutions(Store.in_memory(graphs), query)


A = "<https://x.eu/a>"
SHAPES = [
    *QUERIES,
    f"SELECT ?p (COUNT(*) AS ?n) {{ {A} ?p ?o }} GROUP BY ?p",
    f"SELECT ?s (COUNT(*) AS ?n) {{ ?s ?p {A} }} GROUP BY ?s",
    f"SELECT ?o {{ {A} <{P}with>+ ?o }}",
    f"SELECT ?o {{ {A} <{P}with>* ?o }}",
    f"SELECT ?s ?o {{ ?s <{P}in>? ?o }}",
    f"SELECT ?s ?o {{ ?s !<{P}in> ?o }}",
    f"SELECT ?s ?o {{ ?s (^<{P}in>|<{P}with>/<{P}in>) ?o }}",
    f"SELECT ?s {{ ?s <{P}with> ?o FILTER NOT EXISTS {{ ?s <{P}in> ?o }} }}",
    f"SELECT ?s {{ ?s <{P}with> ?o MINUS {{ ?o <{P}in> ?s }} }}",
    f"SELECT ?s ?v {{ ?s <{P}with> {A} OPTIONAL {{ ?s <{P}count> ?v FILTER(?v > 1) }} }}",
    f"SELECT ?s {{ {{ ?s <{P}in> {A} }} UNION {{ {A} <{P}in> ?s }} }}",
    f"SELECT ?s ?n {{ ?s <{P}in> {A} {{ SELECT ?s (SUM(?v) AS ?n) {{ ?s <{P}count> ?v }} GROUP BY ?s }} }}",
    f'SELECT ?s {{ ?s <{P}count> ?v BIND(EXISTS {{ ?s <{P}in> {A} }} AS ?e) FILTER(?v = "01"^^<http://www.w3.org/2001/XMLSchema#integer> && ?e) }}',
    f"SELECT ?s {{ ?s <{P}count> 2 }}",
    f"SELECT ?s {{ VALUES ?p {{ <{P}with> }} ?s ?p {A} }}",
    f"SELECT ?s {{ ?s <{P}wi\\u0074h> {A} }}",
]  # fmt: skip
"""Queries by the ways in which they look at triples."""


@pytest.mark.parametrize("query", SHAPES)
def test_of_many_graphs_all_is_taken_that_a_query_looks_at(
    query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(3):
        graphs = told_by_releases(seed)
        names = [f"https://x.eu/g{n}" for n in (1, 3, 4)]
        store = Store.in_memory(graphs)
        monkeypatch.setattr("eugraph.store.dataset._FEW", 8)
        expected = solutions(store, query, names)
        assert expected
        monkeypatch.setattr("eugraph.store.dataset._FEW", 1)
        for _ in range(2):  # it may be kept
            assert solutions(store, query, names) == expected
        assert solutions(store, QUERIES[0], names) == by_rdflib(chosen(graphs, names), QUERIES[0])


def patterns(query: str) -> set[str] | None:
    found = patterns_of(query, BASE)
    if found is None:
        return None
    return {" ".join("-" if each is None else each.value[-1] for each in one) for one in found}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s <x:p> <x:o> ; <x:q> 1, 'a', _:b }", {"- p o", "- q -"}),
        ("CONSTRUCT { ?s ?p ?o } { <x:s> ?p ?o }", {"s - -"}),
        ("SELECT * { ?s <x:p>/^<x:q>+|(<x:r>) ?o }", {"- p -", "- q -", "- r -"}),
        ("SELECT * { GRAPH ?g { ?s a <x:c> } FILTER EXISTS { ?s <r> ?o } }", {"- e c", "- r -"}),
        ("ASK {}", set()),
        ("SELECT * { ?s ?p ?o }", None),
        ("SELECT * { ?s ?p 'a' }", None),
        ("SELECT * { <x:s> <x:p>* ?o }", None),
        ("SELECT * { <x:s> (<x:p>?)/<x:q> ?o }", None),
        ("SELECT * { ?s !(<x:p>|^<x:q>) ?o }", None),
        ("DESCRIBE ?s { ?s a <x:c> }", None),
        ("SELECT * { ?s <x:\\u0070> ?o }", None),
        ("SELECT * { << ?s <x:p> ?o >> <x:q> ?r }", None),
        ("SELECT * { ?s <x:p> ", None),
    ],
)
def test_what_a_query_can_look_at(query: str, expected: set[str] | None) -> None:
    assert patterns(query) == expected


@pytest.mark.parametrize("few", [8, 1])
@pytest.mark.parametrize("named", ["", "0", "12", "110"])
@pytest.mark.parametrize("default", ["", "0", "34", "01", "43210"])
def test_named_graphs_stay_apart_beside_those_that_are_merged(
    default: str, named: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not default + named:
        return
    monkeypatch.setattr("eugraph.store.dataset._FEW", few)
    graphs = told_by_releases(7)
    merged, apart = ([f"https://x.eu/g{n}" for n in each] for each in (default, named))
    store, dataset = Store.in_memory(graphs), chosen(graphs, merged, apart)
    clauses = [f"FROM <{name}>" for name in merged] + [f"FROM NAMED <{name}>" for name in apart]
    for query in (
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }",
        f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{P}in> ?o }} }} GROUP BY ?g",
        f"SELECT (COUNT(*) AS ?n) {{ ?s <{P}in> ?o . GRAPH ?g {{ ?o <{P}with> ?s }} }}",
        "SELECT ?g { GRAPH ?g {} }",
    ):
        expected = by_rdflib(dataset, query)
        told = query.replace(" {", f" {' '.join(clauses)} {{", 1)
        assert solutions(store, told) == expected, told
        assert solutions(store, query, merged, apart) == expected
