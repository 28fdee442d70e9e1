"""Assertions written as RDF 1.2 and read again are the same assertions."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from eugraph.store.triple_terms import (
    MEDIA_TYPES,
    read_triple_terms,
    with_triple_terms,
    without_triple_terms,
    write_triple_terms,
)

HERE = Path(__file__).parents[1]
TRICKY = (
    '<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> "a )>> \\" .\\n <<( b"@lv .\n',
    "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <urn:p> .\n",
    "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <urn:s> .\n",
    '<urn:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> "no assertion" .\n',
    "<urn:s> <urn:p> <urn:o> .\n",
)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    graph = Graph().parse(HERE / "validation" / "bridge.ttl")
    return sorted(graph.serialize(format="nt").splitlines(keepends=True))


def written(lines: list[str], media_type: str) -> bytes:
    output = io.BytesIO()
    write_triple_terms(lines, media_type, output)
    return output.getvalue()


def test_turtle_to_rdf_1_2_to_turtle_keeps_every_assertion(lines: list[str]) -> None:
    assert read_triple_terms(written(lines, MEDIA_TYPES[0])) == lines


def test_n_triples_are_what_turtle_says(lines: list[str]) -> None:
    turtle = ox.parse(written(lines, MEDIA_TYPES[0]), ox.RdfFormat.TURTLE)
    triples = ox.parse(written(lines, MEDIA_TYPES[1]), ox.RdfFormat.N_TRIPLES)

    assert set(turtle) == set(triples)


def test_each_assertion_reifies_one_triple_term(lines: list[str]) -> None:
    said = [line for line in with_triple_terms(lines) if "reifies" in line]
    assertions = [line for line in lines if "#subject>" in line]

    assert len(said) == len(assertions) > 20
    assert not any("#subject>" in line for line in with_triple_terms(lines))


def test_a_literal_may_look_like_a_triple_term() -> None:
    told = list(with_triple_terms(TRICKY))

    assert sum("reifies" in line for line in told) == 1
    assert list(without_triple_terms(told)) == list(TRICKY)
    assert read_triple_terms(written(list(TRICKY), MEDIA_TYPES[0])) == list(TRICKY)


def test_a_query_of_sparql_1_2_finds_the_words(lines: list[str]) -> None:
    store = ox.Store()
    store.load(written(lines, MEDIA_TYPES[0]), ox.RdfFormat.TURTLE)
    query = """PREFIX eug: <https://w3id.org/eugraph/ontology#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?quote WHERE { << ?p eug:statedCountryCount ?n ~ ?a >>
            eug:hasEvidence/oa:hasSelector/oa:exact ?quote }"""

    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    assert sorted(str(row["quote"]) for row in answer) == ['"2 countries"', '"2 valstīm"']
