"""The words of facts as RDF terms: subjects, slots and values to nodes.

`PROPERTIES` says which property each slot becomes; the direction is always
subject, property, value, as the slot's comment in `eugraph.facts.fact` tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self, assert_never

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS, XSD

from eugraph.facts.fact import (
    Concept,
    Country,
    Edtf,
    Id,
    Participation,
    Reading,
    ReleaseSubject,
    Scheme,
    Slot,
    Statement,
    Subject,
    Text,
    Thing,
    Value,
)
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.identity.resolve import Keys, thing_kind
from eugraph.triples import iris
from eugraph.triples.ntriples import Triple
from eugraph.vocabulary import EDTF, EUG

PROPERTIES: Mapping[Slot, URIRef] = {
    Slot.ABOUT_PROJECT: EUG.aboutProject,
    Slot.ABOUT_EVENT: EUG.aboutEvent,
    Slot.ISSUED: EUG.edtf,
    Slot.HEADLINE: DCTERMS.title,
    Slot.ACRONYM: EUG.acronym,
    Slot.TITLE: DCTERMS.title,
    Slot.FUNDED_UNDER: EUG.fundedUnder,
    Slot.PARTNER_COUNT: EUG.statedPartnerCount,
    Slot.COUNTRY_COUNT: EUG.statedCountryCount,
    Slot.INVOLVES_COUNTRY: EUG.involvesCountry,
    Slot.OBJECTIVE: EUG.objective,
    Slot.SPECIFIC_OBJECTIVE: EUG.specificObjective,
    Slot.EXPECTED_IMPACT: EUG.expectedImpact,
    Slot.TOPIC: EUG.topic,
    Slot.START: EUG.startDate,
    Slot.END: EUG.endDate,
    Slot.STATED_DATE: EUG.statedDate,
    Slot.NORMALISED_DATE: EUG.edtf,
    Slot.ROLE: EUG.participationRole,
    Slot.FROM_PLACE: EUG.participatedFrom,
    Slot.ORGANISATION_COUNTRY: EUG.organisationCountry,
    Slot.ORGANISATION_NAME: SKOS.altLabel,
    Slot.ALIAS: SKOS.altLabel,
    Slot.PROGRAMME_OF: EUG.programmeOf,
    Slot.EVENT_OF: EUG.eventOf,
    Slot.PART_OF: EUG.partOfEvent,
    Slot.EVENT_TYPE: EUG.eventType,
    Slot.EVENT_STATUS: EUG.eventStatus,
    Slot.ORDINAL: EUG.ordinal,
    Slot.PLACE: EUG.heldAt,
    Slot.AUDIENCE: EUG.audience,
    Slot.CONCLUSION: EUG.conclusion,
    Slot.PURPOSE: EUG.purpose,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The RDF terms of one reading: its things by their keys for good."""

    release_id: str
    things: Mapping[Id, Thing]
    keys: Keys
    gazetteer: Gazetteer

    @classmethod
    def of(cls, reading: Reading, keys: Keys, gazetteer: Gazetteer) -> Self:
        """Return the terms of `reading` under `keys`."""
        things = {thing.id: thing for thing in reading.things}
        return cls(reading.release_id, things, keys, gazetteer)

    def key(self, thing: Id) -> str:
        """Return the key of a thing of this reading."""
        return self.keys.key(self.release_id, thing)

    def thing(self, thing: Id) -> URIRef:
        """Return the IRI of a thing of this reading."""
        return iris.thing_iri(thing_kind(self.things[thing]), self.key(thing))

    def subject(self, subject: Subject) -> URIRef:
        """Return the IRI of what a statement is about."""
        match subject:
            case Id():
                return self.thing(subject)
            case Scheme(key):
                return iris.thing_iri("scheme", key)
            case Participation(organisation, context):
                key = f"{self.key(context)}/{self.key(organisation)}"
                return iris.thing_iri("participation", key)
            case ReleaseSubject(language):
                if language is None:
                    return iris.thing_iri("release", self.release_id)
                return iris.version_iri(self.release_id, language)
            case _ as unknown:
                assert_never(unknown)

    def value(self, value: Value) -> URIRef | Literal:
        """Return the node of what a statement says of its subject."""
        match value:
            case Id():
                return self.thing(value)
            case Text(text, language):
                return Literal(text, lang=language)
            case Concept(scheme, name):
                return iris.concept_iri(scheme, name)
            case Country(code):
                return iris.country_iri(self.gazetteer.countries[code].authority)
            case Scheme(key):
                return iris.thing_iri("scheme", key)
            case Edtf(text):
                return Literal(text, datatype=EDTF.EDTF)
            case date():
                return Literal(value.isoformat(), datatype=XSD.date)
            case int():
                return Literal(str(value), datatype=XSD.integer)
            case str():
                return Literal(value)
            case _ as unknown:
                assert_never(unknown)

    def triple(self, statement: Statement) -> Triple:
        """Return the plain triple that says what a statement says."""
        return (
            self.subject(statement.subject),
            PROPERTIES[statement.slot],
            self.value(statement.value),
        )

    def assertion(self, statement: Statement) -> URIRef:
        """Return the IRI of this release's assertion of a statement."""
        subject, predicate, value = self.triple(statement)
        return iris.assertion_iri(self.release_id, subject, predicate, value)
