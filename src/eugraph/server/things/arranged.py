"""What is said about a thing, in the order of its page, every value with its readings."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rdflib import SKOS

from eugraph.server.interface import says
from eugraph.server.source import Cell
from eugraph.server.things.evidence import Text, Words, words_at
from eugraph.server.things.speech import Speech
from eugraph.server.things.told import (
    CERTAINTY,
    COMMENT,
    EVIDENCE,
    LANGUAGE,
    OBJECT,
    PREDICATE,
    PREMISE,
    RULE,
    STATUS,
    SUBJECT,
    Told,
    every_reading,
)
from eugraph.shipped import shipped
from eugraph.vocabulary import EUG, PREFIXES

MOST_READINGS: Final = 10
"""How many readings of one value a page shows."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What an inferred value follows from: a statement in words, and where to read about it."""

    text: str
    iri: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One assertion: how sure it is, by which rule, in which words, from which premises.

    `state` is the name of its status: `stated`, `inferred`, `candidate` or
    `disputed`; `status`, `certainty` and `rule` are words for a reader.
    """

    iri: str
    state: str
    status: str
    certainty: str
    rule: str
    explained: str
    comment: str
    words: tuple[Words, ...]
    premises: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words; `iri` is what it names, empty for text; `state` as of its best reading.

    `clash` is `contradicted` or `remarked` where a discrepancy concerns it, `doubt` says how.
    `written` is how the data write it where a reader may want to know. Of many
    readings only the best are here: `left` counts the others, and the query
    `more` gives them all.
    """

    text: str
    iri: str
    language: str
    written: str
    state: str
    readings: tuple[Reading, ...]
    clash: str
    doubt: str
    more: str
    left: int

    @property
    def quoted(self) -> str:
        """The words that a thing without a page is told in; empty for literals and where none."""
        words = (one.quote for each in self.readings for one in each.words)
        return next(words, "") if self.iri else ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property and its values."""

    iri: str
    name: str
    told: str
    values: tuple[Value, ...]

    @property
    def short(self) -> bool:
        """Whether the values are many and short, to be set side by side."""
        return len(self.values) > _FEW and all(len(each.text) <= _SHORT for each in self.values)


@dataclass(frozen=True, slots=True)
class Part:
    """A participation: who takes part in what, and in which roles."""

    organisation: str
    context: str
    roles: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A discrepancy: what it is, whether it is settled, and the readings that disagree.

    `contradicts` tells it from a remark, such as that one language leaves something out.
    """

    iri: str
    contradicts: bool
    type: str
    state: str
    status: str
    comment: str
    readings: tuple[tuple[str, Reading], ...]


class Arranger:
    """Arranges what is told about one thing for a reader."""

    def __init__(self, told: Told, speech: Speech, text: Text) -> None:
        """Arrange `told` in the words of `speech`; `text` returns the text of a release."""
        self._told = told
        self._speech = speech
        self._text = text

    def properties(self, type_: str) -> tuple[Property, ...]:
        """Return the properties of the thing that its page tells, in the order for its type."""
        order, hidden = _order(type_), _hidden()
        told = self._values(self._told.iri)
        names = [*(name for name in order if name in told)]
        names += sorted(set(told) - set(names) - hidden, key=self._speech.name)
        return tuple(
            Property(name, self._speech.name(name), self._speech.definition(name), values)
            for name in names
            if (values := told[name])
        )

    def parts(self) -> tuple[Part, ...]:
        """Return who takes part, as this thing's participations tell it."""
        told = self._told
        found = [
            Part(
                told.value(node, _PARTICIPANT),
                told.value(node, _CONTEXT),
                self._values(node).get(_ROLE, ()),
            )
            for node in told.values(told.iri, _PARTS)
        ]
        return tuple(sorted(found, key=lambda part: (_rank(part), self._name(part))))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the discrepancies about this thing, or the one it is; open ones first."""
        nodes = self._told.discrepancies
        if self._told.iri in nodes:
            nodes = [self._told.iri]
        found = [self._conflict(node) for node in nodes]
        return tuple(sorted(found, key=lambda each: (each.state != "open", each.type, each.iri)))

    def _conflict(self, node: str) -> Conflict:
        told, speech = self._told, self._speech
        status = told.value(node, _RESOLUTION)
        languages = {speech.tongue(each)[0] for each in told.values(node, LANGUAGE)}
        readings = [
            (self._value_text(assertion), self._reading(assertion, languages))
            for assertion in told.values(node, _CONCERNED)
            if told.of(assertion)
        ]
        return Conflict(
            node,
            told.value(node, _KIND) in _contradictions(),
            speech.name(told.value(node, _KIND)),
            status.rpartition("/")[2],
            speech.name(status),
            speech.best(told.of(node).get(COMMENT, [])),
            tuple(sorted(readings, key=lambda each: each[0])),
        )

    def _values(self, node: str) -> Mapping[str, tuple[Value, ...]]:
        """Return the values of every property of a node, those only asserted among them."""
        own = {name: list(cells) for name, cells in self._told.of(node).items()}
        for name, cell in self._told.asserted(node):
            if cell not in own.get(name, []):
                own.setdefault(name, []).append(cell)
        return {
            name: tuple(sorted((self._value(node, name, cell) for cell in cells), key=self._rank))
            for name, cells in own.items()
        }

    def _value(self, node: str, name: str, cell: Cell) -> Value:
        assertions = sorted(self._told.assertions(node, name, cell), key=self._goodness)
        shown = assertions if len(assertions) <= MOST_READINGS else assertions[:MOST_READINGS]
        state = self._state(assertions[0]) if assertions else ""
        found = {d for each in assertions for d in self._told.concerning(each)}
        clash = any(self._told.value(d, _KIND) in _contradictions() for d in found)
        text, kind = self._speech.value(cell)
        iri = cell["value"] if cell["type"] == "uri" else ""
        return Value(
            text,
            iri,
            self._speech.tag(iri) if iri else cell.get("xml:lang", ""),
            cell["value"] if kind == "edtf" else "",
            state,
            tuple(map(self._reading, shown)),
            "contradicted" if clash else "remarked" if found else "",
            self._doubt(found, contradicted=clash),
            every_reading(node, name, cell) if len(shown) < len(assertions) else "",
            len(assertions) - len(shown),
        )

    def _doubt(self, discrepancies: Collection[str], *, contradicted: bool) -> str:
        """Return in words what is the matter with a value that discrepancies concern."""
        say = self._speech.say
        if contradicted or not discrepancies:
            return say("thing.contradicted") if contradicted else ""
        kinds = {self._told.value(each, _KIND).rpartition("/")[2] for each in discrepancies}
        known = [f"doubt.{kind}" for kind in sorted(kinds)]
        told = [say(key) for key in known if says(self._speech.language, key)]
        return ", ".join(told) or say("thing.remarked")

    def _state(self, assertion: str) -> str:
        return self._told.value(assertion, STATUS).rpartition("/")[2]

    def _goodness(self, assertion: str) -> tuple[int, str]:
        """Return where an assertion stands among those of one value: what is stated first."""
        state = self._state(assertion)
        return _STATES.index(state) if state in _STATES else len(_STATES), assertion

    def _reading(self, assertion: str, languages: Collection[str] = ()) -> Reading:
        """Return an assertion, its words in some `languages` alone where it has such."""
        told, speech = self._told, self._speech
        status = told.value(assertion, STATUS)
        rule = told.value(assertion, RULE)
        certainty = told.value(assertion, CERTAINTY)
        not_taken = self._not_taken(rule) if self._state(assertion) == "candidate" else ""
        return Reading(
            assertion,
            status.rpartition("/")[2],
            speech.name(status) if status else "",
            speech.name(certainty) if certainty else "",
            speech.name(rule) if rule and not not_taken else "",
            not_taken or (speech.definition(rule) if rule else ""),
            speech.best(told.of(assertion).get(COMMENT, [])),
            tuple(self._words(assertion, languages)),
            tuple(self._premises(assertion)),
        )

    def _not_taken(self, rule: str) -> str:
        """Return why a possible year is not the one that is told: another, by this rule, is."""
        known = f"candidate.{rule.rpartition('/')[2]}"
        return self._speech.say(known) if says(self._speech.language, known) else ""

    def _words(self, assertion: str, languages: Collection[str]) -> Iterator[Words]:
        found = []
        for iri in self._told.values(assertion, EVIDENCE):
            language = self._speech.tongue(self._told.value(iri, LANGUAGE))
            words = words_at(iri, language, self._text)
            if words:
                found.append(words)
        mine = [each for each in found if each.language in languages]
        yield from sorted(mine or found, key=lambda each: (each.release, each.start, each.end))

    def _premises(self, assertion: str) -> Iterator[Premise]:
        for premise in self._told.values(assertion, PREMISE):
            if self._told.of(premise):
                yield self._premise(premise)

    def _premise(self, premise: str) -> Premise:
        told, speech = self._told, self._speech
        about, value = told.value(premise, SUBJECT), self._value_text(premise)
        if whole := told.value(about, _CONTEXT):
            who = told.value(about, _PARTICIPANT)
            names = {"who": speech.name(who), "whole": speech.name(whole)}
            return Premise(speech.say("thing.premise-part", part=value, **names), whole)
        if told.value(premise, PREDICATE) == _NAME:
            return Premise(speech.say("thing.premise-name", name=value), about)
        name = speech.name(told.value(premise, PREDICATE))
        return Premise(f"{speech.name(about)}: {name} – {value}", about)

    def _value_text(self, assertion: str) -> str:
        cells = self._told.of(assertion).get(OBJECT, [])
        return self._speech.value(cells[0])[0] if cells else ""

    def _rank(self, value: Value) -> tuple[bool, bool, str, str]:
        """Return where a value stands: accepted ones first, then those in the reader's language."""
        foreign = not value.iri and value.language not in {"", self._speech.language}
        return value.state in {"candidate", "disputed"}, foreign, value.text, value.language

    def _name(self, part: Part) -> str:
        return self._speech.name(part.organisation)


_PARTS: Final = str(EUG.hasParticipation)
_PARTICIPANT: Final = str(EUG.participant)
_CONTEXT: Final = str(EUG.participationIn)
_ROLE: Final = str(EUG.participationRole)
_CONCERNED: Final = str(EUG.concernsAssertion)
_NAME: Final = str(SKOS.altLabel)
_KIND: Final = str(EUG.discrepancyType)
_RESOLUTION: Final = str(EUG.resolutionStatus)
_FEW = 3
_SHORT = 40
_STATES = ("stated", "inferred", "candidate", "disputed")
"""How a value came about, the best first."""


def _rank(part: Part) -> int:
    """Return where a participation stands: the lead partner first."""
    roles = {role.iri.rpartition("/")[2] for role in part.roles if role.state != "disputed"}
    return 0 if "lead-partner" in roles else 1 if "partner" in roles else 2


@cache
def _order(type_: str) -> Sequence[str]:
    entry = _told().get(type_, {})
    return tuple(map(_iri, entry.get("properties", ()))) if isinstance(entry, dict) else ()


@cache
def sections_of(type_: str) -> tuple[str, ...]:
    """Return the names of the sections of a page, in the order for its type."""
    entry = _told().get(type_, {})
    own = entry.get("sections") if isinstance(entry, dict) else None
    names = own or _told()["sections"]
    assert isinstance(names, list)  # noqa: S101  # shipped data, held to its form by a test
    return tuple(names)


@cache
def _hidden() -> frozenset[str]:
    hidden = _told()["hidden"]
    return frozenset(map(_iri, hidden)) if isinstance(hidden, list) else frozenset()


@cache
def _contradictions() -> frozenset[str]:
    kinds = _told()["contradictions"]
    return frozenset(map(_iri, kinds)) if isinstance(kinds, list) else frozenset()


@cache
def _told() -> Mapping[str, object]:
    return tomllib.loads(shipped("data/pages/things.toml").read_text(encoding="utf-8"))


def _iri(short: str) -> str:
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local
