"""What a named graph says of its own quality (W3C Data Quality Vocabulary, sections 4.1 and 4.2).

A graph that tells of discrepancies is a `dqv:QualityMetadata`, which is what the
vocabulary calls a named graph of quality statements, and says how many they
are: that of a release says so of its own text, that of the edition (`quality`)
of what releases disagree on.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from eugraph.triples import iris
from eugraph.triples.ntriples import Triple
from eugraph.vocabulary import DQV, QUALITY_METRIC

_METRIC = "discrepancies"


def describe_quality(graph: URIRef, discrepancies: int) -> Iterator[Triple]:
    """Yield what the named `graph` is, and that it tells of so many discrepancies."""
    measured = iris.measurement_iri(graph, _METRIC)
    yield graph, RDF.type, DQV.QualityMetadata
    yield graph, DQV.hasQualityMeasurement, measured
    yield measured, RDF.type, DQV.QualityMeasurement
    yield measured, DQV.isMeasurementOf, QUALITY_METRIC[_METRIC]
    yield measured, DQV.computedOn, graph
    yield measured, DQV.value, Literal(str(discrepancies), datatype=XSD.integer)
