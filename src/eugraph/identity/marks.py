"""Marks: what tells one thing from another of its kind, as one release names it.

A thing is compared by its marks alone, so the marks of an earlier edition
(`eugraph.identity.register`) serve as well as those of a reading. United marks
are those of a thing that several releases name. Other things are named here by
their paths, kind and key: `org/lv-daugavpils-municipality`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from eugraph.facts.edtf import edtf_bounds
from eugraph.facts.fact import (
    Concept,
    Edtf,
    Event,
    Id,
    Organisation,
    Participation,
    Place,
    Project,
    Reading,
    Slot,
    Status,
    Subject,
    Text,
    Value,
)
from eugraph.identity.decisions import ThingOf
from eugraph.identity.keys import event_key, organisation_key, place_key, slug

Paths = Mapping[ThingOf, str]
"""The paths of things that are resolved already."""

_NONE: frozenset[str] = frozenset()
_YEARLESS = "XXXX"
"""What stands for the year in a date of which it is not told."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a thing from others; a field is empty where the kind has no such mark.

    `names` are slugs; `acronyms` those of them that are acronyms, in letters and
    digits alone. `known` is the key in the gazetteer. `kinds` are the kind
    of an organisation, the noun of an event, the type of a part. `wholes` are
    the project of an event, the event of a part. `starts` are the first days:
    of a project with the year, of an event month and day; `guessed` are those
    of which the year is inferred. `shared` are things that were told together
    with it. `first` and `last` bound an event's date (ISO 8601, empty where
    open); united, they are the days that all allow, a guessed year set aside
    where it disagrees.
    """

    names: frozenset[str] = _NONE
    acronyms: frozenset[str] = _NONE
    known: frozenset[str] = _NONE
    countries: frozenset[str] = _NONE
    places: frozenset[str] = _NONE
    kinds: frozenset[str] = _NONE
    wholes: frozenset[str] = _NONE
    starts: frozenset[str] = _NONE
    guessed: frozenset[str] = _NONE
    shared: frozenset[str] = _NONE
    first: str = ""
    last: str = ""

    def united(self, other: Marks) -> Marks:
        """Return the marks of one thing that both are marks of."""
        if other in (self, Marks()):
            return self
        days = self._common_days(other)
        sets: dict[str, Any] = {name: getattr(self, name) | getattr(other, name) for name in SETS}
        return replace(days, **sets)

    def no_day_in_common(self, other: Marks) -> bool:
        """Tell whether the bounds of two dates exclude each other."""
        lasts = [day for day in (self.last, other.last) if day]
        return bool(lasts) and max(self.first, other.first) > min(lasts)

    def _common_days(self, other: Marks) -> Marks:
        if self.no_day_in_common(other):
            sure = other if self.guessed else self
            return Marks(first=sure.first, last=sure.last)
        lasts = [day for day in (self.last, other.last) if day]
        return Marks(first=max(self.first, other.first), last=min(lasts, default=""))

    def renamed(self, paths: Mapping[str, str]) -> Marks:
        """Return the marks with other things under their present paths."""
        if not paths:
            return self
        sets: dict[str, Any] = {
            name: frozenset(paths.get(each, each) for each in getattr(self, name)) for name in SETS
        }
        return replace(self, **sets)


SETS = tuple(field.name for field in fields(Marks) if field.name not in {"first", "last"})
"""The fields that are sets."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing as a release names it; `label` is the key it would have if it were alone."""

    release: str
    label: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class ReadingIndex:
    """A reading as its marks are taken: what it says of each thing is looked up, not searched.

    `accepted` are the accepted values by subject and slot, in the order of the
    facts; `parts` the organisations that take part in each project and event.
    """

    reading: Reading
    accepted: Mapping[tuple[Subject, Slot], Sequence[Value]]
    parts: Mapping[Id, Sequence[Id]]

    @classmethod
    def of(cls, reading: Reading) -> ReadingIndex:
        """Return the index of `reading`."""
        accepted: dict[tuple[Subject, Slot], list[Value]] = defaultdict(list)
        parts: dict[Id, list[Id]] = defaultdict(list)
        for fact in reading.facts:
            if fact.status in {Status.STATED, Status.INFERRED}:
                subject = fact.statement.subject
                accepted[subject, fact.statement.slot].append(fact.statement.value)
                if isinstance(subject, Participation):
                    parts[subject.context].append(subject.organisation)
        return cls(reading, accepted, parts)

    @property
    def release_id(self) -> str:
        """The release that was read."""
        return self.reading.release_id

    def values(self, subject: Id, slot: Slot) -> Sequence[Value]:
        """Return the accepted values of a slot of a thing, in the order of the facts."""
        return self.accepted.get((subject, slot), ())


T = TypeVar("T", Project, Place, Organisation, Event)


def things(reading: Reading, kind: type[T]) -> Iterator[T]:
    """Return the things of a reading that are of a kind."""
    return (thing for thing in reading.things if isinstance(thing, kind))


def mentioned_places(index: ReadingIndex, _: Paths) -> Iterator[tuple[Id, Mention]]:
    """Yield the places of a reading."""
    projects = _names_of_projects(index)
    for place in things(index.reading, Place):
        name = place.names[0].text if place.names else place.id.name
        marks = Marks(
            names=_slugs((*place.names, *index.values(place.id, Slot.ALIAS))),
            known=_set(place.known),
            countries=_set(place.country),
            shared=projects,
        )
        label = place.known or place_key(name, place.country)
        yield place.id, Mention(index.release_id, label, marks)


def mentioned_organisations(index: ReadingIndex, paths: Paths) -> Iterator[tuple[Id, Mention]]:
    """Yield the organisations of a reading, after its places are resolved."""
    projects = _names_of_projects(index)
    for organisation in things(index.reading, Organisation):
        place = paths[index.release_id, organisation.place] if organisation.place else None
        called = index.values(organisation.id, Slot.ORGANISATION_NAME)
        aliases = index.values(organisation.id, Slot.ALIAS)
        marks = Marks(
            names=_slugs((*organisation.names, *called, *aliases)),
            known=_set(organisation.known),
            countries=_set(organisation.country),
            places=_set(place),
            kinds=_set(organisation.kind),
            shared=projects,
        )
        label = organisation.known or organisation_key(
            organisation.names[0].text if organisation.names else organisation.id.name,
            kind=organisation.kind,
            place=place and place.removeprefix("place/"),
            country=organisation.country,
        )
        yield organisation.id, Mention(index.release_id, label, marks)


def mentioned_projects(index: ReadingIndex, paths: Paths) -> Iterator[tuple[Id, Mention]]:
    """Yield the projects of a reading, after its places and organisations are resolved."""
    for project in things(index.reading, Project):
        names = _project_names(index, project.id)
        acronyms = map(slug, _acronyms(index, project.id))
        starts = [v for v in index.values(project.id, Slot.START) if isinstance(v, date)]
        marks = Marks(
            names=frozenset(map(slug, names)),
            acronyms=frozenset(name.replace("-", "") for name in acronyms),
            starts=frozenset(day.isoformat() for day in starts),
            shared=frozenset(
                paths[index.release_id, thing] for thing in _companions(index, project.id)
            ),
        )
        label = slug(names[0] if names else index.release_id)
        yield project.id, Mention(index.release_id, label, marks)


def mentioned_events(index: ReadingIndex, paths: Paths) -> Iterator[tuple[Id, Mention]]:
    """Yield the main events of a reading, after all but events are resolved."""
    places = {place.id: place for place in things(index.reading, Place)}
    for event in things(index.reading, Event):
        if event.part_of is not None:
            continue
        project = paths[index.release_id, event.project] if event.project else None
        path = where = None
        if event.place:
            path = paths[index.release_id, event.place]
            country = (places[event.place].country or "").lower()
            where = path.removeprefix("place/").removeprefix(f"{country}-")
        marks = replace(
            _date(index, event.id),
            places=_set(path),
            kinds=_set(slug(event.noun)),
            wholes=_set(project),
        )
        label = event_key(project and project.removeprefix("project/"), where, event.noun)
        yield event.id, Mention(index.release_id, label, marks)


def mentioned_parts(index: ReadingIndex, paths: Paths) -> Iterator[tuple[Id, Mention]]:
    """Yield the parts of events of a reading, after the main events are resolved.

    A part has its type as a mark only where its event has one part of that type.
    """
    found: list[tuple[Id, str, str]] = []
    for part in things(index.reading, Event):
        if part.part_of is not None:
            whole = paths[index.release_id, part.part_of]
            found.append((part.id, whole, _part_type(index, part)))
    pairs = Counter((whole, kind) for _, whole, kind in found)
    for thing, whole, kind in found:
        sole = pairs[whole, kind] == 1
        marks = Marks(wholes=frozenset({whole}), kinds=_set(kind if sole else None))
        label = f"{whole.removeprefix('event/')}/{kind}"
        yield thing, Mention(index.release_id, label, marks)


def _part_type(index: ReadingIndex, part: Event) -> str:
    types = [v.name for v in index.values(part.id, Slot.EVENT_TYPE) if isinstance(v, Concept)]
    return types[0] if types else slug(part.noun)


def _project_names(index: ReadingIndex, project: Id) -> list[str]:
    texts = (*index.values(project, Slot.TITLE), *index.values(project, Slot.ALIAS))
    return [*_acronyms(index, project), *(v.text for v in texts if isinstance(v, Text))]


def _acronyms(index: ReadingIndex, project: Id) -> list[str]:
    return [v for v in index.values(project, Slot.ACRONYM) if isinstance(v, str)]


def _names_of_projects(index: ReadingIndex) -> frozenset[str]:
    named = (_project_names(index, project.id) for project in things(index.reading, Project))
    return frozenset(slug(name) for names in named for name in names)


def _companions(index: ReadingIndex, project: Id) -> Iterator[Id]:
    """Yield the places of a project's events and the organisations that take part in it."""
    for event in things(index.reading, Event):
        if event.project == project and event.place:
            yield event.place
    yield from index.parts.get(project, ())


def _date(index: ReadingIndex, event: Id) -> Marks:
    """Return the marks of an event's date."""
    firsts = [v for v in index.values(event, Slot.START) if isinstance(v, date)]
    lasts = [v for v in index.values(event, Slot.END) if isinstance(v, date)]
    slots = (Slot.NORMALISED_DATE, Slot.STATED_DATE)
    values = [value for slot in slots for value in index.values(event, slot)]
    dates = [value.text.replace("?", "") for value in values if isinstance(value, Edtf)]
    if firsts:
        starts = frozenset(day.strftime("%m-%d") for day in firsts)
        guessed = starts if any(_YEARLESS in text for text in dates) else _NONE
        first, last = firsts[0].isoformat(), (lasts or firsts)[0].isoformat()
        return Marks(starts=starts, guessed=guessed, first=first, last=last)
    for text in dates:
        first, last = _bounds(text)
        return Marks(starts=_set(_month_and_day(text)), first=first, last=last)
    return Marks()


def _bounds(edtf: str) -> tuple[str, str]:
    with suppress(ValueError):
        first, last = edtf_bounds(edtf)
        return first.isoformat() if first else "", last.isoformat() if last else ""
    return "", ""


def _month_and_day(edtf: str) -> str | None:
    """Return `04-17` of `XXXX-04-17/XXXX-04-20`; None where the day is not told."""
    _, _, rest = edtf.partition("/")[0].partition("-")
    return rest if len(rest) == len("04-17") and rest.replace("-", "").isdigit() else None


def _slugs(names: Iterable[Value]) -> frozenset[str]:
    return frozenset(slug(name.text) for name in names if isinstance(name, Text))


def _set(value: str | None) -> frozenset[str]:
    return frozenset({value}) if value else _NONE
