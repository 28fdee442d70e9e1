"""What one release says, as one graph.

Each accepted statement becomes one plain triple; every statement, accepted or
not, becomes an `eug:Assertion` that carries its status, certainty, inference
and evidence (RDF reification: SPARQL 1.1 can ask it, RDF 1.2 can be made of
it). Disputed and candidate readings have no plain triple. The graph has no
blank node and no clock, so the same reading gives the same triples.

Places, organisations and funding schemes are shared by releases: their labels
stand in the reference graph (`eugraph.triples.reference`).
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from eugraph.facts.fact import (
    Edtf,
    Event,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    Slot,
    Status,
    Subject,
)
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.resolve import Keys
from eugraph.releases.release import Release
from eugraph.triples.dates import describe_bounds, describe_dates
from eugraph.triples.disagreements import describe_discrepancy
from eugraph.triples.implied import with_countries
from eugraph.triples.iris import graph_iri
from eugraph.triples.names import Naming, describe_labels
from eugraph.triples.ntriples import Triple
from eugraph.triples.provenance import describe_assertion, describe_source
from eugraph.triples.quality import describe_quality
from eugraph.triples.terms import Terms
from eugraph.vocabulary import EUG

ACCEPTED = frozenset({Status.STATED, Status.INFERRED})
"""The statuses of facts that are published as plain triples."""


def describe(release: Release, reading: Reading, keys: Keys, gazetteer: Gazetteer) -> Graph:
    """Return the graph of what `release` says, named by the IRI of its graph.

    Every triple whose property needs evidence has an accepted assertion in the
    same graph.
    """
    graph = Graph(identifier=graph_iri(release.id))
    reading = with_countries(reading, gazetteer)
    for triple in _triples(release, reading, Terms.of(reading, keys, gazetteer)):
        graph.add(triple)
    discrepancies = set(graph.subjects(RDF.type, EUG.Discrepancy))
    for triple in describe_quality(graph_iri(release.id), len(discrepancies)):
        graph.add(triple)
    return graph


def _triples(release: Release, reading: Reading, terms: Terms) -> Iterator[Triple]:
    naming = Naming(terms.things, accepted_facts(reading), terms.gazetteer)
    yield from describe_source(release)
    yield from _describe_things(reading, terms, naming)
    for fact in reading.facts:
        if fact.status in ACCEPTED:
            yield from _describe_fact(fact, terms)
        yield from describe_assertion(fact, release, terms)
    for discrepancy in reading.discrepancies:
        yield from describe_discrepancy(discrepancy, terms, naming)


def _describe_things(reading: Reading, terms: Terms, naming: Naming) -> Iterator[Triple]:
    unpublished = rejected_things(reading)
    for thing in reading.things:
        if thing.id in unpublished:
            continue
        node = terms.thing(thing.id)
        match thing:
            case Project():
                yield node, RDF.type, EUG.Project
                yield from describe_labels(node, naming.project(thing.id))
            case Event():
                yield node, RDF.type, EUG.Event
                yield from describe_labels(node, naming.event(thing))
            case Place() | Organisation():
                continue
        yield from describe_dates(node, naming.facts.get(thing.id, ()))


def accepted_facts(reading: Reading) -> dict[Subject, list[Fact]]:
    """Return the accepted facts of a reading by their subject, in the order of the reading."""
    facts: dict[Subject, list[Fact]] = {}
    for fact in reading.facts:
        if fact.status in ACCEPTED:
            facts.setdefault(fact.statement.subject, []).append(fact)
    return facts


def rejected_things(reading: Reading) -> frozenset[Id]:
    """Return the things that only readings speak of which are not accepted.

    They are named in assertions, but there is no such event or organisation.
    """
    accepted: set[Id] = set()
    others: set[Id] = set()
    for fact in reading.facts:
        (accepted if fact.status in ACCEPTED else others).update(fact.statement.things)
    return frozenset(others - accepted)


def _describe_fact(fact: Fact, terms: Terms) -> Iterator[Triple]:
    """Yield the plain triple of an accepted fact, and what follows from its form alone."""
    subject, predicate, value = terms.triple(fact.statement)
    yield subject, predicate, value
    match fact.statement.slot, fact.statement.subject, fact.statement.value:
        case Slot.ROLE, Participation() as participation, _:
            yield from _describe_participation(participation, terms)
        case Slot.EVENT_OF, _, _:
            yield value, EUG.hasEvent, subject
        case Slot.PART_OF, _, _:
            yield value, EUG.hasPartEvent, subject
        case Slot.ISSUED, _, Edtf(text):
            yield from describe_bounds(URIRef(str(subject)), text)


def _describe_participation(participation: Participation, terms: Terms) -> Iterator[Triple]:
    node, context = terms.subject(participation), terms.thing(participation.context)
    yield node, RDF.type, EUG.Participation
    yield node, EUG.participationIn, context
    yield node, EUG.participant, terms.thing(participation.organisation)
    yield context, EUG.hasParticipation, node
