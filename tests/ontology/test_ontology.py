"""The ontology is complete, in good style and described as registries ask.

The pitfalls are those of OOPS! (Poveda-Villalón et al. 2014) that a query can
find, the report is ROBOT's default profile, the metadata are those that FOOPS!
looks for offline and LOV recommends.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN, XSD
from rdflib.term import Node

from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, IRI_BASE, ONTOLOGY, PREFIXES, PROLOGUE, VOCAB

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LANGUAGES = {"en", "lv"}
PREFIX_LINES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
PREFIX_LINES += f"@base <{IRI_BASE}id/> .\n"


@cache
def ontology() -> Graph:
    return Graph().parse(shipped("ontology/eugraph.ttl"))


@cache
def vocabularies() -> Graph:
    graph = Graph()
    for path in shipped("ontology/vocab").glob("*.ttl"):
        graph.parse(path)
    return graph


def own(term: Node) -> bool:
    return str(term).startswith(str(EUG))


OWN = sorted(
    {
        URIRef(str(term))
        for kind in KINDS
        for term in ontology().subjects(RDF.type, kind)
        if own(term)
    }
)
CONCEPTS = sorted(URIRef(str(each)) for each in vocabularies().subjects(RDF.type, SKOS.Concept))


def texts(graph: Graph, subject: Node, predicate: URIRef) -> dict[str | None, str]:
    values = [value for value in graph.objects(subject, predicate) if isinstance(value, Literal)]
    languages = Counter(value.language for value in values)
    assert max(languages.values(), default=1) == 1, f"{subject} has two {predicate} in a language"
    return {value.language: str(value) for value in values}


def test_the_ontology_has_the_terms_of_the_contract() -> None:
    counted = Counter(kind for term in OWN for kind in ontology().objects(term, RDF.type))

    assert counted == {
        OWL.Class: 12,
        OWL.ObjectProperty: 39,
        OWL.DatatypeProperty: 20,
        OWL.AnnotationProperty: 1,
    }


@pytest.mark.parametrize("term", OWN)
def test_a_term_has_labels_definitions_and_its_source(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        found = texts(ontology(), term, predicate)
        assert set(found) == LANGUAGES
        assert all(text == text.strip() and "  " not in text for text in found.values())
    assert all(text.endswith(".") for text in texts(ontology(), term, SKOS.definition).values())
    assert set(ontology().objects(term, RDFS.isDefinedBy)) == {ONTOLOGY}


@pytest.mark.parametrize("term", OWN)
def test_the_example_of_a_term_is_turtle_that_uses_it(term: URIRef) -> None:
    examples = list(ontology().objects(term, SKOS.example))

    assert len(examples) == 1
    graph = Graph().parse(data=PREFIX_LINES + str(examples[0]), format="turtle")
    assert term in {node for triple in graph for node in triple}


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_concept_has_labels_definitions_and_a_scheme(concept: URIRef) -> None:
    graph = vocabularies()
    for predicate in (SKOS.prefLabel, SKOS.definition):
        assert set(texts(graph, concept, predicate)) == LANGUAGES
    scheme = graph.value(concept, SKOS.inScheme)
    assert concept.startswith(f"{scheme}/")
    assert (scheme, SKOS.hasTopConcept, concept) in graph
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", concept.removeprefix(f"{scheme}/"))


def test_a_scheme_has_a_title_a_description_and_a_licence() -> None:
    graph = vocabularies()
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))

    assert len(schemes) == 13
    for scheme in schemes:
        assert str(scheme).startswith(str(VOCAB))
        assert set(texts(graph, scheme, DCTERMS.title)) == LANGUAGES
        assert set(texts(graph, scheme, DCTERMS.description)) == LANGUAGES
        assert graph.value(scheme, DCTERMS.license)


def test_concepts_of_a_scheme_have_different_labels() -> None:
    graph = vocabularies()
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        members = graph.subjects(SKOS.inScheme, scheme)
        labels = Counter(label for each in members for label in graph.objects(each, SKOS.prefLabel))
        assert set(labels.values()) == {1}


PITFALLS = {
    "P02 two classes said to be one": """?s owl:equivalentClass ?o""",
    "P04 a class that nothing is connected to": """?s a owl:Class FILTER(STRSTARTS(STR(?s), STR(eug:)))
        FILTER NOT EXISTS { ?s rdfs:subClassOf ?o } FILTER NOT EXISTS { ?o rdfs:domain|rdfs:range ?s }""",
    "P06 a circle of classes": "?s rdfs:subClassOf+ ?s",
    "P06 a circle of properties": "?s rdfs:subPropertyOf+ ?s",
    "P07 two concepts in one": 'FILTER(REGEX(STR(?s), "#.*(And|Or)[A-Z]")) ?s rdfs:label ?o',
    "P11 an object property without range": """?s a owl:ObjectProperty
        FILTER(STRSTARTS(STR(?s), STR(eug:)) && ?s != eug:onProperty)
        FILTER NOT EXISTS { ?s rdfs:range ?o }""",
    "P11 a property without domain": """?s a ?kind . FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty))
        FILTER(STRSTARTS(STR(?s), STR(eug:)))
        FILTER NOT EXISTS { ?s rdfs:domain ?o }
        FILTER(?s NOT IN (eug:hasParticipation, eug:edtf, eug:notBefore, eug:notAfter))""",
    "P19 several domains": "?s rdfs:domain ?o , ?p FILTER(?o != ?p)",
    "P19 several ranges": "?s rdfs:range ?o , ?p FILTER(?o != ?p)",
    "P20 a label that is a definition": "?s rdfs:label ?o ; skos:definition ?o",
    "P21 a class for the rest": """?s a owl:Class ; rdfs:label ?o .
        FILTER(REGEX(?o, "other|misc|unknown", "i"))""",
    "P22 a class in lower case": '?s a owl:Class . FILTER(REGEX(STR(?s), "#[^A-Z]|_|-"))',
    "P22 a property in upper case": """?s a ?kind . FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty))
        FILTER(REGEX(STR(?s), "#[^a-z]|_|-"))""",
    "P24 a class defined by itself": "?s owl:equivalentClass/(owl:someValuesFrom|owl:allValuesFrom) ?s",
    "P25 an inverse of itself": "?s owl:inverseOf ?s",
    "P26 an inverse of a symmetric property": "?s a owl:SymmetricProperty ; owl:inverseOf ?o",
    "P30 two properties said to be one": "?s owl:equivalentProperty ?o",
    "P33 a chain of one": "?s owl:propertyChainAxiom [ rdf:rest rdf:nil ]",
    "P34 a class that is not declared": """?t rdfs:subClassOf|rdfs:domain ?s FILTER(isIRI(?s))
        FILTER NOT EXISTS { ?s a owl:Class }""",
    "P34 a range that is not declared": """?t a owl:ObjectProperty ; rdfs:range ?s
        FILTER NOT EXISTS { ?s a owl:Class }""",
    "P35 a property that is not declared": """?t rdfs:subPropertyOf|owl:inverseOf ?s
        FILTER NOT EXISTS { ?s a owl:ObjectProperty } FILTER NOT EXISTS { ?s a owl:DatatypeProperty }""",
    "P36 a file name in an IRI": """?s a ?kind FILTER(REGEX(STR(?s), "[.](owl|rdf|ttl|n3|xml)"))""",
    "ROBOT deprecated_class_reference": "?s owl:deprecated true",
    "ROBOT missing_superclass": """?s a owl:Class . FILTER(STRSTARTS(STR(?s), STR(eug:)))
        FILTER NOT EXISTS { ?s rdfs:subClassOf ?o }""",
    "ROBOT label_formatting": r"""?s rdfs:label ?o FILTER(REGEX(?o, "[\\n\\t]"))""",
    "ROBOT lowercase_definition": """?s skos:definition ?o FILTER(REGEX(?o, "^[a-z]"))""",
    "OWL 2 RL owl:Thing as a range": "?s rdfs:range owl:Thing",
    "OWL 2 xsd:date is not in the datatype map": """?s rdfs:range ?o
        FILTER(?o IN (xsd:date, xsd:gYear, xsd:gYearMonth, xsd:time, xsd:duration))""",
    "OWL 2 DL a property of two kinds": """?s a ?o , ?p FILTER(?o != ?p) FILTER(?p IN
        (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty))""",
}


@pytest.mark.parametrize("pitfall", PITFALLS)
def test_the_ontology_avoids(pitfall: str) -> None:
    """Five properties lack a domain or a range on purpose: see the table of the terms."""
    rows = ontology().query(f"{PROLOGUE} SELECT DISTINCT ?s WHERE {{ {PITFALLS[pitfall]} }}")

    assert [row for row in rows if not isinstance(row[0], BNode)] == []  # type: ignore[index]


def test_the_queries_for_pitfalls_find_them() -> None:
    """A query that cannot match would never complain."""
    bad = Graph().parse(
        data=PREFIX_LINES
        + """eug:a_b a owl:Class ; owl:equivalentClass eug:c ; rdfs:label "other"@en ; skos:definition "other"@en .
        eug:c a owl:Class ; rdfs:subClassOf eug:d . eug:d rdfs:subClassOf eug:c .
        eug:P a owl:ObjectProperty , owl:DatatypeProperty ; owl:inverseOf eug:P ; rdfs:range owl:Thing , xsd:date .
        eug:q rdfs:subPropertyOf eug:q ; rdfs:domain eug:x , eug:y ; owl:equivalentProperty eug:P .
        eug:thisAndThat rdfs:label "a\\nb"@en ; owl:deprecated true .
        eug:s a owl:SymmetricProperty , owl:ObjectProperty ; owl:inverseOf eug:t .
        <http://example.org/x.owl> a owl:Class . eug:u owl:propertyChainAxiom ( eug:q ) .
        eug:v owl:equivalentClass [ owl:someValuesFrom eug:v ] .""",
        format="turtle",
    )
    silent = {
        pitfall
        for pitfall, pattern in PITFALLS.items()
        if not list(bad.query(f"{PROLOGUE} SELECT ?s WHERE {{ {pattern} }}"))
    }

    assert silent == set()


def test_no_two_terms_share_a_label_or_a_definition() -> None:
    for predicate in (RDFS.label, SKOS.definition):
        shared = Counter(text for term in OWN for text in ontology().objects(term, predicate))
        assert set(shared.values()) == {1}


def test_classes_are_disjoint() -> None:
    members = ontology().value(None, RDF.type, OWL.AllDisjointClasses)
    listed = set(ontology().items(next(ontology().objects(members, OWL.members))))

    assert listed == {term for term in OWN if (term, RDF.type, OWL.Class) in ontology()}


def test_no_term_is_defined_in_a_namespace_of_others() -> None:
    """P40: of reused terms only their kind is told."""
    foreign = {
        predicate
        for subject, predicate, _ in ontology()
        if isinstance(subject, URIRef) and not own(subject) and subject != ONTOLOGY
    }

    assert foreign == {RDF.type}


def test_properties_without_an_inverse_are_meant_so() -> None:
    """P13: an inverse is told where the data has both directions."""
    pairs = {
        frozenset({subject, value}) for subject, value in ontology().subject_objects(OWL.inverseOf)
    }

    assert pairs == {
        frozenset({EUG.hasLanguageVersion, EUG.languageVersionOf}),
        frozenset({EUG.hasParticipation, EUG.participationIn}),
        frozenset({EUG.hasEvent, EUG.eventOf}),
        frozenset({EUG.hasPartEvent, EUG.partOfEvent}),
    }


def test_properties_that_need_evidence_are_those_that_a_text_can_state() -> None:
    yes = Literal("true", datatype=XSD.boolean)
    needing = {term for term in OWN if (term, EUG.needsEvidence, yes) in ontology()}

    assert len(needing) == 26
    assert {EUG.startDate, EUG.participationRole, EUG.acronym} <= needing
    assert needing.isdisjoint({EUG.notBefore, EUG.notAfter, EUG.edtf, EUG.hasEvent, EUG.sha256})


METADATA = {
    # FOOPS! OM1, OM2, OM3, OM4.1, OM5, FIND1, VER1 and LOV; a DOI and a previous version
    # there are none
    "title": DCTERMS.title,
    "description": DCTERMS.description,
    "abstract": DCTERMS.abstract,
    "licence": DCTERMS.license,
    "version IRI": OWL.versionIRI,
    "version": OWL.versionInfo,
    "creator": DCTERMS.creator,
    "contributor": DCTERMS.contributor,
    "publisher": DCTERMS.publisher,
    "logo": FOAF.logo,
    "vocabularies it relies on": URIRef("http://purl.org/vocommons/voaf#reliesOn"),
    "created": DCTERMS.created,
    "issued": DCTERMS.issued,
    "modified": DCTERMS.modified,
    "citation": DCTERMS.bibliographicCitation,
    "source": DCTERMS.source,
    "status": URIRef("http://purl.org/ontology/bibo/status"),
    "prefix": VANN.preferredNamespacePrefix,
    "namespace": VANN.preferredNamespaceUri,
}


@pytest.mark.parametrize("name", METADATA)
def test_the_ontology_tells_its(name: str) -> None:
    assert list(ontology().objects(ONTOLOGY, METADATA[name]))


def test_the_metadata_are_true() -> None:
    graph = ontology()

    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    version = str(graph.value(ONTOLOGY, OWL.versionInfo))
    assert graph.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert graph.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(str(EUG))
    assert PREFIXES[str(graph.value(ONTOLOGY, VANN.preferredNamespacePrefix))] == str(EUG)
    assert version in str(graph.value(ONTOLOGY, DCTERMS.bibliographicCitation))


def test_literals_are_of_the_owl_2_datatype_map() -> None:
    datatypes = {
        node.datatype for triple in ontology() for node in triple if isinstance(node, Literal)
    }

    assert datatypes <= {None, XSD.string, XSD.boolean, XSD.integer, XSD.dateTime, RDF.langString}
