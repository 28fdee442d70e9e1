"""The edition described for machines: DCAT-AP 3, VoID, SPARQL service description.

Small graphs, made when they are served and never stored: they carry the
public address, which a site may change without building anew, and literals
that a store would normalise (`xsd:nonNegativeInteger`). Every node has an
IRI: a fragment of the document that describes it, or a term of an authority.
Each graph stands by itself, with the type and label of every concept it
points at, because a harvester reads it without fetching anything else.
"""

from __future__ import annotations

from eugraph.catalogue.dcat import describe_catalogue, describe_dataset
from eugraph.catalogue.examples import ExampleQuery, describe_examples, example_queries
from eugraph.catalogue.publication import (
    LATEST,
    Distribution,
    Publication,
    format_label,
    keywords,
)
from eugraph.catalogue.schema_org import croissant, schema_org, script_text
from eugraph.catalogue.service import describe_service
from eugraph.catalogue.void import describe_void

__all__ = [
    "LATEST",
    "Distribution",
    "ExampleQuery",
    "Publication",
    "croissant",
    "describe_catalogue",
    "describe_dataset",
    "describe_examples",
    "describe_service",
    "describe_void",
    "example_queries",
    "format_label",
    "keywords",
    "schema_org",
    "script_text",
]
