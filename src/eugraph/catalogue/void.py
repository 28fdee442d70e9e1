"""The dataset in VoID (https://www.w3.org/TR/void/), with its numbers."""

from __future__ import annotations

import hashlib
from typing import Final

from rdflib import DCTERMS, FOAF, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef

from eugraph.catalogue.publication import Publication, in_languages, wording
from eugraph.vocabulary import EUG, IRI_BASE, PREFIXES

_FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
_FEATURES: Final = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG")
_NO_TRIPLES: Final = frozenset({"csv", "nq", "trig"})
_EXAMPLES: Final = (EUG.Project, EUG.Event, EUG.PressRelease)


def describe_void(publication: Publication) -> Graph:
    """Return the VoID description of `publication`."""
    graph = Graph()
    document = publication.at(".well-known/void")
    graph.add((document, RDF.type, VOID.DatasetDescription))
    graph.add((document, FOAF.primaryTopic, publication.dataset))
    graph.add((document, DCTERMS.title, Literal("VoID description", lang="en")))
    add_statistics(graph, publication, publication.dataset)
    return graph


def add_statistics(graph: Graph, publication: Publication, dataset: URIRef) -> None:
    """Add what VoID says about `dataset` to `graph`."""
    numbers = publication.statistics
    _add_access(graph, publication, dataset)
    for predicate, number in (
        (VOID.triples, numbers.triples),
        (VOID.distinctSubjects, numbers.subjects),
        (VOID.distinctObjects, numbers.objects),
        (VOID.classes, len(numbers.classes)),
        (VOID.properties, len(numbers.properties)),
    ):
        graph.add((dataset, predicate, Literal(number)))
    for class_, count in numbers.classes.items():
        part = _part(publication, class_)
        graph.add((dataset, VOID.classPartition, part))
        graph.add((part, VOID["class"], URIRef(class_)))
        graph.add((part, VOID.entities, Literal(count)))
    for property_, count in numbers.properties.items():
        part = _part(publication, property_)
        graph.add((dataset, VOID.propertyPartition, part))
        graph.add((part, VOID.property, URIRef(property_)))
        graph.add((part, VOID.triples, Literal(count)))


def _add_access(graph: Graph, publication: Publication, dataset: URIRef) -> None:
    """Say what the dataset is and where it is to be had."""
    words = wording()["dataset"]
    graph.add((dataset, RDF.type, VOID.Dataset))
    for predicate, texts in (
        (DCTERMS.title, words["title"]),
        (DCTERMS.description, words["description"]),
    ):
        for text in in_languages(texts):
            graph.add((dataset, predicate, text))
    modified = Literal(publication.modified, datatype=XSD.dateTime, normalize=False)
    graph.add((dataset, DCTERMS.modified, modified))
    graph.add((dataset, DCTERMS.license, URIRef(publication.licence)))
    graph.add((dataset, DCTERMS.publisher, publication.at("catalog#publisher")))
    graph.add((dataset, FOAF.homepage, publication.at("")))
    graph.add((dataset, VOID.sparqlEndpoint, publication.at("sparql")))
    graph.add((dataset, VOID.uriSpace, Literal(IRI_BASE + "id/")))
    for distribution in publication.distributions:
        # VoID speaks of triples: not of tables, nor of formats that repeat them by graph
        if not distribution.packed and distribution.extension not in _NO_TRIPLES:
            graph.add((dataset, VOID.dataDump, publication.download(distribution)))
    for feature in _FEATURES:
        graph.add((dataset, VOID.feature, _FORMATS[feature]))
    for namespace in _namespaces(publication):
        graph.add((dataset, VOID.vocabulary, URIRef(namespace)))
    for class_ in _EXAMPLES:
        if example := publication.statistics.examples.get(str(class_)):
            graph.add((dataset, VOID.exampleResource, URIRef(example)))


def _namespaces(publication: Publication) -> list[str]:
    """Return those of our namespaces that the data uses."""
    used = [*publication.statistics.classes, *publication.statistics.properties]
    return [space for space in PREFIXES.values() if any(iri.startswith(space) for iri in used)]


def _part(publication: Publication, iri: str) -> URIRef:
    return publication.at(f".well-known/void#{hashlib.sha256(iri.encode()).hexdigest()[:16]}")
