"""The alignments relate our terms to those of others, and break nothing."""

from __future__ import annotations

from rdflib import Graph, URIRef
from rdflib.namespace import ORG, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, SCHEMA

CORE = Graph().parse(shipped("ontology/eugraph.ttl"))
ALIGNED = Graph().parse(shipped("ontology/alignments.ttl"))
ORGANISATIONS = {SCHEMA.Project, SCHEMA.FundingScheme, ORG.OrganizationalCollaboration}


def own(term: Node) -> bool:
    return str(term).startswith(str(EUG))


def test_only_our_own_terms_are_aligned() -> None:
    subjects = {subject for subject in ALIGNED.subjects() if isinstance(subject, URIRef)}

    assert {each for each in subjects if not own(each)} == set(
        ALIGNED.subjects(RDF.type, OWL.Ontology)
    )


def test_every_class_has_an_alignment() -> None:
    classes = {term for term in CORE.subjects(RDF.type, OWL.Class) if own(term)}
    outward = ALIGNED + CORE
    related = {
        term
        for term in classes
        for relation in (RDFS.subClassOf, SKOS.closeMatch, SKOS.relatedMatch)
        for other in outward.objects(term, relation)
        if not own(other)
    }

    assert related == classes


def test_what_others_call_an_organisation_is_no_superclass() -> None:
    """A project is an activity: with schema:Project above it, it would be an organisation."""
    supers = set((ALIGNED + CORE).objects(None, RDFS.subClassOf))

    assert supers.isdisjoint(ORGANISATIONS)
    assert set(ALIGNED.objects(None, SKOS.relatedMatch)) >= ORGANISATIONS


def test_the_core_does_without_the_alignments() -> None:
    assert not list(CORE.objects(None, OWL.imports))
    assert (RDF.Statement, None, None) not in CORE
    assert list(ALIGNED.objects(None, OWL.imports)) == list(CORE.subjects(RDF.type, OWL.Ontology))


def test_schema_org_is_written_in_one_form() -> None:
    nodes = {str(node) for triple in ALIGNED for node in triple}

    assert not [node for node in nodes if node.startswith("http://schema.org/")]
