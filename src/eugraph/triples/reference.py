"""What releases share: places, organisations, funding schemes, countries, our own terms.

The reference graph gives every shared thing that a release names its type,
labels and place in the whole (a strand with the programme above it); what the
same things are called elsewhere is in `eugraph.triples.links`. `extract` takes
from the reference graph what one release needs to stand alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, TypeGuard, TypeVar

from babel import Locale
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, RDF, SKOS, XSD
from rdflib.term import Node

from eugraph.facts.fact import Country, Organisation, Place, Reading, Scheme, Statement
from eugraph.facts.gazetteer.known import Gazetteer, KnownScheme
from eugraph.identity.keys import TERRITORIAL_KINDS
from eugraph.identity.resolve import Keys
from eugraph.triples import iris
from eugraph.triples.describe import rejected_things
from eugraph.triples.names import describe_labels, organisation_labels, place_labels, published
from eugraph.triples.ntriples import Triple
from eugraph.triples.wording import LANGUAGES, terms_graph
from eugraph.vocabulary import CV, EUG, VOCAB


def describe_reference(readings: Iterable[Reading], keys: Keys, gazetteer: Gazetteer) -> Graph:
    """Return the reference graph of `readings`: what they name and share, and our own terms.

    Where releases name one thing differently, the name in the release with the
    first id is its label.
    """
    graph = Graph(identifier=iris.REFERENCE_GRAPH)
    labelled: set[tuple[Node, str]] = set()
    described: set[str] = set()
    for reading in sorted(readings, key=lambda reading: reading.release_id):
        for subject, predicate, value in shared_things(reading, keys, gazetteer, described):
            if predicate == SKOS.prefLabel and isinstance(value, Literal):
                if (subject, value.language or "") in labelled:
                    continue
                labelled.add((subject, value.language or ""))
            graph.add((subject, predicate, value))
    for triple in _published_terms():
        graph.add(triple)
    return graph


_OF_OUR_CONCEPTS = frozenset({RDF.type, SKOS.prefLabel})
"""What a release alone needs of a concept of ours; its IRI leads to the rest."""

_ABOUT_READING = frozenset(
    {
        EUG.assertionStatus,
        EUG.certainty,
        EUG.inferenceRule,
        EUG.discrepancyType,
        EUG.resolutionStatus,
    }
)
"""What leads to concepts about the reading, not about what was read."""


def extract(reference: Graph, graph: Graph) -> Graph:
    """Return the part of `reference` that `graph` needs to be read alone.

    It is what `graph` names, directly or through what it names: shared things
    in whole, our concepts by type and label, labels in the published languages
    and in those of `graph`. Of a node without a label in any of these, all
    labels are part. Classes, properties and the concepts that tell how a fact
    was read are left out, for they are the ontology's and the same everywhere.
    """
    languages = {*LANGUAGES, *(node.language for node in graph.objects() if _is_text(node))}
    part = Graph()
    wanted = {node for triple in graph if triple[1] not in _ABOUT_READING for node in triple}
    seen: set[Node] = set()
    while wanted:
        node = wanted.pop()
        seen.add(node)
        if any(str(kind).startswith(str(OWL)) for kind in reference.objects(node, RDF.type)):
            continue
        for triple in _about(node, reference, languages):
            part.add(triple)
            wanted |= set(triple) - seen
    return part


def _about(node: Node, reference: Graph, languages: Collection[str | None]) -> Iterator[Triple]:
    labels = {label for label in reference.objects(node, SKOS.prefLabel) if _is_text(label)}
    spoken = {label for label in labels if label.language in languages} or labels
    for triple in reference.triples((node, None, None)):
        if str(node).startswith(str(VOCAB)) and triple[1] not in _OF_OUR_CONCEPTS:
            continue
        if triple[1] != SKOS.prefLabel or triple[2] in spoken:
            yield triple


def _is_text(node: Node) -> TypeGuard[Literal]:
    return isinstance(node, Literal) and node.language is not None


def shared_things(
    reading: Reading, keys: Keys, gazetteer: Gazetteer, described: set[str]
) -> Iterator[Triple]:
    """Yield what a reading shares, less those of the `common_keys` that are `described`."""
    yield from named_things(reading, keys, gazetteer)
    for key in sorted(common_keys(reading, gazetteer) - described):
        described.add(key)
        yield from describe_common(key, gazetteer)


def named_things(reading: Reading, keys: Keys, gazetteer: Gazetteer) -> Iterator[Triple]:
    """Yield the places and organisations of a reading, as it names them."""
    for place in _of(reading, Place):
        yield from _describe_place(place, keys.key(reading.release_id, place.id), gazetteer)
    unpublished = rejected_things(reading)
    for organisation in _of(reading, Organisation):
        if organisation.id not in unpublished:
            yield from _describe_organisation(organisation, reading, keys, gazetteer)


def common_keys(reading: Reading, gazetteer: Gazetteer) -> frozenset[str]:
    """Return what a reading names that is the same in all: `scheme/KEY`s and `country/CODE`s."""
    schemes = (f"{_SCHEME}{scheme.key}" for scheme in schemes_named(reading, gazetteer))
    return frozenset((*schemes, *(f"{_COUNTRY}{c}" for c in countries_named(reading, gazetteer))))


def describe_common(key: str, gazetteer: Gazetteer) -> Iterator[Triple]:
    """Yield a scheme or a country by its key, the same whoever names it."""
    if key.startswith(_SCHEME):
        return _describe_scheme(gazetteer.schemes[key.removeprefix(_SCHEME)])
    return _describe_country(key.removeprefix(_COUNTRY), gazetteer)


_SCHEME: Final = "scheme/"
_COUNTRY: Final = "country/"


def _describe_place(place: Place, key: str, gazetteer: Gazetteer) -> Iterator[Triple]:
    node = iris.thing_iri("place", key)
    yield node, RDF.type, DCTERMS.Location
    yield from describe_labels(node, place_labels(place, gazetteer))
    if place.country:
        yield node, EUG.locationCountry, country_node(place.country, gazetteer)


def _describe_organisation(
    organisation: Organisation, reading: Reading, keys: Keys, gazetteer: Gazetteer
) -> Iterator[Triple]:
    node = iris.thing_iri("org", keys.key(reading.release_id, organisation.id))
    yield node, RDF.type, ORG.Organization
    if organisation.kind in TERRITORIAL_KINDS:
        yield node, RDF.type, CV.PublicOrganisation
    yield from describe_labels(node, organisation_labels(organisation, gazetteer))
    if organisation.place:
        place = keys.key(reading.release_id, organisation.place)
        yield node, DCTERMS.spatial, iris.thing_iri("place", place)
    known = gazetteer.organisations.get(organisation.known or "")
    if known and known.country:
        yield node, EUG.organisationCountry, country_node(known.country, gazetteer)


def _describe_scheme(scheme: KnownScheme) -> Iterator[Triple]:
    node = iris.thing_iri("scheme", scheme.key)
    yield node, RDF.type, EUG.FundingScheme
    yield node, RDF.type, SKOS.Concept
    yield node, EUG.schemeLevel, iris.concept_iri("scheme-level", scheme.level)
    yield from describe_labels(node, published(scheme.names))
    if scheme.parent:
        yield node, EUG.subSchemeOf, iris.thing_iri("scheme", scheme.parent)
    if scheme.notation or scheme.number:
        yield node, SKOS.notation, Literal(scheme.notation or scheme.number)
    for predicate, day in ((EUG.notBefore, scheme.first), (EUG.notAfter, scheme.last)):
        if day:
            yield node, predicate, Literal(day.isoformat(), datatype=XSD.date)


def _describe_country(code: str, gazetteer: Gazetteer) -> Iterator[Triple]:
    node = country_node(code, gazetteer)
    yield node, RDF.type, SKOS.Concept
    yield node, RDF.type, DCTERMS.Location
    yield node, SKOS.notation, Literal(code)
    yield from describe_labels(
        node, {language: str(Locale(language).territories[code]) for language in LANGUAGES}
    )


def _published_terms() -> Iterator[Triple]:
    """Yield our ontology and schemes; axioms that need a blank node stay in the file."""
    for triple in terms_graph():
        if not any(isinstance(node, BNode) for node in triple):
            yield triple


def schemes_named(reading: Reading, gazetteer: Gazetteer) -> Iterator[KnownScheme]:
    """Yield the funding schemes that a reading names, and what they are part of."""
    for statement in _statements(reading):
        for term in (statement.subject, statement.value):
            if isinstance(term, Scheme):
                yield from gazetteer.lineage(term.key)


def countries_named(reading: Reading, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the codes of the countries that a reading names, or has things in."""
    for statement in _statements(reading):
        if isinstance(statement.value, Country):
            yield statement.value.code
    for thing in reading.things:
        if isinstance(thing, Place | Organisation) and thing.country:
            yield thing.country
        known = isinstance(thing, Organisation) and gazetteer.organisations.get(thing.known or "")
        if known and known.country:
            yield known.country


def _statements(reading: Reading) -> Iterator[Statement]:
    return (fact.statement for fact in reading.facts)


T = TypeVar("T", Place, Organisation)


def _of(reading: Reading, kind: type[T]) -> Iterator[T]:
    return (thing for thing in reading.things if isinstance(thing, kind))


def country_node(code: str, gazetteer: Gazetteer) -> URIRef:
    """Return the node of a country, by its alpha-2 code."""
    return iris.country_iri(gazetteer.countries[code].authority)
