"""From the things of many readings to keys: which of them are one and the same.

Nothing is merged on a name alone. Two projects of one name are one if they
start on the same day, or if nothing contradicts it and they share another
mark: a title, a place, an organisation. Otherwise they are two, and the later
gets a number. Two events of one project, place and noun in different releases
are one if their dates can be the same; in one release they are always two.
What a person decided (`eugraph.identity.decisions`) goes before all that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

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
    Text,
    Thing,
    Value,
)
from eugraph.identity.decisions import Decided, Decision, ThingOf
from eugraph.identity.keys import event_key, organisation_key, place_key, project_key, slug


class _Marks(Protocol):
    """What tells a thing from another of the same name."""

    @property
    def thing(self) -> ThingOf: ...


M = TypeVar("M", bound=_Marks)


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of every thing of every reading; equal keys of one kind mean one thing."""

    of: Mapping[ThingOf, str]

    def key(self, release_id: str, thing: Id) -> str:
        """Return the key of a thing of a reading."""
        return self.of[release_id, thing]


def resolve(readings: Iterable[Reading], decisions: Iterable[Decision] = ()) -> Keys:
    """Return the keys of all things in `readings`, whatever their order.

    Every thing of every reading gets exactly one key; within one reading no
    two things of a kind share one, but for organisations and places that are
    the same by place and kind, and for what `decisions` say is one.
    """
    decided = Decided.of(decisions)
    ordered = sorted(readings, key=lambda reading: reading.release_id)
    keys: dict[ThingOf, str] = {}
    for reading in ordered:
        keys.update(_place_keys(reading))
    keys = decided.adjusted(keys)
    organisations: dict[ThingOf, str] = {}
    for reading in ordered:
        organisations.update(_organisation_keys(reading, keys))
    keys.update(decided.adjusted(organisations))
    keys.update(_project_keys(ordered, keys, decided))
    keys.update(_event_keys(ordered, keys, decided))
    for reading in ordered:
        keys.update(_part_keys(reading, keys))
    return Keys(keys)


def values(reading: Reading, subject: Id, slot: Slot) -> tuple[Value, ...]:
    """Return the accepted values of a slot of a thing, in the order of the facts."""
    return tuple(
        fact.statement.value
        for fact in reading.facts
        if fact.statement.subject == subject
        and fact.statement.slot is slot
        and fact.status in {Status.STATED, Status.INFERRED}
    )


def _place_keys(reading: Reading) -> Iterator[tuple[ThingOf, str]]:
    for place in _things(reading, Place):
        name = place.names[0].text if place.names else place.id.name
        yield (reading.release_id, place.id), place.known or place_key(name, place.country)


def _organisation_keys(
    reading: Reading, keys: Mapping[ThingOf, str]
) -> Iterator[tuple[ThingOf, str]]:
    for organisation in _things(reading, Organisation):
        name = organisation.names[0].text if organisation.names else organisation.id.name
        place = keys[reading.release_id, organisation.place] if organisation.place else None
        key = organisation.known or organisation_key(
            name, kind=organisation.kind, place=place, country=organisation.country
        )
        yield (reading.release_id, organisation.id), key


@dataclass(frozen=True, slots=True)
class _ProjectMarks:
    """What tells one project from another of the same name."""

    thing: ThingOf
    name: str
    start: date | None
    others: frozenset[str]


def _project_keys(
    readings: Sequence[Reading], keys: Mapping[ThingOf, str], decided: Decided
) -> Iterator[tuple[ThingOf, str]]:
    named = defaultdict(list)
    for reading in readings:
        for project in _things(reading, Project):
            marks = _project_marks(reading, project, keys)
            named[slug(marks.name)].append(marks)
    groups = (group for _, group in sorted(named.items()))
    clusters = [c for group in groups for c in _clusters(group, _same_project, decided)]
    clusters = _united(clusters, decided)
    bases = [project_key(c[0].name, min(_start_years(c), default=None)) for c in clusters]
    for cluster, key in zip(clusters, _numbered(bases), strict=True):
        yield from ((marks.thing, key) for marks in cluster)


def _start_years(cluster: Iterable[_ProjectMarks]) -> list[int]:
    return [marks.start.year for marks in cluster if marks.start]


def _project_marks(
    reading: Reading, project: Project, keys: Mapping[ThingOf, str]
) -> _ProjectMarks:
    titles = [v.text for v in values(reading, project.id, Slot.TITLE) if isinstance(v, Text)]
    acronyms = [v for v in values(reading, project.id, Slot.ACRONYM) if isinstance(v, str)]
    starts = [v for v in values(reading, project.id, Slot.START) if isinstance(v, date)]
    places = [e.place for e in _things(reading, Event) if e.project == project.id and e.place]
    organisations = [
        fact.statement.subject.organisation
        for fact in reading.facts
        if isinstance(fact.statement.subject, Participation)
        and fact.statement.subject.context == project.id
        and fact.status in {Status.STATED, Status.INFERRED}
    ]
    shared = {keys[reading.release_id, thing] for thing in (*places, *organisations)}
    return _ProjectMarks(
        thing=(reading.release_id, project.id),
        name=next(iter((*acronyms, *titles)), reading.release_id),
        start=starts[0] if starts else None,
        others=frozenset(shared | {slug(title) for title in titles}),
    )


def _same_project(one: _ProjectMarks, other: _ProjectMarks) -> bool:
    if one.start and other.start and one.start.year != other.start.year:
        return False
    same_start = one.start is not None and one.start == other.start
    return same_start or bool(one.others & other.others)


@dataclass(frozen=True, slots=True)
class _EventMarks:
    """What tells one event from another of the same project, place and noun."""

    thing: ThingOf
    days: tuple[str, ...]


def _event_keys(
    readings: Sequence[Reading], keys: Mapping[ThingOf, str], decided: Decided
) -> Iterator[tuple[ThingOf, str]]:
    named = defaultdict(list)
    for reading in readings:
        for event in _things(reading, Event):
            if event.part_of is None:
                named[_event_base(reading, event, keys)].append(_event_marks(reading, event))
    based = {marks.thing: base for base, group in named.items() for marks in group}
    groups = (group for _, group in sorted(named.items()))
    clusters = [c for group in groups for c in _clusters(group, _same_event, decided)]
    clusters = _united(clusters, decided)
    keys_of = _numbered([based[cluster[0].thing] for cluster in clusters])
    for cluster, key in zip(clusters, keys_of, strict=True):
        yield from ((marks.thing, key) for marks in cluster)


def _event_base(reading: Reading, event: Event, keys: Mapping[ThingOf, str]) -> str:
    project = keys[reading.release_id, event.project] if event.project else None
    place = next((p for p in _things(reading, Place) if p.id == event.place), None)
    where = None
    if place:
        where = keys[reading.release_id, place.id].removeprefix(f"{(place.country or '').lower()}-")
    return event_key(project, where, event.noun)


def _event_marks(reading: Reading, event: Event) -> _EventMarks:
    starts = [str(v) for v in values(reading, event.id, Slot.START)]
    stated = [v.text for v in values(reading, event.id, Slot.STATED_DATE) if isinstance(v, Edtf)]
    return _EventMarks((reading.release_id, event.id), tuple(starts or stated))


def _same_event(one: _EventMarks, other: _EventMarks) -> bool:
    """Tell whether two reports can be of one event: dates equal, or one the month of the other."""
    if not one.days or not other.days:
        return True
    return any(a.startswith(b) or b.startswith(a) for a in one.days for b in other.days)


def _part_keys(reading: Reading, keys: Mapping[ThingOf, str]) -> Iterator[tuple[ThingOf, str]]:
    parts = [event for event in _things(reading, Event) if event.part_of is not None]
    bases = [
        f"{keys[reading.release_id, part.part_of]}/{_part_noun(reading, part)}"
        for part in parts
        if part.part_of
    ]
    for part, key in zip(parts, _numbered(bases), strict=True):
        yield (reading.release_id, part.id), key


def _part_noun(reading: Reading, part: Event) -> str:
    types = [v.name for v in values(reading, part.id, Slot.EVENT_TYPE) if isinstance(v, Concept)]
    return types[0] if types else slug(part.noun)


def _clusters(items: Sequence[M], same: Callable[[M, M], bool], decided: Decided) -> list[list[M]]:
    """Group `items`: each joins the first group of which it is the same as some member.

    A group never takes two things of one release, nor two that are said to be two.
    """
    groups: list[list[M]] = []
    for item in items:
        foreign = (g for g in groups if not any(_are_two(m.thing, item.thing, decided) for m in g))
        home = next((g for g in foreign if any(same(item, member) for member in g)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return groups


def _are_two(one: ThingOf, other: ThingOf, decided: Decided) -> bool:
    return one[0] == other[0] or decided.are_apart(one, other)


def _united(clusters: Sequence[list[M]], decided: Decided) -> list[list[M]]:
    """Return clusters where those that are said to be one are one, in the place of the first."""
    homes = decided.united([[marks.thing for marks in cluster] for cluster in clusters])
    united: dict[int, list[M]] = defaultdict(list)
    for home, cluster in zip(homes, clusters, strict=True):
        united[home] += cluster
    return list(united.values())


def _numbered(bases: Sequence[str]) -> list[str]:
    """Return keys where equal ones are told apart: `x`, `x-2`, `x-3` in order."""
    taken: set[str] = set()
    keys = []
    for base in bases:
        key, number = base, 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        taken.add(key)
        keys.append(key)
    return keys


K = TypeVar("K", Project, Place, Organisation, Event)


def _things(reading: Reading, kind: type[K]) -> Iterator[K]:
    return (thing for thing in reading.things if isinstance(thing, kind))


def thing_kind(thing: Thing) -> str:
    """Return the word for a kind of thing in its IRI: `project`, `event`, `org`, `place`."""
    match thing:
        case Project():
            return "project"
        case Event():
            return "event"
        case Organisation():
            return "org"
        case Place():
            return "place"
