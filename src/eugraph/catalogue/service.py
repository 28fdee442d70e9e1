"""The endpoint in SPARQL 1.1 Service Description, with the limits it works by."""

from __future__ import annotations

from typing import Final

from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef

from eugraph.catalogue.publication import Publication, in_languages, wording
from eugraph.catalogue.void import add_statistics
from eugraph.vocabulary import SCHEMA

_SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
    "TriG",
    "N-Quads",
)


def describe_service(publication: Publication) -> Graph:
    """Return the service description of the endpoint of `publication`.

    The default graph shows every triple of the named graphs, once, so the
    service tells itself as `sd:UnionDefaultGraph`.
    """
    graph = Graph()
    it = publication.service
    for predicate, value in (
        (RDF.type, _SD.Service),
        (_SD.endpoint, publication.at("sparql")),
        (_SD.supportedLanguage, _SD.SPARQL11Query),
        (_SD.feature, _SD.UnionDefaultGraph),
        (_SD.defaultDataset, publication.dataset),
    ):
        graph.add((it, predicate, value))
    for name in _RESULT_FORMATS:
        graph.add((it, _SD.resultFormat, _FORMATS[name]))
    for text in in_languages(wording()["service"]["title"]):
        graph.add((it, DCTERMS.title, text))
    _add_dataset(graph, publication)
    _add_limits(graph, publication)
    return graph


def _add_dataset(graph: Graph, publication: Publication) -> None:
    dataset, default = publication.dataset, publication.at("sparql#default-graph")
    graph.add((dataset, RDF.type, _SD.Dataset))
    graph.add((dataset, _SD.defaultGraph, default))
    graph.add((default, RDF.type, _SD.Graph))
    for name in publication.named_graphs:
        node = publication.at(f"sparql#graph-{name.rpartition('/')[2]}")
        graph.add((dataset, _SD.namedGraph, node))
        graph.add((node, RDF.type, _SD.NamedGraph))
        graph.add((node, _SD.name, URIRef(name)))
    add_statistics(graph, publication, dataset)


def _add_limits(graph: Graph, publication: Publication) -> None:
    for name, value in publication.limits.items():
        limit = publication.at(f"sparql#{name}")
        graph.add((publication.service, SCHEMA.additionalProperty, limit))
        graph.add((limit, RDF.type, SCHEMA.PropertyValue))
        graph.add((limit, SCHEMA.name, Literal(name)))
        graph.add((limit, SCHEMA.value, Literal(value)))
