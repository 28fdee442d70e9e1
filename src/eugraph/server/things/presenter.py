"""Presents the description of a thing in the order of its page, every value with its readings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import Final

from rdflib import DCTERMS, SKOS

from eugraph.server.interface import has_message
from eugraph.server.source import Cell
from eugraph.server.things.content import Conflict, Part, Premise, Property, Reading, Value
from eugraph.server.things.description import (
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
    Description,
    every_reading,
)
from eugraph.server.things.evidence import Text, Words, words_at
from eugraph.server.things.layout import contradiction_types, hidden_properties, property_order
from eugraph.server.things.localizer import Localizer
from eugraph.vocabulary import EUG

MOST_READINGS: Final = 10
"""How many readings of one value a page shows."""


class Presenter:
    """Arranges the description of one thing for a reader."""

    def __init__(self, description: Description, localizer: Localizer, text: Text) -> None:
        """Arrange `description` by `localizer`; `text` returns the text of a release."""
        self._description = description
        self._localizer = localizer
        self._text = text

    def properties(self, type_: str) -> tuple[Property, ...]:
        """Return the properties of the thing that its page tells, in the order for its type."""
        order, hidden = property_order(type_), hidden_properties()
        properties = self._values(self._description.iri)
        names = [*(name for name in order if name in properties)]
        names += sorted(set(properties) - set(names) - hidden, key=self._localizer.name)
        if self._repeats_days():
            names = [name for name in names if name != _EDTF]
        return tuple(
            Property(name, self._localizer.name(name), self._localizer.definition(name), values)
            for name in names
            if (values := properties[name])
        )

    def _repeats_days(self) -> bool:
        """Tell whether the normalised date is just what other properties give as well."""
        values = {
            name: self._description.values(self._description.iri, str(name))
            for name in (EUG.edtf, EUG.statedDate, EUG.startDate, EUG.endDate, DCTERMS.issued)
        }
        days = product(values[EUG.startDate], values[EUG.endDate])
        given = {
            *values[EUG.statedDate],
            *values[DCTERMS.issued],
            *(f"{begin}/{end}" for begin, end in days),
        }
        given |= set(values[EUG.startDate]) & set(values[EUG.endDate])
        return given.issuperset(values[EUG.edtf])

    def parts(self) -> tuple[Part, ...]:
        """Return who takes part, as this thing's participations tell it."""
        description = self._description
        found = [
            Part(
                description.value(node, _PARTICIPANT),
                description.value(node, _CONTEXT),
                self._values(node).get(_ROLE, ()),
            )
            for node in description.values(description.iri, _PARTS)
        ]
        return tuple(sorted(found, key=lambda part: (_rank(part), self._name(part))))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the discrepancies about this thing, or the one it is; open ones first."""
        nodes = self._description.discrepancies
        if self._description.iri in nodes:
            nodes = [self._description.iri]
        found = [self._conflict(node) for node in nodes]
        return tuple(sorted(found, key=lambda each: (each.state != "open", each.type, each.iri)))

    def _conflict(self, node: str) -> Conflict:
        description, localizer = self._description, self._localizer
        status = description.value(node, _RESOLUTION)
        languages = {
            localizer.named_language(each)[0] for each in description.values(node, LANGUAGE)
        }
        readings = [
            (self._value_text(assertion), self._reading(assertion, languages))
            for assertion in description.values(node, _CONCERNED)
            if description.of(assertion)
        ]
        return Conflict(
            node,
            description.value(node, _KIND) in contradiction_types(),
            localizer.name(description.value(node, _KIND)),
            status.rpartition("/")[2],
            localizer.name(status),
            localizer.best(description.of(node).get(COMMENT, [])),
            tuple(sorted(readings, key=lambda each: each[0])),
        )

    def _values(self, node: str) -> Mapping[str, tuple[Value, ...]]:
        """Return the values of every property of a node, those only asserted among them."""
        own = {name: list(cells) for name, cells in self._description.of(node).items()}
        for name, cell in self._description.asserted(node):
            if cell not in own.get(name, []):
                own.setdefault(name, []).append(cell)
        return {
            name: tuple(sorted((self._value(node, name, cell) for cell in cells), key=self._rank))
            for name, cells in own.items()
        }

    def _value(self, node: str, name: str, cell: Cell) -> Value:
        assertions = sorted(self._description.assertions(node, name, cell), key=self._goodness)
        shown = assertions if len(assertions) <= MOST_READINGS else assertions[:MOST_READINGS]
        state = self._state(assertions[0]) if assertions else ""
        found = {d for each in assertions for d in self._description.concerning(each)}
        clash = any(self._description.value(d, _KIND) in contradiction_types() for d in found)
        text, kind = self._localizer.value(cell)
        iri = cell["value"] if cell["type"] == "uri" else ""
        return Value(
            text,
            iri,
            self._localizer.tag(iri) if iri else cell.get("xml:lang", ""),
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
        translate = self._localizer.translate
        if contradicted or not discrepancies:
            return translate("thing.contradicted") if contradicted else ""
        kinds = {self._description.value(each, _KIND).rpartition("/")[2] for each in discrepancies}
        known = [f"doubt.{kind}" for kind in sorted(kinds)]
        kinds_named = [
            translate(key) for key in known if has_message(self._localizer.language, key)
        ]
        return ", ".join(kinds_named) or translate("thing.remarked")

    def _state(self, assertion: str) -> str:
        return self._description.value(assertion, STATUS).rpartition("/")[2]

    def _goodness(self, assertion: str) -> tuple[int, str]:
        """Return where an assertion stands among those of one value: what is stated first."""
        state = self._state(assertion)
        return _STATES.index(state) if state in _STATES else len(_STATES), assertion

    def _reading(self, assertion: str, languages: Collection[str] = ()) -> Reading:
        """Return an assertion, its words in some `languages` alone where it has such."""
        description, localizer = self._description, self._localizer
        status = description.value(assertion, STATUS)
        rule = description.value(assertion, RULE)
        certainty = description.value(assertion, CERTAINTY)
        not_taken = self._not_taken(rule) if self._state(assertion) == "candidate" else ""
        return Reading(
            assertion,
            status.rpartition("/")[2],
            localizer.name(status) if status else "",
            localizer.name(certainty) if certainty else "",
            localizer.name(rule) if rule and not not_taken else "",
            not_taken or (localizer.definition(rule) if rule else ""),
            localizer.best(description.of(assertion).get(COMMENT, [])),
            tuple(self._words(assertion, languages)),
            tuple(self._premises(assertion)),
        )

    def _not_taken(self, rule: str) -> str:
        """Return why a possible year is not the one that is told: another, by this rule, is."""
        known = f"candidate.{rule.rpartition('/')[2]}"
        return (
            self._localizer.translate(known) if has_message(self._localizer.language, known) else ""
        )

    def _words(self, assertion: str, languages: Collection[str]) -> Iterator[Words]:
        found = []
        for iri in self._description.values(assertion, EVIDENCE):
            language = self._localizer.named_language(self._description.value(iri, LANGUAGE))
            words = words_at(iri, language, self._text)
            if words:
                found.append(words)
        mine = [each for each in found if each.language in languages]
        yield from sorted(mine or found, key=lambda each: (each.release, each.start, each.end))

    def _premises(self, assertion: str) -> Iterator[Premise]:
        for premise in self._description.values(assertion, PREMISE):
            if self._description.of(premise):
                yield self._premise(premise)

    def _premise(self, premise: str) -> Premise:
        description, localizer = self._description, self._localizer
        about, value = description.value(premise, SUBJECT), self._value_text(premise)
        if whole := description.value(about, _CONTEXT):
            who = description.value(about, _PARTICIPANT)
            names = {"who": localizer.name(who), "whole": localizer.name(whole)}
            return Premise(localizer.translate("thing.premise-part", part=value, **names), whole)
        if description.value(premise, PREDICATE) == _NAME:
            return Premise(localizer.translate("thing.premise-name", name=value), about)
        name = localizer.name(description.value(premise, PREDICATE))
        return Premise(f"{localizer.name(about)}: {name} – {value}", about)

    def _value_text(self, assertion: str) -> str:
        cells = self._description.of(assertion).get(OBJECT, [])
        return self._localizer.value(cells[0])[0] if cells else ""

    def _rank(self, value: Value) -> tuple[bool, bool, str, str]:
        """Return where a value stands: accepted ones first, then those in the reader's language."""
        foreign = not value.iri and value.language not in {"", self._localizer.language}
        return value.state in {"candidate", "disputed"}, foreign, value.text, value.language

    def _name(self, part: Part) -> str:
        return self._localizer.name(part.organisation)


_PARTS: Final = str(EUG.hasParticipation)
_PARTICIPANT: Final = str(EUG.participant)
_CONTEXT: Final = str(EUG.participationIn)
_EDTF: Final = str(EUG.edtf)
_ROLE: Final = str(EUG.participationRole)
_CONCERNED: Final = str(EUG.concernsAssertion)
_NAME: Final = str(SKOS.altLabel)
_KIND: Final = str(EUG.discrepancyType)
_RESOLUTION: Final = str(EUG.resolutionStatus)
_STATES = ("stated", "inferred", "candidate", "disputed")
"""How a value came about, the best first."""


def _rank(part: Part) -> int:
    """Return where a participation stands: the lead partner first."""
    roles = {role.iri.rpartition("/")[2] for role in part.roles if role.state != "disputed"}
    return 0 if "lead-partner" in roles else 1 if "partner" in roles else 2
