"""Each accepted fact is one nanopublication, whose IRI is a digest of what it says."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from eugraph.store.nanopublications import BASE, NANOPUB, nanopublications, write_nanopublications
from eugraph.vocabulary import ASSERTION_STATUS, EUG, OA, PROLOGUE

HERE = Path(__file__).parents[1]
ACCEPTED = {ASSERTION_STATUS.stated, ASSERTION_STATUS.inferred}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(HERE / "validation" / "bridge.ttl")


@pytest.fixture(scope="module")
def lines(graph: Graph) -> list[str]:
    return sorted(graph.serialize(format="nt").splitlines(keepends=True))


def written(lines: list[str]) -> bytes:
    output = io.BytesIO()
    write_nanopublications(lines, output)
    return output.getvalue()


@pytest.fixture(scope="module")
def store(lines: list[str]) -> ox.Store:
    store = ox.Store()
    store.load(written(lines), ox.RdfFormat.TRIG)
    return store


def rows(store: ox.Store, pattern: str) -> list[list[str]]:
    answer = store.query(f"{PROLOGUE}PREFIX np: <{NANOPUB}>\nSELECT * WHERE {{ {pattern} }}")
    assert isinstance(answer, ox.QuerySolutions)
    return [[str(value) for value in row] for row in answer]


def test_every_accepted_assertion_has_one_with_four_graphs(graph: Graph, store: ox.Store) -> None:
    accepted = [a for a, s in graph.subject_objects(EUG.assertionStatus) if s in ACCEPTED]
    complete = """GRAPH ?head { ?this a np:Nanopublication ; np:hasAssertion ?assertion ;
            np:hasProvenance ?provenance ; np:hasPublicationInfo ?about }
        GRAPH ?assertion { ?s ?p ?o }
        GRAPH ?provenance { ?assertion prov:wasDerivedFrom ?a .
            ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
        GRAPH ?about { ?this dcterms:license ?licence }"""

    assert len(rows(store, complete)) == len(accepted) > 20


def test_the_words_are_in_the_provenance_of_what_is_stated(graph: Graph, store: ox.Store) -> None:
    words = """GRAPH ?provenance { ?a eug:assertionStatus astat:stated ;
        eug:hasEvidence/oa:hasSelector/oa:exact ?quote }"""
    path = EUG.hasEvidence / OA.hasSelector / OA.exact
    stated = graph.subjects(EUG.assertionStatus, ASSERTION_STATUS.stated)

    expected = {(f"<{a}>", f'"{quote}"') for a in stated for quote in graph.objects(a, path)}
    assert {(a, quote) for _, a, quote in _ordered(store, words)} == expected


def _ordered(store: ox.Store, pattern: str) -> list[tuple[str, str, str]]:
    answer = store.query(f"{PROLOGUE}SELECT ?provenance ?a ?quote WHERE {{ {pattern} }}")
    assert isinstance(answer, ox.QuerySolutions)
    return [(str(row["provenance"]), str(row["a"]), str(row["quote"])) for row in answer]


def test_the_iri_is_the_digest_of_the_content(lines: list[str]) -> None:
    """By hand, as the module RA of trusty URIs has it: sorted, the digest itself a blank."""
    for quads in nanopublications(lines):
        code = str(quads[0].graph_name).removeprefix(f"<{BASE}").partition("#")[0]
        terms = sorted(
            {tuple(by_hand(term, code) for term in (q[3], q[0], q[1], q[2])) for q in quads}
        )
        content = "".join(line for row in terms for _, line in row)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest())
        assert code == "RA" + digest.decode().rstrip("=")


def by_hand(term: object, code: str) -> tuple[tuple[bool, str, str, str], str]:
    if isinstance(term, ox.NamedNode):
        text = term.value.replace(code, " ")
        return (False, text, "", ""), text + "\n"
    assert isinstance(term, ox.Literal)
    text = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    if term.language:
        return (True, term.value, "", term.language), f"@{term.language} {text}\n"
    return (True, term.value, term.datatype.value, ""), f"^{term.datatype.value} {text}\n"


def test_the_same_facts_give_the_same_bytes_and_others_other_iris(lines: list[str]) -> None:
    changed = [line.replace("Tilti starp", "Mūri starp") for line in lines]

    assert written(lines) == written(lines)
    names = [set(iris(each)) for each in (lines, sorted(changed))]
    assert names[0] - names[1]
    assert names[0] & names[1]


def iris(lines: list[str]) -> list[str]:
    return [str(quads[0].graph_name) for quads in nanopublications(lines)]
