"""The values and subjects of a reading in words a person knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eugraph.facts.fact import (
    Concept,
    Country,
    Edtf,
    Event,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    ReleaseSubject,
    Scheme,
    Slot,
    Subject,
    Text,
    Thing,
    Value,
)
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.triples.iris import concept_iri
from eugraph.triples.names import organisation_labels, place_labels
from eugraph.triples.wording import Wording, label, wordings


@dataclass(frozen=True, slots=True)
class ReadingLabels:
    """What the values and subjects of one reading are called, in English."""

    things: Mapping[Id, Thing]
    acronyms: Mapping[Id, str]
    gazetteer: Gazetteer
    wording: Wording

    @classmethod
    def of(cls, reading: Reading, gazetteer: Gazetteer) -> ReadingLabels:
        """Return the labels of what `reading` has."""
        names: dict[Id, str] = {}
        for fact in reading.facts:
            subject, value = fact.statement.subject, fact.statement.value
            if isinstance(subject, Id) and fact.statement.slot in {Slot.ACRONYM, Slot.TITLE}:
                names.setdefault(subject, value.text if isinstance(value, Text) else str(value))
        things = {thing.id: thing for thing in reading.things}
        english = next(w for w in wordings() if w.language == "en")
        return cls(things, names, gazetteer, english)

    def subject(self, subject: Subject) -> str:
        """Return what a statement is about."""
        match subject:
            case ReleaseSubject(None):
                return "Release"
            case ReleaseSubject(language):
                return f"Release, {self.wording.language_name(language or '')} version"
            case Participation(organisation, context):
                return f"{self.thing(organisation)} in {self.thing(context)}"
            case Scheme():
                return self.value(subject)
            case Id():
                return f"{self._kind(subject)} {self.thing(subject)}"

    def value(self, value: Value) -> str:
        """Return a value as a person reads it."""
        match value:
            case Id():
                return self.thing(value)
            case Text(text, _) | Edtf(text):
                return text
            case Concept(scheme, name):
                return label(concept_iri(scheme, name), "en")
            case Country(code):
                return self.wording.country_name(code)
            case Scheme(key):
                known = self.gazetteer.schemes[key]
                return known.names.get("en", (key,))[0]
            case _:
                return str(value)

    def about(self, about: Id | ReleaseSubject) -> str:
        """Return what a discrepancy is about."""
        return self.thing(about) if isinstance(about, Id) else self.subject(about)

    def thing(self, thing: Id) -> str:
        """Return what a thing of the reading is called."""
        match found := self.things[thing]:
            case Project():
                return self.acronyms.get(thing, thing.name)
            case Organisation():
                return _english(organisation_labels(found, self.gazetteer)) or thing.name
            case Place():
                return _english(place_labels(found, self.gazetteer)) or thing.name
            case Event():
                return self._event(found)

    def _event(self, event: Event) -> str:
        noun = self.wording.noun(event.noun)
        if event.part_of:
            return f"{noun} ({self.thing(event.part_of)})"
        return f"{noun} in {self.thing(event.place)}" if event.place else noun

    def _kind(self, thing: Id) -> str:
        return type(self.things[thing]).__name__


def _english(labels: Mapping[str, str]) -> str:
    return labels.get("en") or next(iter(labels.values()), "")
