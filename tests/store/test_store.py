"""The store of one edition."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from csv import reader
from pathlib import Path

import pytest
import rdflib

from eugraph.errors import (
    MalformedQueryError,
    QueryLimitError,
    SiteError,
)
from eugraph.store import BASE, Store

G1, G2 = "https://example.org/g1", "https://example.org/g2"
SHARED = "<https://example.org/p> <https://example.org/country> <https://example.org/LV> .\n"
ONE = SHARED + '<https://example.org/p> <https://example.org/name> "Viens"@lv .\n'
TWO = SHARED + '<https://example.org/p> <https://example.org/name> "One"@en .\n'
GRAPHS = {G1: ONE, G2: TWO}


@pytest.fixture
def store() -> Store:
    return Store.in_memory(GRAPHS)


def csv(store: Store, query: str, *, default: str = "", named: str = "", base: str = BASE) -> str:
    """Return the answer to `query` as CSV."""
    output = io.BytesIO()
    answer = store.query(
        query,
        default_graphs=[default] if default else (),
        named_graphs=[named] if named else (),
        base=base,
    )
    answer.serialize("text/csv", output)
    return output.getvalue().decode().replace("\r\n", " ").strip()


def test_what_two_graphs_state_is_counted_once(store: Store) -> None:
    assert csv(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == "n 3"
    assert csv(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == "n 4"


# rdflib 7.6 warns of its own calls
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_counts_the_same() -> None:
    dataset = rdflib.Dataset(default_union=True)
    for name, text in GRAPHS.items():
        dataset.graph(rdflib.URIRef(name)).parse(data=text, format="nt")
    query = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
    ours = list(Store.in_memory(GRAPHS).select(query))
    theirs = dataset.query(query).bindings
    assert ours == [{str(name): value for name, value in row.items()} for row in theirs]


def test_a_store_on_disk_answers_as_one_in_memory(tmp_path: Path, store: Store) -> None:
    Store.create(tmp_path / "store", GRAPHS)
    query = "SELECT * { ?s ?p ?o } ORDER BY ?p ?o"
    assert csv(Store.read_only(tmp_path / "store"), query) == csv(store, query)


def test_no_store_is_a_site_error(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="build"):
        Store.read_only(tmp_path / "nothing")


def test_the_datasets_of_the_protocol_replace_those_of_the_query(store: Store) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{G2}> {{ ?s ?p ?o }}"
    assert csv(store, query) == "n 2"
    assert csv(store, query, default=G1) == "n 2"
    assert csv(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", named=G1) == "n 0"
    assert csv(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", named=G1) == f"g {G1}"
    assert csv(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", default=G1) == "g"


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "ftp://127.0.0.1/x", "no iri", "x"])
def test_a_dataset_of_files_is_refused(store: Store, graph: str) -> None:
    with pytest.raises(MalformedQueryError):
        csv(store, "SELECT * { ?s ?p ?o }", default=graph)
    with pytest.raises(MalformedQueryError):
        csv(store, f"SELECT * FROM NAMED <{graph.replace(' ', '%20')}> {{ ?s ?p ?o }}", base="x:y")


def test_an_unknown_graph_is_empty(store: Store) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert csv(store, query, default=G1 + "0") == "n 0"


def test_a_syntax_error_tells_line_and_column(store: Store) -> None:
    with pytest.raises(MalformedQueryError) as caught:
        store.query("SELECT * {\n ?s ?p ")
    assert (caught.value.line, caught.value.column) == (2, 8)


def test_relative_iris_resolve_against_the_address_of_the_data(store: Store) -> None:
    assert csv(store, "SELECT (STR(<x>) AS ?v) {}") == "v https://w3id.org/eugraph/id/x"


def test_select_gives_terms_of_rdflib(store: Store) -> None:
    query = (
        'SELECT ?name ("1" AS ?text) (2 AS ?number) ?none'
        ' { ?s <https://example.org/name> ?name FILTER(LANG(?name) = "lv") }'
    )
    assert list(store.select(query)) == [
        {
            "name": rdflib.Literal("Viens", lang="lv"),
            "text": rdflib.Literal("1"),
            "number": rdflib.Literal(2),
        }
    ]


@pytest.mark.parametrize(
    "media_type",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
def test_an_answer_stops_at_its_rows(store: Store, media_type: str) -> None:
    query = "SELECT * { ?s ?p ?o }"
    store.query(query).serialize(media_type, io.BytesIO(), rows=3)
    with pytest.raises(QueryLimitError) as caught:
        store.query(query).serialize(media_type, io.BytesIO(), rows=2)
    assert caught.value.limit == "query_rows"


def test_a_graph_stops_at_its_triples(store: Store) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    store.query(query).serialize("text/turtle", io.BytesIO(), rows=3)
    with pytest.raises(QueryLimitError):
        store.query(query).serialize("text/turtle", io.BytesIO(), rows=2)


def test_turtle_is_written_with_the_prefixes_of_the_query(store: Store) -> None:
    output = io.BytesIO()
    query = "PREFIX ex: <https://example.org/> CONSTRUCT { ?s ex:in ?o } { ?s ex:country ?o }"
    store.query(query).serialize("text/turtle", output)
    assert "ex:p ex:in ex:LV" in output.getvalue().decode()


def test_an_output_that_fails_ends_the_evaluation(store: Store) -> None:
    class Gone:
        def write(self, block: bytes) -> int:
            raise BrokenPipeError(len(block))

        def flush(self) -> None: ...

    with pytest.raises(BrokenPipeError):
        store.query("SELECT * { ?s ?p ?o }").serialize("text/csv", Gone())


def test_falsy_values_survive(store: Store) -> None:
    output = io.BytesIO()
    query = 'SELECT (0 AS ?a) (false AS ?b) ("" AS ?c) {}'
    store.query(query).serialize("application/sparql-results+json", output)
    (row,) = json.loads(output.getvalue())["results"]["bindings"]
    assert {name: cell["value"] for name, cell in row.items()} == {"a": "0", "b": "false", "c": ""}


def test_broken_triples_are_refused() -> None:
    with pytest.raises(ValueError, match="N-Triples"):
        Store.in_memory({G1: "<a:b> nonsense .\n"})


def test_a_comma_in_an_iri_does_not_split_a_field_of_csv() -> None:
    """IRIs of evidence end in `#char=1,30`; the engine's own CSV leaves them unquoted."""
    line = '<https://example.org/t#char=1,30> <https://example.org/p> "a, \\"b\\"\\nc" .\n'
    store = Store.in_memory({"https://w3id.org/eugraph/id/graph/a": line})
    output = io.BytesIO()

    store.query("SELECT ?s ?o ?n WHERE { ?s ?p ?o }").serialize("text/csv", output)

    rows = list(reader(io.StringIO(output.getvalue().decode(), newline="")))
    assert rows == [["s", "o", "n"], ["https://example.org/t#char=1,30", 'a, "b"\nc', ""]]


NAMED = "http://www.w3.org/2004/02/skos/core#prefLabel"


def described(store: Store, query: str, default_graphs: Sequence[str] = ()) -> list[str]:
    output = io.BytesIO()
    store.query(query, default_graphs=default_graphs).serialize("application/n-triples", output)
    return output.getvalue().decode().splitlines()


def test_a_description_names_what_it_mentions_once() -> None:
    graphs = {
        "a:g": '<a:x> <a:p> <a:y> .\n<a:x> <a:q> "text" .\n',
        "a:h": f'<a:p> <http://www.w3.org/2000/01/rdf-schema#label> "has"@en .\n<a:y> <{NAMED}> "Y" .\n'
        f'<a:z> <{NAMED}> "Z" .\n',
    }
    store = Store.in_memory(graphs)
    assert sorted(described(store, "DESCRIBE <a:x>")) == [
        '<a:p> <http://www.w3.org/2000/01/rdf-schema#label> "has"@en .',
        "<a:x> <a:p> <a:y> .",
        '<a:x> <a:q> "text" .',
        f'<a:y> <{NAMED}> "Y" .',
    ]
    # What names itself is not said twice, and a chosen dataset is not left.
    assert described(store, "DESCRIBE <a:y>") == [f'<a:y> <{NAMED}> "Y" .']
    web = {"https://x/g": graphs["a:g"], "https://x/h": graphs["a:h"]}
    chosen = described(Store.in_memory(web), "DESCRIBE <a:x>", default_graphs=["https://x/g"])
    by_clause = described(Store.in_memory(web), "DESCRIBE <a:x> FROM <https://x/g>")
    assert len(chosen) == len(by_clause) == 2


def test_a_description_is_bounded_like_any_answer() -> None:
    lines = "".join(sorted(f'<a:x> <a:p> "{number:04}" .\n' for number in range(50)))
    store = Store.in_memory({"a:g": lines})
    with pytest.raises(QueryLimitError, match="more than 49"):
        store.query("DESCRIBE <a:x>").serialize("text/turtle", io.BytesIO(), rows=49)
    store.query("DESCRIBE <a:x>").serialize("text/turtle", io.BytesIO(), rows=50)


@pytest.mark.parametrize("iri", ["http://[", "http://x/\x01", "http://x/{}", "http://x/|", "urn:x"])
def test_a_graph_that_no_iri_names_is_the_fault_of_who_asks(store: Store, iri: str) -> None:
    with pytest.raises(MalformedQueryError, match="names no graph"):
        csv(store, "ASK {}", default=iri)
    with pytest.raises(MalformedQueryError):
        csv(store, f"DESCRIBE <http://x/> FROM <{iri}>")
