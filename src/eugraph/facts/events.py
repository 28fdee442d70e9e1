"""Events: what took place or will, when, where, and which sentences speak of the same one.

A main event is a noun for one with a date or a place of its own, or in the
heading. Readings are of one event if they have the same days; a reading without
a date belongs to the event that its ordinal, type or place fits, else to the
one reported. What happened during it are its parts, not events of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from eugraph.facts.dates import DateMention
from eugraph.facts.document import Document
from eugraph.facts.mentions import Marked, Mention, Sentence
from eugraph.facts.organisations import NamedOrganisation
from eugraph.facts.places import NamedPlace, find_place
from eugraph.facts.projects import Scopes

_TERM = 150
"""An interval of so many days is a term, a shorter one an event."""


@dataclass(frozen=True, slots=True)
class EventReading:
    """What one sentence says of an event; `noun` is the kind of event in English."""

    passage: int
    sentence: int
    project: int | None
    noun: Mention
    ordinal: Mention | None
    date: DateMention | None
    place: NamedPlace | None
    status: Mention | None
    planned: bool
    also: tuple[Mention, ...] = ()
    """Other nouns of the sentence for the same event."""

    @property
    def days(self) -> str | None:
        """Month and day of its beginning: what the years may not tell apart."""
        if self.date is None:
            return None
        begin = self.date.begin
        return f"{begin.month:02}-{begin.day or 0:02}"


@dataclass(slots=True)
class EventGroup:
    """The readings of one event, the dated first."""

    readings: list[EventReading] = field(default_factory=list)

    @property
    def lead(self) -> EventReading:
        """The reading that says most: dated, then placed, then first."""
        return min(self.readings, key=lambda r: (r.date is None, r.place is None))

    @property
    def ordered(self) -> list[EventReading]:
        """The readings, those that say most first."""
        return sorted(self.readings, key=lambda r: (r.date is None, r.place is None))

    @property
    def planned(self) -> bool:
        """Whether the event is still to come."""
        return self.lead.planned


def find_events(
    document: Document,
    scopes: Scopes,
    organisations: dict[tuple[int, int], tuple[NamedOrganisation, ...]],
) -> tuple[EventGroup, ...]:
    """Return the main events of `document`, in the order they are told."""
    readings = [
        reading
        for marked, sentence in document.sentences()
        for reading in _readings(document, scopes, organisations, marked, sentence)
    ]
    dated: list[EventGroup] = []
    for reading in (r for r in readings if r.date is not None):
        _join_dated(dated, reading)
    groups = dated
    for reading in (r for r in readings if r.date is None):
        _join_undated(groups, reading, document)
    return tuple(sorted(groups, key=lambda g: min((r.passage, r.sentence) for r in g.readings)))


def _readings(
    document: Document,
    scopes: Scopes,
    organisations: dict[tuple[int, int], tuple[NamedOrganisation, ...]],
    marked: Marked,
    sentence: Sentence,
) -> Iterator[EventReading]:
    project = scopes.about.get((marked.number, sentence.index))
    if project is None or marked.within(sentence.first, sentence.last, "deadline"):
        return
    nouns = [
        noun
        for noun in marked.within(sentence.first, sentence.last, "event")
        if noun.value in document.knowledge.shared.main_events
    ]
    dates = [d for d in marked.dates_within(sentence.first, sentence.last) if _of_event(marked, sentence, d)]
    if not nouns:
        gathered = marked.within(sentence.first, sentence.last, "gather")
        nouns = [_as_gathering(cue) for cue in gathered] if dates else []
    if not nouns:
        return
    noun = _best_noun(nouns, dates)
    place = find_place(document, marked, sentence, organisations.get((marked.number, sentence.index), ()))
    ordinals = [o for o in marked.within(sentence.first, noun.last, "ordinal") if noun.first - 4 <= o.first]
    planned = marked.within(sentence.first, sentence.last, "planned")
    held = marked.within(sentence.first, sentence.last, "held")
    status = (held or planned or [None])[0] if not planned else planned[0]
    if not dates and not ordinals and not (marked.heading or (place and not _during(marked, noun))):
        return
    yield EventReading(
        marked.number, sentence.index, project, noun,
        ordinals[-1] if ordinals else None, dates[0] if dates else None, place,
        status, bool(planned) and not (held and not planned),
    )  # fmt: skip


def _during(marked: Marked, noun: Mention) -> bool:
    """Return whether a noun points back to an event already told: “during the meeting”."""
    return any(
        0 <= noun.first - cue.last <= 1 or cue.first == noun.last for cue in marked.of("during")
    )


def _as_gathering(cue: Mention) -> Mention:
    return Mention("event", "gathering", cue.first, cue.last, cue.start, cue.end)


def _best_noun(nouns: Sequence[Mention], dates: Sequence[DateMention]) -> Mention:
    if not dates:
        return nouns[0]
    at = dates[0].first_word
    return min(nouns, key=lambda noun: (abs(noun.first - at), noun.first))


def _of_event(marked: Marked, sentence: Sentence, date: DateMention) -> bool:
    if marked.within(sentence.first, sentence.last, "term", "starts"):
        return False
    days = date.days
    return days is None or days < _TERM


def _join_dated(groups: list[EventGroup], reading: EventReading) -> None:
    for group in groups:
        lead = group.lead
        if lead.project == reading.project and lead.date and reading.date and _same_days(lead.date, reading.date):
            group.readings.append(reading)
            return
    groups.append(EventGroup([reading]))


def _same_days(one: DateMention, other: DateMention) -> bool:
    years = {d.begin.year for d in (one, other)} - {None}
    if len(years) > 1:
        return False
    a, b = one.begin, other.begin
    if (a.month, a.day) == (b.month, b.day):
        return True
    return a.month == b.month and (a.day is None or b.day is None)


def _join_undated(groups: list[EventGroup], reading: EventReading, document: Document) -> None:
    fitting = [group for group in groups if _fits(group, reading)]
    if fitting:
        best = max(fitting, key=lambda group: _fit(group, reading))
        best.readings.append(reading)
    elif reading.place is not None and (reading.status is not None or not groups):
        groups.append(EventGroup([reading]))
    elif not groups and reading.ordinal is not None:
        groups.append(EventGroup([reading]))


def _fits(group: EventGroup, reading: EventReading) -> bool:
    ordinals = {r.ordinal.value for r in group.readings if r.ordinal} | (
        {reading.ordinal.value} if reading.ordinal else set()
    )
    places = {r.place.key for r in group.readings if r.place} | ({reading.place.key} if reading.place else set())
    if group.lead.project != reading.project or len(ordinals) > 1:
        return False
    if group.planned != reading.planned and reading.status is not None:
        return False
    return len(places) < 2 or reading.place is None  # noqa: PLR2004


def _fit(group: EventGroup, reading: EventReading) -> tuple[bool, bool, bool]:
    return (
        any(r.ordinal and reading.ordinal and r.ordinal.value == reading.ordinal.value for r in group.readings),
        not group.planned,
        any(r.noun.value == reading.noun.value for r in group.readings),
    )
