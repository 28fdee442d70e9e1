"""What things are called: the labels of projects, events, places and organisations.

What the gazetteer knows is called as it says; all else as the releases call
it. An acronym is the same word in every language; an event is called by its
project, noun and place in the words of `data/wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from eugraph.facts.fact import (
    Concept,
    Event,
    Fact,
    Id,
    Organisation,
    Place,
    Project,
    Slot,
    Subject,
    Text,
    Thing,
)
from eugraph.facts.gazetteer.known import Gazetteer, Names
from eugraph.triples.iris import concept_iri
from eugraph.triples.ntriples import Triple
from eugraph.triples.wording import LANGUAGES, Wording, label, wordings

Labels = Mapping[str, str]
"""One label for each language that has one, by ISO 639-1 code."""


def describe_labels(node: URIRef, labels: Labels) -> Iterator[Triple]:
    """Yield the preferred labels of `node`, one in each language."""
    return ((node, SKOS.prefLabel, Literal(name, lang=code)) for code, name in labels.items())


def published(names: Names) -> Labels:
    """Return the names of the gazetteer that are published as labels."""
    return {language: listed[0] for language, listed in names.items()}


def as_read(names: Iterable[Text]) -> Labels:
    """Return the first name in each language as labels."""
    labels: dict[str, str] = {}
    for name in names:
        labels.setdefault(name.language, name.text)
    return labels


def place_labels(place: Place, gazetteer: Gazetteer) -> Labels:
    """Return what a place is called: as the gazetteer says, else as it was read."""
    known = gazetteer.places.get(place.known or "")
    return published(known.names) if known else as_read(place.names)


def organisation_labels(organisation: Organisation, gazetteer: Gazetteer) -> Labels:
    """Return what an organisation is called: as the gazetteer says, else as it was read."""
    known = gazetteer.organisations.get(organisation.known or "")
    if known:
        return published(known.names)
    return as_read(sorted(organisation.names, key=_begins_in_lower_case))


def _begins_in_lower_case(name: Text) -> bool:
    """Return whether a name is perhaps no proper one: “town of X” beside “City Council of X”."""
    return name.text[:1].islower()


def agree_on_labels(graphs: Iterable[Graph]) -> None:
    """Let what several graphs tell of be called in all as in the first, in each language."""
    agreed: dict[tuple[Node, str | None], Literal] = {}
    for graph in graphs:
        for node, _, name in list(graph.triples((None, SKOS.prefLabel, None))):
            if isinstance(name, Literal):
                first = agreed.setdefault((node, name.language), name)
                if first != name:
                    graph.remove((node, SKOS.prefLabel, name))
                    graph.add((node, SKOS.prefLabel, first))


@dataclass(frozen=True, slots=True)
class Naming:
    """Names for the projects and events of one reading, from its accepted facts by subject."""

    things: Mapping[Id, Thing]
    facts: Mapping[Subject, Sequence[Fact]]
    gazetteer: Gazetteer

    def thing(self, thing: Thing) -> Labels:
        """Return what a thing is called, whatever it is."""
        match thing:
            case Project():
                return self.project(thing.id)
            case Event():
                return self.event(thing)
            case Place():
                return place_labels(thing, self.gazetteer)
            case Organisation():
                return organisation_labels(thing, self.gazetteer)

    def project(self, project: Id) -> Labels:
        """Return what a project is called: its acronym in every language, else its titles."""
        acronym = self._first(project, Slot.ACRONYM)
        if isinstance(acronym, str):
            return dict.fromkeys(LANGUAGES, acronym)
        facts = self.facts.get(project, ())
        titles = (f.statement.value for f in facts if f.statement.slot is Slot.TITLE)
        return as_read(title for title in titles if isinstance(title, Text))

    def event(self, event: Event) -> Labels:
        """Return what an event is called in each published language: project, noun and place."""
        return {wording.language: self._event(event, wording) for wording in wordings()}

    def _event(self, event: Event, wording: Wording) -> str:
        whole = self.things.get(event.part_of) if event.part_of else None
        if isinstance(whole, Event):
            noun = self._part_noun(event, wording)
            return wording.sentence("event", "part", noun=noun, whole=self._event(whole, wording))
        words = {
            "project": called(self.project(event.project), wording.language)
            if event.project
            else "",
            "noun": wording.noun(event.noun),
        }
        place = self.things.get(event.place) if event.place else None
        if not isinstance(place, Place):
            return wording.sentence("event", "main-without-place", **words).strip()
        where = called(place_labels(place, self.gazetteer), wording.language)
        return wording.sentence("event", "main", place=where, **words).strip()

    def _part_noun(self, part: Event, wording: Wording) -> str:
        kind = self._first(part.id, Slot.EVENT_TYPE)
        if isinstance(kind, Concept):
            return label(concept_iri(kind.scheme, kind.name), wording.language)
        return wording.noun(part.noun)

    def _first(self, subject: Subject, slot: Slot) -> object:
        facts = self.facts.get(subject, ())
        return next((fact.statement.value for fact in facts if fact.statement.slot is slot), None)


def called(labels: Labels, language: str) -> str:
    """Return the label in `language`, else in a published language, else in any, else nothing."""
    wanted = (language, *LANGUAGES, *labels)
    return next((labels[code] for code in wanted if code in labels), "")
