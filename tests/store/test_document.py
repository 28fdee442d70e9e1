"""The document about a thing has two forms, which say the same."""

from __future__ import annotations

import io

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from eugraph.store import DOCUMENT, Store, read_document, serialize
from eugraph.store.document import write_document

NODES = st.sampled_from(
    [
        ox.NamedNode(f"https://w3id.org/eugraph/{path}")
        for path in ("id/org/a", "id/b", "ontology#C")
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(ox.Literal, TEXTS, language=st.sampled_from(["en", "lv"])),
    st.builds(ox.Literal, st.integers(0, 300)),
)
TRIPLES = st.lists(st.builds(ox.Triple, NODES, NODES, st.one_of(NODES, LITERALS)), max_size=12)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TRIPLES)
def test_both_forms_are_those_that_are_made_one_by_one(triples: list[ox.Triple]) -> None:
    output, plain, turtle = io.BytesIO(), io.BytesIO(), io.BytesIO()
    write_document(dict.fromkeys(triples), output)

    lines, written = read_document(output.getvalue())

    ox.serialize(triples, plain, ox.RdfFormat.N_TRIPLES)
    assert lines == sorted({f"{line}\n" for line in plain.getvalue().decode().split("\n")[:-1]})
    serialize(lines, "text/turtle", turtle)
    assert written == turtle.getvalue()
    assert len(Graph().parse(data=written, format="turtle")) == len(set(triples))


def test_no_triple_of_a_construction_comes_twice() -> None:
    graph = {"https://example.org/g": "<https://e.org/a> <https://e.org/p> <https://e.org/b> .\n"}
    output = io.BytesIO()
    query = (
        "CONSTRUCT { ?s ?p ?o } { { ?s ?p ?o } UNION { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    )

    Store.in_memory(graph).query(query).serialize(DOCUMENT, output)

    assert read_document(output.getvalue())[0] == [*graph.values()]


def test_solutions_have_no_such_form() -> None:
    store = Store.in_memory({})

    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }").can_be(DOCUMENT)
    assert not store.query("SELECT * { ?s ?p ?o }").can_be(DOCUMENT)
    assert not store.query("ASK { ?s ?p ?o }").can_be(DOCUMENT)
    assert DOCUMENT not in store.query("CONSTRUCT WHERE { ?s ?p ?o }").media_types
