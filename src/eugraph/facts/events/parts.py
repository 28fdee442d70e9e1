"""Parts: what happened during an event: presentations, visits, discussions.

A part is read in a sentence that follows its event in the same language
version and has no event of its own. Two language versions tell the same parts:
the first discussion of one is the first discussion of the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from eugraph.facts.events.groups import EventGroup
from eugraph.facts.mentions.clauses import clause_around
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention, Sentence
from eugraph.facts.projects.aims import find_aims

_ELSEWHERE = ("term", "planned", "deadline")


class PartReading(Struct, frozen=True):
    """A part of an event as one clause tells it; `turn` counts the parts of its type before it."""

    event: int
    type: str
    turn: int
    passage: int
    sentence: int
    cue: Mention
    first: int
    last: int


class HeldEvents(Struct, frozen=True):
    """Where each language version tells of held events: sentences in order, with their events."""

    by_language: Mapping[str, Sequence[tuple[tuple[int, int], int]]]

    @classmethod
    def of(cls, events: Sequence[EventGroup], passages: Sequence[Marked]) -> HeldEvents:
        """Return where `events` are told; of several, the undated readings do not count."""
        places: dict[str, list[tuple[tuple[int, int], int]]] = defaultdict(list)
        for number, group in enumerate(events):
            for reading in () if group.planned else group.readings:
                if reading.date is not None or len(events) == 1:
                    language = passages[reading.passage].passage.language
                    places[language].append(((reading.passage, reading.sentence), number))
        return cls({language: sorted(found) for language, found in places.items()})

    def at(self, language: str, at: tuple[int, int]) -> int | None:
        """Return the event being told at a sentence: the last held one up to it in its language."""
        places = self.by_language.get(language, ())
        after = bisect_right(places, at, key=lambda place: place[0])
        return places[after - 1][1] if after else None


def find_parts(document: Document, events: Sequence[EventGroup]) -> tuple[PartReading, ...]:
    """Return the parts of the events of `document`, in the order they are told."""
    own = {(r.passage, r.sentence) for group in events for r in group.readings}
    turns: Counter[tuple[int, str, str]] = Counter()
    found = []
    held_events = HeldEvents.of(events, document.passages)
    for marked, sentence in document.sentences():
        at = marked.number, sentence.index
        if "part" not in sentence.kinds or at in own or marked.heading:
            continue
        if marked.within(sentence.first, sentence.last, *_ELSEWHERE):
            continue
        if any(aim.kind != "conclusion" for aim in find_aims(marked, sentence)):
            continue
        language = marked.passage.language
        event = held_events.at(language, at)
        if event is None:
            continue
        for cue, first, last in _in_sentence(marked, sentence):
            turn = turns[event, language, cue.value]
            turns[event, language, cue.value] += 1
            found.append(PartReading(event, cue.value, turn, *at, cue, first, last))
    return tuple(found)


def _in_sentence(marked: Marked, sentence: Sentence) -> Iterator[tuple[Mention, int, int]]:
    """Yield one part for each clause, more where nouns are joined: “discussions and workshops”."""
    taken: dict[tuple[int, int], int] = {}
    for cue in marked.within(sentence.first, sentence.last, "part"):
        clause = clause_around(marked, sentence, cue.first)
        joined = clause in taken and _only_joins(marked, taken[clause], cue.first)
        if clause not in taken or joined:
            taken[clause] = cue.last
            yield cue, *clause


def _only_joins(marked: Marked, first: int, last: int) -> bool:
    joins = {at for m in marked.within(first, last, "and") for at in range(m.first, m.last)}
    return first < last and all(
        at in joins or marked.words[at].text == "," for at in range(first, last)
    )
