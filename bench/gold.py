"""What releases say, as an annotator wrote it and as eugraph reads it, in one comparable form.

A release comes to things: the release itself, its projects, its events. A thing
has values by slot; a value is written in one or more right ways, which is how
inflected names, names in two languages and an annotator's doubts are told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from eugraph.errors import DataError
from eugraph.facts.fact import (
    Concept,
    Country,
    Edtf,
    Event,
    Fact,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    Scheme,
    Slot,
    Status,
    Text,
    Value,
)
from eugraph.facts.gazetteer.known import Gazetteer
from eugraph.releases.release import Release

Written = tuple[str, ...]
"""A value in all the ways that are right."""

COUNTS = {"stated_partner_count": "partner-count", "stated_country_count": "country-count"}
EVENT_TYPES = {
    "partner-meeting": "meeting",
    "kick-off-meeting": "kick-off",
    "study-visit": "study visit",
}
DISCREPANCIES = {
    "count-vs-list": "country-count",
    "list-differs-between-languages": "language-versions",
    "value-differs-between-languages": "language-versions",
    "lead-country-not-listed": "lead-country-missing",
}
_ACCEPTED = frozenset({Status.STATED, Status.INFERRED})


@dataclass(slots=True)
class Thing:
    """A release, project or event: its values, those that may be left out, and those let pass."""

    kind: str
    values: dict[str, list[Written]] = field(default_factory=lambda: defaultdict(list))
    optional: set[tuple[str, Written]] = field(default_factory=set)
    allowed: dict[str, list[Written]] = field(default_factory=lambda: defaultdict(list))

    def add(self, slot: str, *written: object) -> None:
        """Add a value; None among its spellings means that leaving it out is right, too."""
        spelt = tuple(dict.fromkeys(str(each) for each in written if each not in {None, ""}))
        if spelt and written[0] not in {None, ""}:
            self.values[slot].append(spelt)
            if None in written:
                self.optional.add((slot, spelt))
        elif spelt:
            self.allowed[slot].append(spelt)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one release says; with `any_event`, events besides those listed are no mistake."""

    languages: tuple[str, ...]
    things: tuple[Thing, ...]
    let_pass: tuple[Thing, ...] = ()
    any_event: bool = False


# as an annotator wrote it


def load_gold(path: Path) -> Facts:
    """Return the annotation in `path`; its form is told in `bench/README.md`.

    Raises `DataError` if it is not of that form.
    """
    try:
        return _facts(json.loads(path.read_text(encoding="utf-8-sig")))
    except (ValueError, AttributeError, TypeError) as error:
        raise DataError(path.name, f"is no gold as bench/README.md tells it ({error})") from error


def _facts(data: Mapping[str, Any]) -> Facts:
    languages = tuple(data.get("languages", ()))
    release = Thing("release")
    for language in languages:
        release.add("language", language)
    for note in data.get("discrepancies", ()):
        if (code := note.split(":")[0].strip()) in DISCREPANCIES.values():
            release.add("discrepancy", code)
    for note in data.get("discrepancies_ok", ()):
        release.allowed["discrepancy"].append((note.split(":")[0].strip(),))
    things = [release, *map(_gold_project, data.get("projects", ()))]
    things += map(_gold_event, data.get("events", ()))
    let_pass = [*map(_gold_project, data.get("projects_ok", ()))]
    let_pass += map(_gold_event, data.get("events_ok", ()))
    return Facts(languages, tuple(things), tuple(let_pass), bool(data.get("events_any")))


def _spellings(data: Mapping[str, object], name: str) -> Iterator[object]:
    yield data.get(name)
    others = data.get(f"{name}_alt")
    yield from others if isinstance(others, list) else ()


def _gold_project(data: Mapping[str, object]) -> Thing:
    thing = Thing("project")
    for slot in ("acronym", "programme", "strand", "start", "end"):
        thing.add(slot, *_spellings(data, slot))
    for language, title in _table(data, "title").items():
        others = _table(data, "title_alt").get(language)
        thing.add("title", title, *(others if isinstance(others, list) else ()))
    lead = _table(data, "lead_partner")
    thing.add("lead", *_spellings(lead, "name"))
    thing.add("lead-country", *_spellings(lead, "country"))
    for name in _listed(data, "lead_ok"):
        thing.allowed["lead"].append((str(name),))
    for partner in _listed(data, "partners"):
        if isinstance(partner, dict):
            thing.add("partner", *_spellings(partner, "name"))
            thing.add("partner-country", *_spellings(partner, "country"))
    thing.allowed["partner"] += [(str(name),) for name in _listed(data, "partners_ok")]
    thing.allowed["partner"] += thing.values.get("lead", [])
    for language, codes in _table(data, "countries_listed").items():
        thing.values["country"] += [(f"{language} {code}",) for code in codes]
    for language, codes in _table(data, "countries_ok").items():
        thing.allowed["country"] += [(f"{language} {code}",) for code in codes]
    for name, slot in COUNTS.items():
        for language, number in _table(data, name).items():
            others = _table(data, f"{name}_alt").get(language) or ()
            thing.add(slot, *(each and f"{language} {each}" for each in (number, *others)))
    return thing


def _gold_event(data: Mapping[str, object]) -> Thing:
    thing = Thing("event")
    for slot in ("type", "ordinal", "start", "end"):
        thing.add(slot, *_spellings(data, slot))
    place = _table(data, "place")
    thing.add("place", *_spellings(place, "locality"))
    thing.add("place-country", *_spellings(place, "country"))
    thing.add("planned", data.get("future"))
    return thing


def _table(data: Mapping[str, object], name: str) -> Mapping[str, list[object]]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _listed(data: Mapping[str, object], name: str) -> list[object]:
    value = data.get(name)
    return value if isinstance(value, list) else []


# as eugraph reads it


def facts_of(release: Release, reading: Reading, gazetteer: Gazetteer) -> Facts:
    """Return what `reading` accepts as said, in the form of an annotation."""
    read = _Read(reading, gazetteer)
    whole = Thing("release")
    for language in release.languages:
        whole.add("language", language)
    codes = (DISCREPANCIES.get(each.type) for each in reading.discrepancies)
    for code in dict.fromkeys(code for code in codes if code):
        whole.add("discrepancy", code)
    projects = [read.project(t.id) for t in reading.things if isinstance(t, Project)]
    events = [
        read.event(t.id) for t in reading.things if isinstance(t, Event) and t.part_of is None
    ]
    return Facts(release.languages, (whole, *projects, *events))


class _Read:
    """A reading while it is told as things."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer) -> None:
        self.facts = [fact for fact in reading.facts if fact.status in _ACCEPTED]
        self.things = {thing.id: thing for thing in reading.things}
        self.disputed = [fact for fact in reading.facts if fact.status is Status.DISPUTED]
        self.gazetteer = gazetteer

    def of(self, subject: Id, slot: Slot, facts: Iterable[Fact] | None = None) -> list[Fact]:
        asked = self.facts if facts is None else facts
        return [f for f in asked if f.statement.subject == subject and f.statement.slot is slot]

    def project(self, id_: Id) -> Thing:
        thing = Thing("project")
        for fact in self.of(id_, Slot.ACRONYM)[:1]:
            thing.add("acronym", _plain(fact.statement.value))
        texts = {_language(f): _plain(f.statement.value) for f in self.of(id_, Slot.TITLE)}
        for fact in self.of(id_, Slot.TITLE, self.disputed):
            texts.setdefault(_language(fact), _plain(fact.statement.value))
        for title in dict.fromkeys(texts.values()):
            thing.add("title", title)
        for level in ("programme", "strand"):
            for names in self._schemes(id_, level)[:1]:
                thing.add(level, *names)
        self._dates(thing, id_)
        self._organisations(thing, id_)
        in_languages = [*self.facts, *self.disputed]
        for slot, name in (
            (Slot.INVOLVES_COUNTRY, "country"),
            (Slot.PARTNER_COUNT, "partner-count"),
            (Slot.COUNTRY_COUNT, "country-count"),
        ):
            stated = self.of(id_, slot, in_languages)
            values = [
                f"{piece.language} {_plain(fact.statement.value)}"
                for fact in stated
                if fact.status is not Status.INFERRED
                for piece in fact.evidence
            ]
            thing.values[name] += [(each,) for each in dict.fromkeys(values)]
        return thing

    def _schemes(self, project: Id, level: str) -> list[Written]:
        keys = [f.statement.value.key for f in self.of(project, Slot.FUNDED_UNDER)
                if isinstance(f.statement.value, Scheme)]  # fmt: skip
        known = [self.gazetteer.schemes[key] for key in keys]
        return [
            (*(name for names in scheme.names.values() for name in names), *scheme.written)
            for scheme in known
            if scheme.level == level
        ]

    def _organisations(self, thing: Thing, project: Id) -> None:
        lead: Id | None = None
        for role, slot in (("lead-partner", "lead"), ("partner", "partner")):
            for id_ in self._with_role(project, role):
                organisation = self.things[id_]
                if id_ == lead or not isinstance(organisation, Organisation):
                    continue
                lead = id_ if slot == "lead" else lead
                thing.add(slot, *(name.text for name in organisation.names))
                stated = self.of(id_, Slot.ORGANISATION_COUNTRY)
                country = _plain(stated[0].statement.value) if stated else organisation.country
                thing.add(f"{slot}-country", country)

    def _with_role(self, context: Id, role: str) -> list[Id]:
        subjects = (f.statement.subject for f in self.facts
                    if f.statement.value == Concept("role", role))  # fmt: skip
        found = (
            s.organisation
            for s in subjects
            if isinstance(s, Participation) and s.context == context
        )
        return list(dict.fromkeys(found))

    def event(self, id_: Id) -> Thing:
        thing = Thing("event")
        types = [_plain(f.statement.value) for f in self.of(id_, Slot.EVENT_TYPE)]
        thing.add("type", *(EVENT_TYPES.get(kind, kind) for kind in types or ["other"]))
        for fact in self.of(id_, Slot.ORDINAL)[:1]:
            thing.add("ordinal", _plain(fact.statement.value))
        self._dates(thing, id_)
        for fact in self.of(id_, Slot.PLACE)[:1]:
            value = fact.statement.value
            place = self.things.get(value) if isinstance(value, Id) else None
            if isinstance(place, Place):
                thing.add("place", *(name.text for name in place.names))
                thing.add("place-country", place.country)
        status = [_plain(f.statement.value) for f in self.of(id_, Slot.EVENT_STATUS)]
        thing.add("planned", status[:1] == ["reported-planned"])
        return thing

    def _dates(self, thing: Thing, id_: Id) -> None:
        stated = [_plain(f.statement.value) for f in self.of(id_, Slot.STATED_DATE)]
        begin, _, end = (stated[0] if stated else "").partition("/")
        days = {"start": _open_day(begin), "end": _open_day(end)}
        for slot, name in ((Slot.START, "start"), (Slot.END, "end")):
            for fact in self.of(id_, slot)[:1]:
                days[name] = _plain(fact.statement.value)
        thing.add("start", days["start"])
        thing.add("end", days["end"] if days["end"] != days["start"] else None)


def _open_day(edtf: str) -> str | None:
    return edtf.replace("XXXX-", "--") or None


def _language(fact: Fact) -> str:
    value = fact.statement.value
    return value.language if isinstance(value, Text) else ""


def _plain(value: Value) -> str:
    match value:
        case Text(text=text) | Edtf(text=text):
            return text
        case Country(code=code):
            return code
        case Concept(name=name) | Id(name=name):
            return name
        case date():
            return value.isoformat()
        case _:
            return str(value)
