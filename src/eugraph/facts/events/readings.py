"""Readings of events: what one sentence says of a main event, when, where, which in order.

A main event is a noun for one with a date, a place or an ordinal of its own, or
in a heading; or, without a noun, a few days at a place in a sentence about the
project, or a verb for going, working or launching with a place and a date. What
labelled lines below a heading say is of the heading's event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from eugraph.facts.events.days import TERM_DAYS, event_dates, last_day, with_year
from eugraph.facts.events.labels import Label, label_lines
from eugraph.facts.events.nouns import (
    ORDINAL_REACH,
    implied_noun,
    noun_of,
    of_several,
    ordinal_of,
)
from eugraph.facts.events.places import find_place
from eugraph.facts.events.rounds import find_rounds
from eugraph.facts.events.towns import NamedPlace, place_in
from eugraph.facts.language.dates import DateMention, Relation
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.organisations.named import NamedOrganisation
from eugraph.facts.projects.scopes import Scopes

BARE = frozenset({"event", "gathering", "mobility"})
"""Nouns that say no more than that there was an event."""

_EVENTFUL = ("event", "stay", "event-verb")
_LABEL_REACH = 5

Organisations = Sequence[NamedOrganisation]
Named = Mapping[tuple[int, int], tuple[NamedOrganisation, ...]]


class EventReading(Struct, frozen=True):
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
    by_verb: bool = False
    """Whether only a verb says that there was an event: without a date it tells of a known one."""
    language: str = ""
    ended: bool = False
    """Whether its last day alone is told: it is an event though it has no date."""
    labelled: bool = False
    """Whether a label says it; its ordinal is then that of the heading above, in other words."""

    @property
    def planned(self) -> bool | None:
        """Whether it is told as still to come; None if the sentence does not say."""
        return None if self.status is None else self.status.kind == "planned"


def find_readings(document: Document, scopes: Scopes, named: Named) -> list[EventReading]:
    """Return what the sentences and the labelled lines of `document` say of main events."""
    readings = [
        reading
        for marked, sentence in document.sentences()
        for reading in _readings(document, scopes, named, marked, sentence)
    ]
    readings = [_with_day_before(document, named, reading) for reading in readings]
    return [*readings, *_labelled(document, scopes, readings)]


def _with_day_before(document: Document, named: Named, reading: EventReading) -> EventReading:
    """Give an event without a date the day on which the sentence before it receives its guests.

    “On 4 May the town welcomed guests from abroad. They came to the second meeting …”
    """
    index = reading.sentence - 1
    marked = document.passages[reading.passage]
    if reading.date is not None or reading.planned or index < 0 or marked.heading:
        return reading
    before = marked.sentences[index]
    if "hosts" not in before.kinds or not before.kinds.isdisjoint(_EVENTFUL):
        return reading
    dates = event_dates(document, marked, before)
    if len(dates) != 1 or marked.within(
        reading.noun.first - _LABEL_REACH, reading.noun.first, "next"
    ):
        return reading
    at = (reading.passage, index)
    place = reading.place or find_place(document, marked, before, named.get(at, ()))
    return replace(reading, date=dates[0], place=place)


def _readings(
    document: Document, scopes: Scopes, named: Named, marked: Marked, sentence: Sentence
) -> Iterator[EventReading]:
    """Yield the readings of a sentence: one, or one for each clause with an event of its own."""
    dated = marked.dates_within(sentence.first, sentence.last)
    if not dated and sentence.kinds.isdisjoint(_EVENTFUL):
        return
    organisations = named.get((marked.number, sentence.index), ())
    rounds = list(_rounds(document, scopes, marked, sentence)) if len(dated) > 1 else []
    if rounds:
        yield from rounds
        return
    for clause in _dated_clauses(document, marked, sentence, organisations):
        for reading in _reading(document, scopes, organisations, marked, clause):
            status = reading.status or _status(marked, sentence, reading.noun, reading.date)
            yield replace(reading, status=status)


def _rounds(
    document: Document, scopes: Scopes, marked: Marked, sentence: Sentence
) -> Iterator[EventReading]:
    """Yield an event for each place in a row of them with dates, of the noun that announces it."""
    project = scopes.about.get((marked.number, sentence.index))
    nouns = marked.within(sentence.first, sentence.last, "event")
    if project is None or not nouns or marked.within(sentence.first, sentence.last, "deadline"):
        return
    for place, mention in find_rounds(document, marked, event_dates(document, marked, sentence)):
        noun = next((n for n in reversed(nouns) if n.first < place.first), nouns[0])
        yield EventReading(
            marked.number, sentence.index, project, noun, None, mention, place,
            _status(marked, sentence, noun, mention), language=marked.passage.language,
        )  # fmt: skip


def _dated_clauses(
    document: Document, marked: Marked, sentence: Sentence, organisations: Organisations
) -> Iterator[Sentence]:
    """Yield the clauses of a sentence if each has a verb, a date and a place of its own."""
    dates = marked.dates_within(sentence.first, sentence.last)
    between = range(dates[0].last_word, dates[-1].first_word) if dates else range(0)
    for at in reversed(between):
        if marked.words[at].text not in {",", ";"} and not marked.at(at, "and"):
            continue
        first = replace(sentence, last=at, end=marked.words[at].start)
        second = replace(sentence, first=at + 1, start=marked.words[at + 1].start)
        places = [_eventful(document, marked, part, organisations) for part in (first, second)]
        keys = {place.key for place in places if place is not None}
        if len(keys) == 2:  # noqa: PLR2004
            yield from _dated_clauses(document, marked, first, organisations)
            yield second
            return
    yield sentence


def _eventful(
    document: Document, marked: Marked, clause: Sentence, organisations: Organisations
) -> NamedPlace | None:
    """Return the place of a clause that tells of an event with its date."""
    span = clause.first, clause.last
    if not marked.dates_within(*span) or not marked.within(*span, "event", "event-verb", "stay"):
        return None
    inside = [o for o in organisations if clause.first <= o.first < clause.last]
    return find_place(document, marked, clause, inside)


def _reading(
    document: Document,
    scopes: Scopes,
    organisations: Organisations,
    marked: Marked,
    sentence: Sentence,
) -> Iterator[EventReading]:
    """Yield the reading of a sentence or a clause, if it speaks of a main event."""
    project = scopes.about.get((marked.number, sentence.index))
    span = sentence.first, sentence.last
    if project is None or marked.within(*span, "deadline"):
        return
    dates = event_dates(document, marked, sentence)
    organisations = [o for o in organisations if sentence.first <= o.first < sentence.last]
    noun = noun_of(document, marked, sentence, dates)
    stays = marked.within(*span, "stay")
    if noun is None and (of_several(marked, sentence) or not (dates or stays)):
        return
    place = find_place(document, marked, sentence, organisations)
    if noun is None:
        noun = implied_noun(marked, sentence, dates, place)
    if noun is None:
        return
    mention = _nearest(noun, dates)
    ordinal = ordinal_of(marked, sentence, noun)
    if ordinal and mention is None and _identifies(marked, sentence):
        place = None
    status = _status(marked, sentence, noun, mention)
    if mention and mention.relation is Relation.NEXT and status and status.kind == "held":
        mention = None
    if mention is None and _points_back(marked, noun):
        return
    opened = noun.value == "kick-off-meeting" and status is not None
    if mention or ordinal or marked.heading or place or opened:
        yield EventReading(
            marked.number, sentence.index, project, noun, ordinal,
            with_year(marked, noun, mention), place, status, marked.heading,
            tuple(v for v in marked.within(*span, "event-verb") if _implies_kind(v, noun)),
            by_verb=noun in [replace(verb, kind="event") for verb in stays],
            language=marked.passage.language,
            ended=mention is None and last_day(marked, sentence) is not None,
        )  # fmt: skip


def _implies_kind(verb: Mention, noun: Mention) -> bool:
    """Return whether a verb says of what kind an event is besides: visits are paid to meetings."""
    visit = verb.value == "study-visit" and noun.value not in BARE and noun.first != verb.first
    return verb.value not in BARE and not visit


def _identifies(marked: Marked, sentence: Sentence) -> bool:
    """Return whether a sentence only says which event was told: “It was the third meeting …”."""
    return bool(marked.within(sentence.first + 1, sentence.first + 2, "is"))


def _nearest(noun: Mention, dates: Sequence[DateMention]) -> DateMention | None:
    if not dates:
        return None
    return min(dates, key=lambda d: (d.begin.day is None, abs(d.first_word - noun.first)))


def _status(
    marked: Marked, sentence: Sentence, noun: Mention, mention: DateMention | None
) -> Mention | None:
    """Return the cue for past or future that is nearest to the date, else to the noun."""
    cues = marked.within(sentence.first, sentence.last, "planned", "held")
    if not cues:
        coming = marked.before(noun.first, "next") if mention is not None else None
        return replace(coming, kind="planned") if coming is not None else None
    at = mention.first_word if mention is not None else noun.first
    return min(cues, key=lambda cue: (abs(cue.first - at), cue.kind))


def _points_back(marked: Marked, noun: Mention) -> bool:
    """Return whether a noun points back to an event already told: “during the meeting”."""
    first, last = max(0, noun.first - ORDINAL_REACH), noun.last + ORDINAL_REACH
    return any(
        0 <= noun.first - cue.last <= 1 or cue.first == noun.last
        for cue in marked.within(first, last, "during")
    )


def _labelled(
    document: Document, scopes: Scopes, readings: Sequence[EventReading]
) -> Iterator[EventReading]:
    """Yield what labelled lines below a heading add to its event: `Date: …`, `Place: …`."""
    last_in = {reading.passage: reading for reading in readings}
    for label in label_lines(document):
        above = range(label.passage - 1, label.passage - 1 - _LABEL_REACH, -1)
        heading = next((last_in[number] for number in above if number in last_in), None)
        if heading is None:
            continue
        marked = document.passages[label.passage]
        mention, place = _labelled_values(document, marked, label)
        if mention is not None or place is not None:
            project = scopes.about.get((label.passage, 0))
            yield EventReading(
                label.passage, 0, project if project is not None else heading.project,
                replace(heading.noun, first=label.first, last=label.value), heading.ordinal,
                mention, place, None, labelled=True,
            )  # fmt: skip


def _labelled_values(
    document: Document, marked: Marked, label: Label
) -> tuple[DateMention | None, NamedPlace | None]:
    if label.kind == "date-label":
        found = [d for d in marked.dates if (d.days or 1) < TERM_DAYS]
        return (found[0] if found else None), None
    return None, place_in(document, marked, label.value, len(marked.words))
