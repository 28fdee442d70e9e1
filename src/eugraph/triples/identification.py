"""Identity as RDF: why releases speak of one thing, and which IRIs stand for others now.

The identity graph has one `eug:Identification` for each release that speaks of
a thing that an earlier one (by id) speaks of, too, with its rule, the releases
it rests on, and the person, if one decided it. An IRI that was given up is
`owl:deprecated` and has `dcterms:isReplacedBy`, as long as there are editions.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, starmap

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, XSD

from eugraph.identity.resolve import Identification, Keys
from eugraph.triples import iris
from eugraph.triples.ntriples import Triple
from eugraph.triples.provenance import describe_attribution
from eugraph.vocabulary import EUG

_IDENTITY = f"{iris.ID}identity/"


def describe_identity(keys: Keys) -> Graph:
    """Return the identity graph of an edition."""
    graph = Graph(identifier=iris.IDENTITY_GRAPH)
    for triple in chain(
        *map(describe_identification, keys.identifications),
        *starmap(describe_replaced, keys.register.replaced.items()),
    ):
        graph.add(triple)
    return graph


def describe_replaced(old: str, new: str) -> Iterator[Triple]:
    """Yield that one path was given up for another."""
    node = URIRef(iris.ID + old)
    yield node, OWL.deprecated, Literal("true", datatype=XSD.boolean)
    yield node, DCTERMS.isReplacedBy, URIRef(iris.ID + new)


def identified_path(line: str) -> str:
    """Return the path of the thing that a line of the identity graph tells of, empty if of none."""
    node = line[1 : line.index(">")]
    path = node.removeprefix(_IDENTITY)
    return "" if path == node else path.rpartition("/")[0]


def describe_identification(found: Identification) -> Iterator[Triple]:
    """Yield why a release speaks of a thing that another speaks of, too."""
    node = iris.thing_iri("identity", f"{found.path}/{found.release_id}")
    yield node, RDF.type, EUG.Identification
    yield node, DCTERMS.subject, URIRef(iris.ID + found.path)
    yield node, EUG.identityRule, iris.concept_iri("identity-rule", found.rule)
    for release in filter(None, (found.release_id, found.witness)):
        yield node, PROV.wasDerivedFrom, iris.thing_iri("release", release)
    if found.by:
        yield from describe_attribution(node, found.by)
