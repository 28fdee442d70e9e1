"""JSON-LD by the shipped context is compact, complete, and says the same as the graph."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF

from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, IRI_BASE

CONTEXT = json.loads(shipped("ontology/context.jsonld").read_text(encoding="utf-8"))["@context"]
BRIDGE = Path(__file__).parents[1] / "validation" / "bridge.ttl"


@pytest.fixture(scope="module")
def bridge() -> Graph:
    return Graph().parse(BRIDGE)


def iri(name: str) -> str:
    entry = CONTEXT[name]
    short = entry["@id"] if isinstance(entry, dict) else entry
    prefix, _, local = short.partition(":")
    return f"{CONTEXT[prefix]}{local}" if prefix in CONTEXT else str(short)


def test_every_term_has_its_own_name() -> None:
    ontology = Graph().parse(shipped("ontology/eugraph.ttl"))
    for term in ontology.subjects(RDF.type, None):
        if str(term).startswith(str(EUG)):
            assert iri(str(term).removeprefix(str(EUG))) == str(term)


def test_object_properties_have_iris_as_values_and_others_have_not() -> None:
    ontology = Graph().parse(shipped("ontology/eugraph.ttl"))
    for term in ontology.subjects(RDF.type, OWL.ObjectProperty):
        if str(term).startswith(str(EUG)):
            assert CONTEXT[str(term).removeprefix(str(EUG))]["@type"] == "@id"
    for term in ontology.subjects(RDF.type, OWL.DatatypeProperty):
        if str(term).startswith(str(EUG)):
            entry = CONTEXT[str(term).removeprefix(str(EUG))]
            assert entry if isinstance(entry, str) else entry.get("@type") != "@id"


def test_a_graph_survives_the_way_to_json_ld_and_back(bridge: Graph) -> None:
    text = bridge.serialize(format="json-ld", context=CONTEXT)

    triples = (quad.triple for quad in ox.parse(text, ox.RdfFormat.JSON_LD))
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    assert isomorphic(Graph().parse(data=lines, format="nt"), bridge)


def test_json_ld_reads_like_a_record(bridge: Graph) -> None:
    document = json.loads(bridge.serialize(format="json-ld", context=CONTEXT))

    project = next(node for node in document["@graph"] if node.get("type") == "Project")
    assert project["id"] == f"{IRI_BASE}id/project/bridge-2018"
    assert project["acronym"] == "BRIDGE"
    assert project["startDate"] == "2018-03-01"
    assert project["edtf"] == "2018-03-01/2019-02-28"
    assert project["statedPartnerCount"] == 2
    assert project["title"] == {"lv": "Tilti starp pilsētām", "en": "Bridges between towns"}


def test_every_property_of_a_release_has_a_name(bridge: Graph) -> None:
    names = {iri(name) for name in CONTEXT if not name.startswith("@")}

    used = {str(predicate) for predicate in bridge.predicates()} - {str(RDF.type)}
    kinds = {str(kind) for kind in bridge.objects(None, RDF.type)}
    assert used | kinds <= names
