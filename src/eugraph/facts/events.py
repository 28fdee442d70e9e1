"""Events: what took place or will, when, where, and which sentences speak of the same one.

A main event is a noun for one with a date, a place or an ordinal of its own, or
in a heading; or, without a noun, a few days at a place in a sentence about the
project. Readings are of one event if they have the same days; a reading
without a date belongs to the event that its ordinal, kind or place fits. What
happened during an event are its parts, not events of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from eugraph.facts.dates import DateMention
from eugraph.facts.document import Document
from eugraph.facts.labels import Label, label_lines
from eugraph.facts.mentions import Marked, Mention, Sentence
from eugraph.facts.organisations import NamedOrganisation
from eugraph.facts.places import NamedPlace, find_place, place_in
from eugraph.facts.projects import Scopes

TERM_DAYS = 150
"""An interval of so many days is the term of a project, a shorter one an event."""

_STAY = range(2, 32)
"""How many days at a place are an event though no noun says so."""

_BARE = frozenset({"event", "gathering"})
_ORDINAL_REACH = 4
_LABEL_REACH = 5

Named = Mapping[tuple[int, int], tuple[NamedOrganisation, ...]]


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
    heading: bool = False
    verbs: tuple[Mention, ...] = ()
    """Verbs that say what kind of event it was besides: it “kicked off”."""

    @property
    def planned(self) -> bool | None:
        """Whether it is told as still to come; None if the sentence does not say."""
        return None if self.status is None else self.status.kind == "planned"


@dataclass(slots=True)
class EventGroup:
    """The readings of one event; `after` is the date of publication, if known."""

    readings: list[EventReading] = field(default_factory=list)
    after: date | None = None

    @property
    def ordered(self) -> list[EventReading]:
        """The readings, those that say most first: dated to the day, with its year, placed."""
        return sorted(
            self.readings,
            key=lambda r: (
                r.date is None,
                r.date is not None and r.date.begin.day is None,
                r.date is not None and not r.date.dated,
                r.place is None,
                r.passage,
            ),
        )

    @property
    def lead(self) -> EventReading:
        """The reading that says most."""
        return self.ordered[0]

    @property
    def planned(self) -> bool:
        """Whether the event is still to come: as the dated reading says, else any other."""
        told = [r.planned for r in self.ordered if r.planned is not None]
        if told:
            return told[0]
        first = self.lead.date.begin.first() if self.lead.date else None
        return bool(self.after and first and first > self.after)


def find_events(document: Document, scopes: Scopes, named: Named) -> tuple[EventGroup, ...]:
    """Return the main events of `document`, in the order they are told."""
    readings = [
        reading
        for marked, sentence in document.sentences()
        for reading in _readings(document, scopes, named, marked, sentence)
    ]
    readings += _labelled(document, scopes, readings)
    groups: list[EventGroup] = []
    for reading in (r for r in readings if r.date is not None):
        _join_dated(groups, reading)
    for reading in (r for r in readings if r.date is None):
        _join_undated(groups, reading)
    published = document.release.metadata.published
    for group in groups:
        group.after = _day(published)
    return tuple(sorted(_outside_others(groups), key=_first_told))


def _first_told(group: EventGroup) -> tuple[int, int]:
    return min((r.passage, r.sentence) for r in group.readings)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text and len(text) >= len("2018-04-25") else None


def _readings(
    document: Document, scopes: Scopes, named: Named, marked: Marked, sentence: Sentence
) -> Iterator[EventReading]:
    """Yield the reading of a sentence, if it speaks of a main event."""
    project = scopes.about.get((marked.number, sentence.index))
    span = sentence.first, sentence.last
    if project is None or marked.within(*span, "deadline"):
        return
    dates = [d for d in marked.dates_within(*span) if _of_event(marked, sentence, d)]
    organisations = named.get((marked.number, sentence.index), ())
    noun = _noun(document, marked, sentence, dates)
    if noun is None and not dates:
        return
    place = find_place(document, marked, sentence, organisations)
    if noun is None:
        noun = _stay(marked, sentence, dates, place)
    if noun is None:
        return
    mention = _nearest(noun, dates)
    ordinal = _ordinal(marked, sentence, noun)
    status = _status(marked, sentence, noun, mention)
    if mention is None and _points_back(marked, noun):
        return
    if mention or ordinal or marked.heading or place:
        yield EventReading(
            marked.number, sentence.index, project, noun, ordinal,
            _with_year(marked, noun, mention), place, status, marked.heading,
            tuple(v for v in marked.within(*span, "event-verb") if v.value not in _BARE),
        )  # fmt: skip


def _noun(
    document: Document, marked: Marked, sentence: Sentence, dates: Sequence[DateMention]
) -> Mention | None:
    """Return the noun for the event that the sentence is about, or a verb that implies one."""
    main = document.knowledge.shared.main_events
    nouns = [n for n in marked.within(sentence.first, sentence.last, "event") if n.value in main]
    if not nouns and dates:
        verbs = marked.within(sentence.first, sentence.last, "event-verb")
        nouns = [replace(verb, kind="event") for verb in verbs]
    if not nouns:
        return None
    ordered = [n for n in nouns if _ordinal(marked, sentence, n) is not None]
    best = ordered or nouns
    if not dates:
        return best[0]
    return min(best, key=lambda noun: (abs(noun.first - dates[0].first_word), noun.first))


def _stay(
    marked: Marked,
    sentence: Sentence,
    dates: Sequence[DateMention],
    place: NamedPlace | None,
) -> Mention | None:
    """Return an event without a noun: several days at a place, in a sentence about the project."""
    days = [d for d in dates if (d.days or 0) in _STAY]
    projects = marked.within(sentence.first, sentence.last, "project")
    if not days or place is None or not projects:
        return None
    at = days[0]
    return Mention("event", "event", at.first_word, at.last_word, at.start, at.end)


def _of_event(marked: Marked, sentence: Sentence, mention: DateMention) -> bool:
    """Return whether a date may be an event's: no term, no start of the project, no history."""
    span = sentence.first, sentence.last
    events = marked.within(*span, "event", "event-verb")
    if marked.within(*span, "term") or (marked.within(*span, "starts") and not events):
        return False
    first = mention.begin.first()
    if marked.within(*span, "past") and not events:
        return False
    if first is not None and first.year < 1990:  # noqa: PLR2004 (the first of such programmes)
        return False
    days = mention.days
    return days is None or days < TERM_DAYS


def _nearest(noun: Mention, dates: Sequence[DateMention]) -> DateMention | None:
    if not dates:
        return None
    return min(dates, key=lambda d: (d.begin.day is None, abs(d.first_word - noun.first)))


def _ordinal(marked: Marked, sentence: Sentence, noun: Mention) -> Mention | None:
    """Return the ordinal of an event: close before its noun, only adjectives or a name between."""
    for ordinal in reversed(marked.within(sentence.first, noun.last, "ordinal")):
        named = _in_names(marked, ordinal.last, noun.first)
        between = [marked.words[at] for at in range(ordinal.last, noun.first) if at not in named]
        plain = all(
            word.form[1:] not in marked.lexicon.joiners and word.text not in ",;:()"
            for word in between
        )
        near = len(between) < _ORDINAL_REACH
        dated = any(d.first_word <= ordinal.first < d.last_word for d in marked.dates)
        if plain and near and not dated:
            return ordinal
    return None


def _in_names(marked: Marked, first: int, last: int) -> set[int]:
    """Return the words of `first:last` in quotation marks, and an acronym after them."""
    named: set[int] = set()
    for quote in marked.within(first, last, "quoted"):
        named.update(range(quote.first, quote.last))
        if quote.last < last and marked.words[quote.last].text == "(":
            for short in marked.within(quote.last + 1, quote.last + 2, "short"):
                named.update(range(short.first - 1, short.last + 1))
    return named


def _status(
    marked: Marked, sentence: Sentence, noun: Mention, mention: DateMention | None
) -> Mention | None:
    """Return the cue for past or future that is nearest to the date, else to the noun."""
    cues = marked.within(sentence.first, sentence.last, "planned", "held")
    if not cues:
        return None
    at = mention.first_word if mention is not None else noun.first
    return min(cues, key=lambda cue: (abs(cue.first - at), cue.kind))


def _points_back(marked: Marked, noun: Mention) -> bool:
    """Return whether a noun points back to an event already told: “during the meeting”."""
    first, last = max(0, noun.first - _ORDINAL_REACH), noun.last + _ORDINAL_REACH
    return any(
        0 <= noun.first - cue.last <= 1 or cue.first == noun.last
        for cue in marked.within(first, last, "during")
    )


def _with_year(marked: Marked, noun: Mention, mention: DateMention | None) -> DateMention | None:
    """Return a date with the year that stands before the noun: “the 2017 assembly in February”."""
    if mention is None or mention.dated:
        return mention
    for year in marked.within(max(0, noun.first - 3), noun.first, "number"):
        number = int(year.value)
        if 1990 <= number <= 2100:  # noqa: PLR2004
            finish = mention.finish and mention.finish.in_year(number)
            return replace(mention, begin=mention.begin.in_year(number), finish=finish)
    return mention


def _labelled(
    document: Document, scopes: Scopes, readings: Sequence[EventReading]
) -> Iterator[EventReading]:
    """Yield what labelled lines below a heading add to its event: `Date: …`, `Place: …`."""
    for label in label_lines(document):
        above = [r for r in readings if 0 < label.passage - r.passage <= _LABEL_REACH]
        if not above:
            continue
        heading, marked = above[-1], document.passages[label.passage]
        mention, place = _labelled_values(document, marked, label)
        if mention is not None or place is not None:
            project = scopes.about.get((label.passage, 0))
            yield EventReading(
                label.passage, 0, project if project is not None else heading.project,
                replace(heading.noun, first=label.first, last=label.value), heading.ordinal,
                mention, place, None,
            )  # fmt: skip


def _labelled_values(
    document: Document, marked: Marked, label: Label
) -> tuple[DateMention | None, NamedPlace | None]:
    if label.kind == "date-label":
        found = [d for d in marked.dates if (d.days or 1) < TERM_DAYS]
        return (found[0] if found else None), None
    return None, place_in(document, marked, label.value, len(marked.words))


def _join_dated(groups: list[EventGroup], reading: EventReading) -> None:
    for group in groups:
        if any(_same_event(known, reading) for known in group.readings):
            group.readings.append(reading)
            return
    groups.append(EventGroup([reading]))


def _same_event(one: EventReading, other: EventReading) -> bool:
    if one.project != other.project or one.date is None or other.date is None:
        return False
    years = {d.begin.year for d in (one.date, other.date)} - {None}
    a, b = one.date.begin, other.date.begin
    open_day = (a.day is None or b.day is None) and _kin(one.noun, other.noun)
    return len(years) < 2 and a.month == b.month and (open_day or a.day == b.day)  # noqa: PLR2004


def _kin(one: Mention, other: Mention) -> bool:
    """Return whether two nouns may mean one event: the same, or one that says no more."""
    return one.value == other.value or not _BARE.isdisjoint({one.value, other.value})


def _join_undated(groups: list[EventGroup], reading: EventReading) -> None:
    fitting = [group for group in groups if _fits(group, reading)]
    if fitting:
        max(fitting, key=lambda group: _fit(group, reading)).readings.append(reading)
    elif _stands_alone(groups, reading):
        groups.append(EventGroup([reading]))


def _fits(group: EventGroup, reading: EventReading) -> bool:
    """Return whether nothing speaks against it: another project, ordinal, tense, or town."""
    ordinals = {r.ordinal.value for r in group.readings if r.ordinal}
    if group.lead.project != reading.project:
        return False
    if reading.ordinal and ordinals:
        return reading.ordinal.value in ordinals
    if reading.planned is not None and reading.planned != group.planned:
        return False
    places = {r.place.key for r in group.readings if r.place}
    if reading.place is None or not places or reading.place.key in places:
        return True
    same_noun = any(r.noun.value == reading.noun.value for r in group.readings)
    return same_noun and not reading.heading and reading.ordinal is None


def _fit(group: EventGroup, reading: EventReading) -> tuple[bool, bool, bool, bool]:
    same_ordinal = any(
        r.ordinal and reading.ordinal and r.ordinal.value == reading.ordinal.value
        for r in group.readings
    )
    same_place = any(
        r.place and reading.place and r.place.key == reading.place.key for r in group.readings
    )
    same_noun = any(r.noun.value == reading.noun.value for r in group.readings)
    return same_ordinal, same_place, not group.planned, same_noun


def _stands_alone(groups: Sequence[EventGroup], reading: EventReading) -> bool:
    """Return whether an undated reading is an event of its own, of a kind not yet told."""
    told = {r.noun.value for g in groups for r in g.readings if g.lead.project == reading.project}
    if reading.place is None:
        return not told and reading.ordinal is not None
    if reading.noun.value in told and reading.ordinal is None:
        return False
    return reading.status is not None or reading.heading or not told


def _outside_others(groups: Iterable[EventGroup]) -> Iterator[EventGroup]:
    """Leave out the days of a programme: dates inside another event without an event's noun."""
    known = list(groups)
    for group in known:
        days = group.lead.date
        first = days.begin.first() if days else None
        inside = first is not None and any(
            other is not group
            and (span := other.lead.date) is not None
            and span.finish is not None
            and (start := span.begin.first()) is not None
            and (end := span.finish.last()) is not None
            and start <= first <= end
            for other in known
        )
        if not inside or group.lead.ordinal is not None:
            yield group
