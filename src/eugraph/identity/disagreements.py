"""Disagreements between releases: one project, and what two releases say of it cannot both hold.

Of each project that several releases speak of, its acronym, first and last day
and the stated numbers of partners and countries are compared, and the countries
that they list. What says less fits what says more: `2019` and 15 October 2019
are no disagreement, and a release that lists nothing disagrees with no list.
Which reading is right is left to a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Final

from eugraph.facts.corrections.correction import (
    BETWEEN_RELEASES,
    Corrected,
    Correction,
    Outcome,
)
from eugraph.facts.corrections.given import same_value
from eugraph.facts.edtf import edtf_bounds
from eugraph.facts.fact import (
    Attribution,
    Country,
    Edtf,
    Fact,
    Id,
    Project,
    Reading,
    Slot,
    Status,
    Text,
    Value,
)
from eugraph.facts.language.words import fold

VALUE_DIFFERS: Final = "value-differs-between-releases"
LIST_DIFFERS: Final = "list-differs-between-releases"

KeyOf = Callable[[str, Id], str]
"""Returns the key of a thing of a release."""


@dataclass(frozen=True, slots=True, order=True)
class StatedValue:
    """A value that a release gives, and the slot it gives it in; of a day maybe the year."""

    release: str
    slot: Slot
    value: Value


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What releases say of the project with the key `project` that cannot hold together.

    `stated` is what is at odds, by release: of lists the items that not all have.
    `asked` are all releases that say anything in this slot, `names` all that the
    project is called. `by` is the person who explained it, `preferred` the
    value they chose, if they chose one.
    """

    project: str
    names: frozenset[str]
    slot: Slot
    type: str
    stated: tuple[StatedValue, ...]
    asked: tuple[str, ...]
    by: Attribution | None = None
    preferred: Value | None = None


def find_disagreements(
    readings: Iterable[Reading], key_of: KeyOf, among: Collection[str] | None = None
) -> tuple[Disagreement, ...]:
    """Return what releases disagree on, by project and slot; of the projects `among`, if given.

    Readings without words are enough.
    """
    by_project: dict[str, list[tuple[Reading, Id]]] = defaultdict(list)
    for reading in readings:
        for thing in reading.things:
            if isinstance(thing, Project):
                key = key_of(reading.release_id, thing.id)
                if among is None or key in among:
                    by_project[key].append((reading, thing.id))
    return tuple(
        found
        for project, several in sorted(by_project.items())
        if len(several) > 1
        for found in _of_project(project, several)
    )


def _of_project(project: str, several: Iterable[tuple[Reading, Id]]) -> Iterator[Disagreement]:
    accepted = {Status.STATED, Status.INFERRED}
    facts = {
        reading.release_id: [
            fact
            for fact in reading.facts
            if fact.statement.subject == thing and fact.status in accepted
        ]
        for reading, thing in several
    }
    names = frozenset(fold(name) for own in facts.values() for name in _names(own))
    for slot in _COMPARED:
        stated = [
            each for release, own in facts.items() for each in _stated_values(release, slot, own)
        ]
        asked = tuple(sorted({each.release for each in stated}))
        if odd := _at_odds(slot, stated):
            yield Disagreement(project, names, slot, VALUE_DIFFERS, odd, asked)
    yield from _lists(project, names, facts)


_COMPARED: Final = (
    Slot.ACRONYM, Slot.START, Slot.END, Slot.PARTNER_COUNT, Slot.COUNTRY_COUNT,
)  # fmt: skip
_TERM: Final = (Slot.START, Slot.END)


def _stated_values(release: str, slot: Slot, facts: Iterable[Fact]) -> Iterator[StatedValue]:
    """Yield what a release says in a slot; of a term that is not known to the day, as stated."""
    values: dict[Slot, list[Value]] = defaultdict(list)
    for fact in facts:
        values[fact.statement.slot].append(fact.statement.value)
    other = Slot.STATED_DATE if slot in _TERM and slot not in values else slot
    yield from (StatedValue(release, other, value) for value in dict.fromkeys(values[other]))


def _at_odds(slot: Slot, stated: Iterable[StatedValue]) -> tuple[StatedValue, ...]:
    """Return what fits not everything that another release says."""
    by_value: dict[tuple[Slot, Value], list[StatedValue]] = defaultdict(list)
    for each in stated:
        by_value[each.slot, each.value].append(each)
    odd: set[StatedValue] = set()
    for one, other in combinations(by_value.values(), 2):
        releases = {each.release for each in (*one, *other)}
        if len(releases) > 1 and _differ(slot, one[0].value, other[0].value):
            odd |= {*one, *other}
    return tuple(sorted(odd, key=lambda each: (str(_plain(each.value)), each.release)))


def _differ(slot: Slot, one: Value, other: Value) -> bool:
    if slot not in _TERM:
        return one != other
    first, second = _bounds(slot, one), _bounds(slot, other)
    return first is not None and second is not None and not _meet(first, second)


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _bounds(slot: Slot, value: Value) -> tuple[date, date] | None:
    """Return between which days the start or the end lies, None if that is not told."""
    if isinstance(value, date):
        return value, value
    if not isinstance(value, Edtf) or "/" not in value.text:
        return None
    first, _, last = value.text.partition("/")
    try:
        earliest, latest = edtf_bounds(first if slot is Slot.START else last)
    except ValueError:
        return None
    return (earliest, latest) if earliest and latest else None


def _names(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        value = fact.statement.value
        if fact.statement.slot in {Slot.ACRONYM, Slot.TITLE, Slot.ALIAS}:
            yield value.text if isinstance(value, Text) else str(value)


def _lists(
    project: str, names: frozenset[str], facts: Mapping[str, Iterable[Fact]]
) -> Iterator[Disagreement]:
    slot = Slot.INVOLVES_COUNTRY
    lists = {
        release: {f.statement.value for f in own if _is_listed(f)} for release, own in facts.items()
    }
    lists = {release: listed for release, listed in lists.items() if listed}
    everywhere = set.intersection(*lists.values()) if lists else set()
    odd = [
        StatedValue(release, slot, value)
        for release, listed in lists.items()
        for value in listed - everywhere
    ]
    if odd:
        stated = tuple(sorted(odd, key=lambda each: (str(_plain(each.value)), each.release)))
        yield Disagreement(project, names, slot, LIST_DIFFERS, stated, tuple(sorted(lists)))


def _is_listed(fact: Fact) -> bool:
    return fact.statement.slot is Slot.INVOLVES_COUNTRY and fact.status is Status.STATED


def _plain(value: Value) -> object:
    """Return what a value is set in order by."""
    match value:
        case int():
            return f"{value:09}"
        case Edtf(text) | Country(text):
            return text
        case _:
            return value


# what a person explains


def explained(
    found: Iterable[Disagreement], corrections: Iterable[Correction], texts: Mapping[str, str]
) -> tuple[tuple[Disagreement, ...], tuple[Corrected, ...]]:
    """Return disagreements with those explained that a person accepts, and what became of each.

    Of `corrections` those of other discrepancies are left alone. `texts` are
    the digests of the texts of the releases, by which they may be named.
    """
    disagreements = tuple(found)
    outcomes = []
    for each in corrections:
        if is_of_several(each):
            meant = {d for d in disagreements if _is_meant(each, d, texts)}
            still_open = {d for d in meant if d.by is None}
            outcomes.append(_outcome(each, meant, still_open))
            disagreements = tuple(_with(d, each) if d in still_open else d for d in disagreements)
    return disagreements, tuple(outcomes)


def is_of_several(correction: Correction) -> bool:
    """Tell whether a correction explains a disagreement between releases."""
    return correction.discrepancy in BETWEEN_RELEASES


def _is_meant(correction: Correction, found: Disagreement, texts: Mapping[str, str]) -> bool:
    at = correction.at
    releases = {*found.asked, *(texts.get(each, "") for each in found.asked)}
    given = [each for each in (correction.old, correction.value) if each is not None]
    return (
        correction.discrepancy == found.type
        and correction.slot in {None, found.slot}
        and (at.release is None or at.release in releases)
        and {fold(name) for name in (at.project, at.of) if name} <= found.names
        and all(any(same_value(value.value, each) for value in found.stated) for each in given)
    )


def _with(found: Disagreement, correction: Correction) -> Disagreement:
    value = correction.value
    values = (each.value for each in found.stated)
    preferred = next((v for v in values if value is not None and same_value(v, value)), None)
    return replace(found, by=correction.by, preferred=preferred)


def _outcome(
    correction: Correction, meant: Collection[Disagreement], still_open: Collection[Disagreement]
) -> Corrected:
    if still_open:
        return Corrected(correction, Outcome.APPLIED)
    if meant:
        return Corrected(correction, Outcome.REDUNDANT, "it is explained already")
    return Corrected(correction, Outcome.STALE, "the releases do not disagree on it")
