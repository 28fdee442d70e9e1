"""Events: what took place or will, when, where, and which sentences speak of the same one.

Readings are of one event if they have the same days; a reading without a date
belongs to the event that its ordinal, kind or place fits. Two language versions
that differ by a few days tell one event if its noun, its ordinal and its place
are the same: the days then contradict each other, and both are kept. What
happened during an event are its parts, not events of their own.

Groups are found by project and day and summed up as they grow, so that the
work is in proportion to the number of readings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from anyascii import anyascii
from msgspec import Struct, field
from msgspec.structs import replace
from rapidfuzz.distance import DamerauLevenshtein

from eugraph.facts.events.datelines import day_of_issue
from eugraph.facts.events.readings import BARE, EventReading, Named, find_readings
from eugraph.facts.language.dates import Point
from eugraph.facts.mentions.document import Document
from eugraph.facts.projects.scopes import Scopes

_APART = 3
"""By how many days the versions of a release may differ in the date of one event."""

_SIMILAR = 0.6
"""How alike two languages write one place at least: `Nāhoda` and `Náchod`."""

_LEAP = 2000
"""A year in which every day of the calendar is, for days whose year is not written."""


class EventGroup(Struct):
    """The readings of one event; `after` is the date of publication, if known."""

    lead: EventReading
    """The reading that says most: dated to the day, with its year, placed."""
    readings: list[EventReading] = field(default_factory=list)
    after: date | None = None
    ordinals: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    days: set[tuple[Point, str]] = field(default_factory=set)
    """The first days that its readings give, each with the noun of the reading."""
    _tensed: EventReading | None = None

    @classmethod
    def of(cls, reading: EventReading) -> EventGroup:
        """Return the group of one reading."""
        group = cls(reading)
        group.add(reading)
        return group

    def add(self, reading: EventReading) -> None:
        """Add a reading of the same event; one place that two versions spell otherwise is one."""
        reading = self._spelt_alike(reading)
        self.readings.append(reading)
        self.lead = min(self.lead, reading, key=_fullness)
        self.nouns.add(reading.noun.value)
        if reading.ordinal:
            self.ordinals.add(reading.ordinal.value)
        if reading.place:
            self.places.add(reading.place.key)
        if reading.date:
            self.days.add((reading.date.begin, reading.noun.value))
        if reading.planned is not None:
            self._tensed = min(self._tensed or reading, reading, key=_fullness)

    def _spelt_alike(self, reading: EventReading) -> EventReading:
        """Return a reading with the place that GeoNames knows under another version's spelling."""
        if reading.place is None or self.places <= {reading.place.key}:
            return reading
        for number, other in enumerate(self.readings):
            if other.language == reading.language:
                continue
            one, two = reading.place, other.place
            if one is None or two is None or one.key == two.key or not _alike(reading, other):
                continue
            if two.known is not None:
                return replace(reading, place=replace(one, known=two.known, country=two.country))
            same = replace(two, known=one.known, country=one.country)
            self.readings[number] = replace(other, place=same)
            self.places = {r.place.key for r in self.readings if r.place} | {one.key}
            if other is self.lead:
                self.lead = self.readings[number]
        return reading

    @property
    def ordered(self) -> list[EventReading]:
        """The readings, those that say most first."""
        return sorted(self.readings, key=_fullness)

    @property
    def planned(self) -> bool:
        """Whether the event is still to come: as the dated reading says, else any other.

        What begins after the day of publication is, in whatever tense it is told.
        """
        first = self.lead.date.begin.first() if self.lead.date else None
        later = bool(self.after and first and first > self.after)
        return later or (self._tensed is not None and bool(self._tensed.planned))


def _fullness(reading: EventReading) -> tuple[bool, bool, bool, bool, int]:
    mention = reading.date
    return (
        mention is None,
        mention is not None and mention.begin.day is None,
        mention is not None and not mention.dated,
        reading.place is None,
        reading.passage,
    )


def find_events(document: Document, scopes: Scopes, named: Named) -> tuple[EventGroup, ...]:
    """Return the main events of `document`, in the order they are told."""
    readings = find_readings(document, scopes, named)
    groups = _by_day([r for r in readings if r.date is not None])
    if len(document.release.languages) > 1:
        groups = _across_languages(document, groups)
    joining = _Joining(groups)
    for reading in (r for r in readings if r.date is None):
        joining.join(reading)
    published = _day(document.release.metadata.published) or _written(document)
    for group in groups:
        group.after = published
    return tuple(sorted(_outside_others(groups), key=_first_place))


def _first_place(group: EventGroup) -> tuple[int, int]:
    return min((r.passage, r.sentence) for r in group.readings)


def _written(document: Document) -> date | None:
    found = day_of_issue(document)
    return found[1].begin.first() if found is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text and len(text) >= len("2018-04-25") else None


def _by_day(readings: Iterable[EventReading]) -> list[EventGroup]:
    """Return the events of dated readings: the same day, or the same month where one has no day."""
    groups: list[EventGroup] = []
    months: dict[tuple[int | None, int | None], dict[int | None, dict[int, None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for reading in readings:
        begin = reading.date.begin if reading.date else Point()
        days = months[reading.project, begin.month]
        near = days.values() if begin.day is None else (days[begin.day], days[None])
        candidates = sorted({number for numbers in near for number in numbers})
        number = next((n for n in candidates if _same_day(groups[n], reading)), len(groups))
        if number == len(groups):
            groups.append(EventGroup.of(reading))
        else:
            groups[number].add(reading)
        days[begin.day][number] = None
    return groups


def _same_day(group: EventGroup, reading: EventReading) -> bool:
    elsewhere = (
        reading.place
        and group.places
        and reading.place.key not in group.places
        and not _other_spelling(group, reading)
    )
    return any(
        _same_event(day, noun, reading)
        for day, noun in group.days
        if not elsewhere or _to_the_day(day, reading)
    )


def _other_spelling(group: EventGroup, reading: EventReading) -> bool:
    """Return whether another version may spell the place otherwise: one country, one unknown."""
    return any(_alike(reading, other) or _abroad(reading, other) for other in group.readings)


def _abroad(reading: EventReading, other: EventReading) -> bool:
    one, two = reading.place, other.place
    return (
        other.language != reading.language
        and one is not None
        and two is not None
        and two.country == one.country is not None
        and None in {two.known, one.known}
    )


def _alike(reading: EventReading, other: EventReading) -> bool:
    """Return whether two versions write one place nearly alike, of which one is known."""
    one, two = reading.place, other.place
    if one is None or two is None or other.language == reading.language:
        return False
    if (one.known is None) == (two.known is None) or len({one.country, two.country} - {None}) > 1:
        return False
    names = [anyascii(place.name).casefold() for place in (one, two)]
    return names[0][:1] == names[1][:1] and (
        DamerauLevenshtein.normalized_similarity(*names) >= _SIMILAR
    )


def _to_the_day(day: Point, reading: EventReading) -> bool:
    return bool(day.day and reading.date and reading.date.begin.day)


def _same_event(day: Point, noun: str, reading: EventReading) -> bool:
    if reading.date is None:
        return False
    other = reading.date.begin
    years = {day.year, other.year} - {None}
    open_day = (day.day is None or other.day is None) and _kin(noun, reading.noun.value)
    return len(years) < 2 and day.month == other.month and (open_day or day.day == other.day)  # noqa: PLR2004


def _kin(one: str, other: str) -> bool:
    """Return whether two nouns may mean one event: the same, or one that says no more."""
    return one == other or not BARE.isdisjoint({one, other})


# versions that differ


def _across_languages(document: Document, groups: Sequence[EventGroup]) -> list[EventGroup]:
    """Join the events of two versions that differ in nothing but by a few days."""
    kept: list[EventGroup] = []
    alike: dict[tuple[int | None, str], list[EventGroup]] = defaultdict(list)
    for group in groups:
        nearby = alike[group.lead.project, group.lead.noun.value]
        same = [known for known in nearby if _differ_in_days_alone(document, known, group)]
        if len(same) == 1:
            for reading in group.readings:
                same[0].add(reading)
        else:
            kept.append(group)
            nearby.append(group)
    return kept


def _differ_in_days_alone(document: Document, one: EventGroup, other: EventGroup) -> bool:
    """Return whether two versions tell of one event, each by itself, and only the days differ."""
    if _languages(document, one) & _languages(document, other):
        return False
    same_place = bool(one.places & other.places)
    if one.ordinals != other.ordinals or not (same_place or (one.ordinals and not one.places)):
        return False
    days = [_in_calendar(g.lead.date.begin) for g in (one, other) if g.lead.date]
    first, second = days if len(days) == 2 else (None, None)  # noqa: PLR2004
    return bool(first and second and abs((first - second).days) <= _APART)


def _languages(document: Document, group: EventGroup) -> set[str]:
    return {document.passages[r.passage].passage.language for r in group.readings}


def _in_calendar(point: Point) -> date | None:
    return (point if point.year else point.in_year(_LEAP)).first() if point.day else None


# readings without a date


class _Joining:
    """Groups to which readings without a date are joined, with what is told of each project."""

    def __init__(self, groups: list[EventGroup]) -> None:
        self.groups = groups
        self._by_project: dict[int | None, list[EventGroup]] = defaultdict(list)
        self._nouns: dict[int | None, set[str]] = defaultdict(set)
        for group in groups:
            self._enter(group)

    def _enter(self, group: EventGroup) -> None:
        self._by_project[group.lead.project].append(group)
        self._nouns[group.lead.project] |= group.nouns

    def join(self, reading: EventReading) -> None:
        """Join a reading to the event that it fits best, or let it stand as one of its own."""
        best, known = None, self._by_project[reading.project]
        fit = most = _fit_of_equal(reading)
        for group in known:
            if not _fits(group, reading):
                continue
            found = _fit(group, reading)
            if best is None or found > fit:
                best, fit = group, found
            if fit == most:
                break
        if best is not None:
            best.add(reading)
            self._nouns[reading.project].add(reading.noun.value)
        elif self._stands_alone(reading):
            group = EventGroup.of(reading)
            self.groups.append(group)
            self._enter(group)

    def _stands_alone(self, reading: EventReading) -> bool:
        """Return whether an undated reading is an event of its own, of a kind not yet told."""
        named = self._nouns[reading.project]
        if reading.by_verb:
            return False
        if reading.place is None:
            return not named and reading.ordinal is not None
        if reading.noun.value in named and reading.ordinal is None and not reading.ended:
            return bool(reading.planned) and not self._placed(reading)
        return reading.status is not None or reading.heading or not named or reading.ended

    def _placed(self, reading: EventReading) -> bool:
        """Return whether an event of the project at the place of a reading is told already."""
        known = self._by_project[reading.project]
        return any(reading.place and reading.place.key in group.places for group in known)


def _fits(group: EventGroup, reading: EventReading) -> bool:
    """Return whether nothing speaks against it: another ordinal, tense, or town."""
    if reading.ordinal and group.ordinals:
        return reading.ordinal.value in group.ordinals
    if reading.planned is not None and reading.planned != group.planned:
        return False
    if reading.place is None or not group.places or reading.place.key in group.places:
        return True
    same_noun = reading.noun.value in group.nouns and not reading.by_verb
    return same_noun and not reading.heading and reading.ordinal is None


def _fit(group: EventGroup, reading: EventReading) -> tuple[bool, bool, bool, bool]:
    same_ordinal = reading.ordinal is not None and reading.ordinal.value in group.ordinals
    same_place = reading.place is not None and reading.place.key in group.places
    return same_ordinal, same_place, not group.planned, reading.noun.value in group.nouns


def _fit_of_equal(reading: EventReading) -> tuple[bool, bool, bool, bool]:
    """Return the best that any group can fit a reading."""
    return reading.ordinal is not None, reading.place is not None, not reading.planned, True


# the days of a programme


def _outside_others(groups: Sequence[EventGroup]) -> Iterator[EventGroup]:
    """Leave out the days of a programme: dates inside another event without an event's noun."""
    spans = sorted(_spans(groups))
    starts = [start for start, _, _ in spans]
    latest: list[list[tuple[date, int]]] = []
    for _, end, number in spans:
        before = latest[-1] if latest else []
        latest.append(sorted([*before, (end, number)], reverse=True)[:2])
    for number, group in enumerate(groups):
        first = group.lead.date.begin.first() if group.lead.date else None
        at = bisect_right(starts, first) if first else 0
        inside = first is not None and any(
            other != number and first <= end for end, other in (latest[at - 1] if at else ())
        )
        if not inside or group.lead.ordinal is not None:
            yield group


def _spans(groups: Sequence[EventGroup]) -> Iterator[tuple[date, date, int]]:
    """Yield the first and the last day of each event that is told with both, and its number."""
    for number, group in enumerate(groups):
        days = group.lead.date
        start = days.begin.first() if days else None
        end = days.finish.last() if days and days.finish else None
        if start and end:
            yield start, end, number
