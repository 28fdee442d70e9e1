"""What our things are called elsewhere: the links graph, each kind of link a VoID linkset.

Places and organisations are `owl:sameAs` what GeoNames and Wikidata name, for
`skos:exactMatch` would make concepts of them; funding schemes, which are
concepts, match those of the EU's table. A country is the concept of the EU's
table itself, and Wikidata's item is the country: it is seen there, not the
same. What a reconciliation service proposes is an `eug:CandidateLink` with its
score, never more.

Places have no NUTS code and no item of Wikidata but where the gazetteer names
one: no kept-up package maps places of GeoNames to either.

Two things of ours never are the same as one elsewhere: where a person parted
what the gazetteer takes for one, the link stays with the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VOID, XSD
from rdflib.term import Node

from eugraph.facts.fact import Organisation, Place, Project, Reading
from eugraph.facts.gazetteer.known import Gazetteer, KnownPlace
from eugraph.identity.marks import things
from eugraph.identity.register import Register
from eugraph.identity.resolve import Keys
from eugraph.reconciliation.candidate import Candidate
from eugraph.triples import iris
from eugraph.triples.ntriples import Triple, from_ntriples, to_ntriples
from eugraph.triples.reference import common_keys, country_node
from eugraph.vocabulary import EUG

WIKIDATA = "http://www.wikidata.org/entity/"

_TARGETS = {
    "geonames": (iris.GEONAMES, "https://www.geonames.org/"),
    "wikidata": (WIKIDATA, "https://www.wikidata.org/"),
    "eu-programme": (iris.PROGRAMME_TABLE, iris.PROGRAMME_TABLE.rstrip("/")),
}
"""The datasets that are linked to, by name: what their IRIs begin with, and the dataset."""


_LINKING = tuple(map(str, (OWL.sameAs, SKOS.exactMatch, RDFS.seeAlso)))
"""The predicates of links."""


def describe_links(
    readings: Iterable[Reading],
    keys: Keys,
    gazetteer: Gazetteer,
    candidates: Iterable[Candidate] = (),
) -> Graph:
    """Return the links graph: what `readings` name, and what services propose for it.

    Candidates for what is not in the edition are left out.
    """
    graph = Graph(identifier=iris.LINKS_GRAPH)
    taken: dict[Node, Node] = {}
    projects: set[str] = set()
    for reading in sorted(readings, key=lambda reading: reading.release_id):
        for node, predicate, there in links_of(reading, keys, gazetteer):
            if predicate != OWL.sameAs or taken.setdefault(there, node) == node:
                graph.add((node, predicate, there))
        for project in things(reading, Project):
            projects.add(f"project/{keys.key(reading.release_id, project.id)}")
    linked = [*_linksets(graph), *_describe_candidates(candidates, projects, keys.register)]
    for triple in linked:
        graph.add(triple)
    return graph


def links_of(reading: Reading, keys: Keys, gazetteer: Gazetteer) -> Iterator[Triple]:
    """Yield the links of what a reading names, whatever others name."""
    yield from links_of_things(reading, keys, gazetteer)
    for key in sorted(common_keys(reading, gazetteer)):
        yield from links_of_common(key, gazetteer)


def links_of_things(reading: Reading, keys: Keys, gazetteer: Gazetteer) -> Iterator[Triple]:
    """Yield the links of the places and organisations of a reading."""
    for place in things(reading, Place):
        node = iris.thing_iri("place", keys.key(reading.release_id, place.id))
        yield from _place_links(node, gazetteer.place(place.known))
    for organisation in things(reading, Organisation):
        known = gazetteer.organisations.get(organisation.known or "")
        if known and known.wikidata:
            node = iris.thing_iri("org", keys.key(reading.release_id, organisation.id))
            yield node, OWL.sameAs, URIRef(WIKIDATA + known.wikidata)


def links_of_common(key: str, gazetteer: Gazetteer) -> Iterator[Triple]:
    """Yield the links of a scheme or a country by its key (`eugraph.triples.reference`)."""
    kind, _, name = key.partition("/")
    if kind == "scheme" and (authority := gazetteer.schemes[name].authority):
        yield iris.thing_iri(kind, name), SKOS.exactMatch, URIRef(authority)
    if kind == "country" and (wikidata := gazetteer.countries[name].wikidata):
        yield country_node(name, gazetteer), RDFS.seeAlso, URIRef(WIKIDATA + wikidata)


def are_contested(readings: Iterable[Reading], keys: Keys, gazetteer: Gazetteer) -> bool:
    """Tell whether two things of ours would be the same as one elsewhere."""
    taken: dict[Node, Node] = {}
    return any(
        taken.setdefault(there, node) != node
        for reading in readings
        for node, _, there in links_of_things(reading, keys, gazetteer)
    )


def linked_again(lines: Iterable[str]) -> str:
    """Return a links graph without proposals of which these are the links, as N-Triples."""
    graph = from_ntriples("".join(f"{line}\n" for line in sorted(lines)), str(iris.LINKS_GRAPH))
    for triple in list(_linksets(graph)):
        graph.add(triple)
    return to_ntriples(graph)


def is_link(line: str) -> bool:
    """Tell whether a line of a links graph without proposals is a link, and not about linksets."""
    return line.split(" ", 2)[1][1:-1] in _LINKING


def _place_links(node: URIRef, known: KnownPlace | None) -> Iterator[Triple]:
    if known and known.geonames:
        yield node, OWL.sameAs, URIRef(f"{iris.GEONAMES}{known.geonames}/")
    if known and known.wikidata:
        yield node, OWL.sameAs, URIRef(WIKIDATA + known.wikidata)


def _linksets(graph: Graph) -> Iterator[Triple]:
    """Yield the description of the links of a graph: one linkset for each target and predicate."""
    for name, (space, dataset) in _TARGETS.items():
        for predicate in map(URIRef, _LINKING):
            links = [o for o in graph.objects(None, predicate) if str(o).startswith(space)]
            if not links:
                continue
            local = str(predicate).rpartition("#")[2].lower()
            node, target = iris.thing_iri("linkset", f"{name}-{local}"), URIRef(dataset)
            yield iris.LINKS_GRAPH, RDF.type, VOID.Dataset
            yield iris.LINKS_GRAPH, VOID.subset, node
            yield node, RDF.type, VOID.Linkset
            yield node, VOID.linkPredicate, predicate
            yield node, VOID.subjectsTarget, iris.REFERENCE_GRAPH
            yield node, VOID.objectsTarget, target
            yield node, VOID.triples, Literal(str(len(links)), datatype=XSD.integer)
            yield target, RDF.type, VOID.Dataset
            yield target, VOID.uriSpace, Literal(space)


def _describe_candidates(
    candidates: Iterable[Candidate], projects: Collection[str], register: Register
) -> Iterator[Triple]:
    replaced = register.replaced
    for candidate in candidates:
        path = replaced.get(candidate.path, candidate.path)
        if path not in projects:
            continue
        digest = hashlib.sha256(candidate.iri.encode()).hexdigest()[:8]
        node = iris.thing_iri("candidate", f"{path}/{digest}")
        yield node, RDF.type, EUG.CandidateLink
        yield node, DCTERMS.subject, URIRef(iris.ID + path)
        yield node, RDFS.seeAlso, URIRef(candidate.iri)
        yield node, RDFS.label, Literal(candidate.name)
        yield node, EUG.linkScore, Literal(candidate.score, datatype=XSD.decimal)
        yield node, DCTERMS.source, URIRef(candidate.service)
