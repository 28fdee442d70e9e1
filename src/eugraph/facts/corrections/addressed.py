"""What a correction speaks of: the release, its things by name, its facts, its words.

Things have no name for good within a release, so each answers to all it is
called: a project to its acronym and titles, a place or an organisation to its
names and its key in the gazetteer, an event to its noun, its date as stated,
its first day and its place. A name that fits several things addresses none.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from msgspec import Struct

from eugraph.facts.corrections.correction import Address, Correction
from eugraph.facts.corrections.given import Given, same_value
from eugraph.facts.fact import (
    Event,
    Evidence,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    ReleaseSubject,
    Scheme,
    Slot,
    Statement,
    Subject,
    Text,
    Thing,
    Value,
)
from eugraph.facts.language.words import fold
from eugraph.releases.release import Release

RULE = "as-corrected"
"""The rule of evidence that a person named."""

_NAMING = frozenset({Slot.ACRONYM, Slot.TITLE, Slot.ORGANISATION_NAME, Slot.ALIAS})
_OF_RELEASE = frozenset({Slot.ABOUT_PROJECT, Slot.ABOUT_EVENT, Slot.ISSUED})
_OF_PROJECT = frozenset(
    {
        Slot.ACRONYM, Slot.TITLE, Slot.FUNDED_UNDER, Slot.PARTNER_COUNT, Slot.COUNTRY_COUNT,
        Slot.INVOLVES_COUNTRY, Slot.OBJECTIVE, Slot.SPECIFIC_OBJECTIVE, Slot.EXPECTED_IMPACT,
    }
)  # fmt: skip
_OF_EITHER = frozenset({Slot.TOPIC, Slot.START, Slot.END, Slot.STATED_DATE, Slot.NORMALISED_DATE})
_OF_ORGANISATION = frozenset({Slot.ORGANISATION_COUNTRY, Slot.ORGANISATION_NAME})
OF_PART = frozenset({Slot.ROLE, Slot.FROM_PLACE})
"""Slots of an organisation's part in a project or an event."""


class Contents(Struct, frozen=True):
    """What a release says, as far as it is corrected: its things and its facts."""

    release: Release
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]

    def concerned(self, address: Address) -> bool:
        """Tell whether an address is one in this release."""
        if address.project is None:
            return address.release in {self.release.id, self.release.sha256}
        return bool(self.projects(address))

    def projects(self, address: Address) -> tuple[Id, ...]:
        """Return the projects an address leaves to choose from."""
        projects = (thing.id for thing in self.things if isinstance(thing, Project))
        wanted = address.project
        return tuple(p for p in projects if wanted is None or self.answers(p, wanted))

    def named(self, address: Address) -> tuple[Id, ...]:
        """Return the things that an address names; without a name, the projects.

        Events are called by their places, so they are meant only if nothing
        else is called so.
        """
        if address.of is None:
            return self.projects(address)
        called = [thing for thing in self.things if self.answers(thing.id, address.of)]
        others = [thing for thing in called if not isinstance(thing, Event)]
        return tuple(thing.id for thing in others or called)

    def answers(self, thing: Id, name: str) -> bool:
        """Tell whether a thing is called `name`; case, diacritics and blanks do not matter."""
        return _folded(name) in {_folded(each) for each in self._names(thing)}

    def _names(self, thing_id: Id) -> Iterator[str]:
        yield thing_id.name
        for fact in self.facts:
            value = fact.statement.value
            if fact.statement.subject == thing_id and fact.statement.slot in _NAMING:
                yield value.text if isinstance(value, Text) else str(value)
        match next((thing for thing in self.things if thing.id == thing_id), None):
            case Place(names=names, known=known) | Organisation(names=names, known=known):
                yield from (name.text for name in names)
                yield known or thing_id.name
            case Event() as event:
                yield from self._names_of_event(event)

    def _names_of_event(self, event: Event) -> Iterator[str]:
        yield event.noun
        if event.place is not None:
            yield from self._names(event.place)
        for fact in self.facts:
            if fact.statement.subject == event.id:
                match fact.statement:
                    case Statement(slot=Slot.STATED_DATE, value=value):
                        yield getattr(value, "text", "")
                    case Statement(slot=Slot.START, value=value):
                        yield str(value)

    def facts_at(self, correction: Correction) -> tuple[Fact, ...]:
        """Return the facts that a correction speaks of, by slot, thing, old value and words."""
        return tuple(
            fact
            for fact in self.facts
            if fact.statement.slot is correction.slot
            and self._fits(fact.statement.subject, correction)
            and (correction.old is None or self.same(fact.statement.value, correction.old))
            and (correction.quote is None or self.rests_on(fact, correction.quote))
        )

    def subjects(self, correction: Correction) -> tuple[Subject, ...]:
        """Return what a value can be set of: all that the correction leaves to choose from."""
        slot = correction.slot
        if slot is Slot.HEADLINE:
            language = correction.at.of or correction.language
            return (ReleaseSubject(language),) if language else ()
        if slot in OF_PART:
            contexts = self._contexts(correction.at)
            organisations = self._organisations(correction.organisation or "")
            return tuple(Participation(o, c) for c in contexts for o in organisations)
        kinds = self._kinds(correction)
        return tuple(
            thing.id
            for thing in self.things
            if isinstance(thing, kinds) and self._fits(thing.id, correction)
            if correction.at.of is not None or getattr(thing, "part_of", None) is None
        )

    def _contexts(self, address: Address) -> tuple[Id, ...]:
        """Return the projects and events that an address names; without a name, the projects."""
        if address.of is None:
            return self.projects(address)
        contexts = (thing.id for thing in self.things if isinstance(thing, Project | Event))
        return tuple(each for each in contexts if self.fits(each, address))

    def _organisations(self, name: str) -> tuple[Id, ...]:
        ids = (thing.id for thing in self.things if isinstance(thing, Organisation))
        return tuple(each for each in ids if self.answers(each, name))

    def _kinds(self, correction: Correction) -> tuple[type[Thing], ...]:
        slot, named = correction.slot, correction.at.of is not None
        if slot in _OF_ORGANISATION:
            return (Organisation,)
        if slot in _OF_PROJECT:
            return (Project,)
        if slot in _OF_EITHER:
            return (Project, Event) if named else (Project,)
        return (Event,)

    def _fits(self, subject: Subject, correction: Correction) -> bool:
        """Tell whether a subject is what the correction names, or it names none."""
        of, wanted = correction.at.of, correction.organisation
        match subject:
            case Participation(organisation, context):
                return (wanted is None or self.answers(organisation, wanted)) and (
                    self.fits(context, correction.at)
                )
            case Id():
                return self.fits(subject, correction.at)
            case ReleaseSubject(language):
                return of in {None, language}
            case Scheme(key):
                return of in {None, key}

    def fits(self, thing: Id, address: Address) -> bool:
        """Tell whether a thing is one that an address leaves to choose from."""
        if address.of is not None and not self.answers(thing, address.of):
            return False
        if address.project is None:
            return True
        project = self.project_of(thing)
        return project is None or project in self.projects(address)

    def project_of(self, thing_id: Id) -> Id | None:
        """Return the project that a project or an event is part of."""
        match next((thing for thing in self.things if thing.id == thing_id), None):
            case Project(project):
                return project
            case Event(project=project, part_of=None):
                return project
            case Event(part_of=Id() as whole):
                return self.project_of(whole)
            case _:
                return None

    def same(self, value: Value, given: Given) -> bool:
        """Tell whether a value is what a person gave, a thing by its name."""
        if isinstance(value, Id):
            return isinstance(given, str) and self.answers(value, given)
        return same_value(value, given)

    def rests_on(self, fact: Fact, quote: str) -> bool:
        """Tell whether the words of a fact are within `quote`, or it within them."""
        spans = self._spans(quote)
        return any(
            (start <= piece.start and piece.end <= end)
            or (piece.start <= start and end <= piece.end)
            for piece in fact.evidence
            for start, end in spans
        )

    def evidence(self, quote: str, language: str | None) -> Evidence | None:
        """Return the first place of `quote` in a passage, of `language` if one is given."""
        text = self.release.text
        for start, end in self._spans(quote):
            for passage in self.release.passages:
                inside = passage.start <= start and end <= passage.end
                if inside and language in {None, passage.language}:
                    words = text[start:end]
                    return Evidence(self.release.id, passage.language, start, end, words, RULE)
        return None

    def _spans(self, quote: str) -> list[tuple[int, int]]:
        """Return where `quote` stands; how words are spaced does not matter."""
        pattern = r"\s+".join(map(regex.escape, quote.split()))
        return [match.span() for match in regex.finditer(pattern, self.release.text)]


def _folded(name: str) -> str:
    return " ".join(fold(name).split())
