"""The ontology is consistent, and reasoning over the data gives nothing absurd."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import owlrl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS

from eugraph.shipped import shipped
from eugraph.vocabulary import EUG

BRIDGE = Path(__file__).parents[1] / "validation" / "bridge.ttl"
ERRORS = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")


def everything() -> Graph:
    graph = Graph().parse(BRIDGE)
    for path in shipped("ontology").rglob("*.ttl"):
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def closure() -> Graph:
    graph = everything()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def test_the_closure_has_no_clash(closure: Graph) -> None:
    assert not list(closure.subjects(RDF.type, ERRORS))
    assert not list(closure.subjects(RDF.type, OWL.Nothing))


def test_a_clash_would_be_found() -> None:
    graph = everything()
    graph.add((URIRef("urn:x"), RDF.type, EUG.Project))
    graph.add((URIRef("urn:x"), RDF.type, EUG.Event))

    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)

    assert list(graph.subjects(RDF.type, ERRORS))


@pytest.mark.parametrize("kind", [ORG.Organization, DCTERMS.Location])
def test_shared_things_get_no_new_kind(closure: Graph, kind: URIRef) -> None:
    """An organisation is no project and a place no event, whatever is inferred."""
    before = everything()
    for thing in before.subjects(RDF.type, kind):
        told = set(before.objects(thing, RDF.type))
        inferred = set(closure.objects(thing, RDF.type)) - told - {OWL.Thing}
        assert inferred <= {PROV.Agent}, thing


def test_countries_are_concepts_and_places_only(closure: Graph) -> None:
    for country in closure.objects(None, EUG.involvesCountry):
        kinds = set(closure.objects(country, RDF.type)) - {OWL.Thing}
        assert kinds == {SKOS.Concept, DCTERMS.Location}


needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs a Java runtime")


def empty_classes(graph: Graph, path: Path) -> set[str]:
    """Return the classes that HermiT finds can have no instance; it raises for a contradiction."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # owlready2 imports what it may do without
        import owlready2

    graph.serialize(path, format="xml")
    world = owlready2.World()
    ontology = world.get_ontology(path.as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0)
    return {str(each.iri) for each in world.inconsistent_classes()} - {str(OWL.Nothing)}


@needs_java
def test_hermit_finds_the_ontology_consistent_and_no_class_empty(tmp_path: Path) -> None:
    core = Graph().parse(shipped("ontology/eugraph.ttl"))

    assert empty_classes(core, tmp_path / "eugraph.rdf") == set()


@needs_java
def test_hermit_would_find_an_empty_class(tmp_path: Path) -> None:
    core = Graph().parse(shipped("ontology/eugraph.ttl"))
    impossible = URIRef("urn:impossible")
    core.add((impossible, RDF.type, OWL.Class))
    core.add((impossible, RDFS.subClassOf, EUG.Project))
    core.add((impossible, RDFS.subClassOf, EUG.Event))

    assert empty_classes(core, tmp_path / "eugraph.rdf") == {str(impossible)}
