"""What the things, values and properties of a record are called at the desk.

The records are those of `eugraph facts --json`. Beside what a person reads
stands what a correction writes: a value as a file of corrections has it, and
a name by which the thing is found again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from eugraph.facts.fact import Slot
from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.server.desk.desk import Record
from eugraph.triples.iris import concept_iri
from eugraph.triples.terms import PROPERTIES
from eugraph.triples.wording import Wording, label, wordings
from eugraph.vocabulary import EUG

Json = Any
"""A part of a record."""


class RecordLabels:
    """What one record is called in one language, and what corrections write for it."""

    def __init__(self, record: Record, language: str) -> None:
        """Look up what the things of `record` are called."""
        self._wording: Wording = next(w for w in wordings() if w.language == language)
        self._language = language
        self._things: Mapping[str, Json] = {thing["id"]: thing for thing in record["things"]}
        self._titles = dict(reversed(list(_titles(record["facts"]))))
        self._nouns = Counter(thing.get("noun") for thing in record["things"])

    def is_project(self, subject: Json) -> bool:
        """Tell whether a statement is about a project."""
        return isinstance(subject, str) and subject in self._titles

    def subject(self, subject: Json) -> str:
        """Return what a statement is about."""
        match subject:
            case {"organisation": organisation, "in": context}:
                return f"{self.thing(organisation)} – {self.thing(context)}"
            case {"scheme": scheme}:
                return self._scheme(str(scheme))
            case {"language": code}:
                version = label(EUG.LanguageVersion, self._language)
                return f"{version}: {self._wording.language_name(code)}"
            case "release":
                return label(EUG.PressRelease, self._language)
        return self.thing(subject)

    def slot(self, slot: str) -> str:
        """Return what the ontology calls a property."""
        return label(PROPERTIES[Slot(slot)], self._language)

    def value(self, slot: str, value: Json) -> str:
        """Return a value as a person reads it."""
        match value:
            case {"text": text}:
                return str(text)
            case str() if value in self._things:
                return self.thing(value)
            case str() if value in load_knowledge().gazetteer.schemes:
                return self._scheme(value)
            case str() if slot.endswith("country"):
                return self._wording.country_name(value)
            case str() if "/" in value and slot in {
                "topic", "role", "event-type", "event-status", "audience",
            }:  # fmt: skip
                return self.concept(*value.split("/", 1))
        return str(value)

    def _scheme(self, key: str) -> str:
        """Return what a programme is called, in the reader's language if it has a name there."""
        known = load_knowledge().gazetteer.schemes.get(key)
        names = known.names if known else {}
        return next((names[code][0] for code in (self._language, "en") if names.get(code)), key)

    def written(self, value: Json) -> str:
        """Return a value as a correction writes it."""
        match value:
            case {"text": text}:
                return str(text)
            case str() if value in self._things:
                return self._name(value)
            case str() if value.partition("/")[0] in {
                "topic", "role", "event-type", "event-status", "audience",
            }:  # fmt: skip
                return value.partition("/")[2]
        return str(value)

    def address(self, subject: Json) -> tuple[str, str]:
        """Return what a correction calls a subject: `of` and, of a part, `organisation`."""
        match subject:
            case {"organisation": organisation, "in": context}:
                return self._name(context), self._name(organisation)
            case {"scheme": scheme}:
                return str(scheme), ""
            case {"language": code}:
                return str(code), ""
            case "release":
                return "", ""
        return self._name(subject), ""

    def concept(self, scheme: str, name: str) -> str:
        """Return the label of a concept."""
        return label(concept_iri(scheme, name), self._language)

    def thing(self, thing_id: str) -> str:
        """Return what a thing is called."""
        thing = self._things[thing_id]
        match thing["kind"]:
            case "project":
                return self._titles.get(thing_id, thing_id)
            case "event":
                noun = self._wording.noun(thing["noun"])
                at = thing["part_of"] or thing["place"] or thing["project"]
                return f"{noun} ({self.thing(at)})" if at else noun
        return self._called(thing)

    def _called(self, thing: Json) -> str:
        names = {name["language"]: name["text"] for name in reversed(thing["names"])}
        return str(names.get(self._language) or names.get("en") or next(iter(names.values()), ""))

    def _name(self, thing_id: str) -> str:
        """Return the name by which a correction finds a thing: one that lasts, where it has one."""
        thing = self._things[thing_id]
        match thing["kind"]:
            case "project":
                return self._titles.get(thing_id, thing_id)
            case "event":
                return str(thing["noun"]) if self._nouns[thing["noun"]] == 1 else thing_id
        return str(thing["known"] or self._called(thing))


def _titles(facts: Iterable[Json]) -> Iterator[tuple[str, str]]:
    """Yield projects with their acronyms, then with their titles."""
    for slot in ("acronym", "title"):
        for fact in facts:
            if fact["slot"] == slot and isinstance(fact["subject"], str):
                value = fact["value"]
                yield fact["subject"], str(value["text"] if isinstance(value, dict) else value)
