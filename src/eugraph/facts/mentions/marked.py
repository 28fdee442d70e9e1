"""A marked passage: its words, mentions, dates and sentences, and how they are looked up.

Rules ask for mentions by kind and by word, thousands of times in a release, so
each question is a look-up in an index that is made once for a passage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from msgspec import Struct

from eugraph.facts.language.dates import DateMention
from eugraph.facts.language.lexicon import Lexicon
from eugraph.facts.language.words import Word
from eugraph.releases.release import Layout, Passage


class Mention(Struct, frozen=True):
    """A typed piece of a passage: `kind` and `value` as of a cue, half-open ranges."""

    kind: str
    value: str
    first: int
    last: int
    start: int
    end: int
    base: str = ""


class Sentence(Struct, frozen=True):
    """A sentence of a marked passage: the half-open range of its words and characters."""

    index: int
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Track:
    """The mentions of some kinds in a passage, in order, and the words they begin with."""

    mentions: list[Mention]
    firsts: list[int]

    @classmethod
    def of(cls, groups: Sequence[list[Mention]]) -> _Track:
        """Return the track of `groups`, each in order."""
        found = groups[0] if len(groups) == 1 else sorted(chain(*groups), key=place_of_mention)
        return cls(found, [mention.first for mention in found])


_NO_TRACK = _Track([], [])


@dataclass(frozen=True, slots=True)
class Index:
    """The mentions of a passage by kind, and by word: that begin with it, end before it, hold it.

    Each list is in the order of the text. Of one kind, only the longest begins with a word.
    What holds a word is asked for seldom: it is looked up when it is first.
    """

    mentions: Sequence[Mention]
    by_kind: dict[str, list[Mention]]
    begin: dict[int, dict[str, Mention]]
    end: dict[int, list[Mention]]
    tracks: dict[tuple[str, ...], _Track] = field(default_factory=dict)
    holding: dict[int, list[Mention]] = field(default_factory=dict)

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Index:
        """Return the index of `mentions`, which come in the order of the text."""
        index = cls(mentions, defaultdict(list), defaultdict(dict), defaultdict(list))
        for mention in mentions:
            index.by_kind[mention.kind].append(mention)
            index.begin[mention.first].setdefault(mention.kind, mention)
            index.end[mention.last].append(mention)
        return index

    def track(self, kinds: tuple[str, ...]) -> _Track:
        """Return the mentions of these kinds."""
        track = self.tracks.get(kinds)
        if track is None:
            track = self.tracks[kinds] = self._track(kinds)
        return track

    def _track(self, kinds: tuple[str, ...]) -> _Track:
        if self.by_kind.keys().isdisjoint(kinds):
            return _NO_TRACK
        return _Track.of([self.by_kind[kind] for kind in kinds if kind in self.by_kind])

    def hold(self, at: int) -> Sequence[Mention]:
        """Return the mentions that the word `at` is in."""
        if not self.holding:
            for mention in self.mentions:
                for inside in range(mention.first, mention.last):
                    self.holding.setdefault(inside, []).append(mention)
        return self.holding.get(at, ())


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with its words, mentions, dates and sentences, each in the order of the text."""

    passage: Passage
    number: int
    lexicon: Lexicon
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    sentences: tuple[Sentence, ...]
    index: Index = field(compare=False, repr=False)

    def of(self, *kinds: str) -> Sequence[Mention]:
        """Return the mentions of these kinds, in the order of the text."""
        return self.index.track(kinds).mentions

    def within(self, first: int, last: int, *kinds: str) -> list[Mention]:
        """Return the mentions of these kinds whose words lie in `first:last`, in order."""
        track = self.index.tracks.get(kinds) or self.index.track(kinds)
        firsts = track.firsts
        if not firsts:
            return []
        start = bisect_left(firsts, first)
        end = bisect_left(firsts, last, start)
        if start == end:
            return []
        return [mention for mention in track.mentions[start:end] if mention.last <= last]

    def at(self, first: int, *kinds: str) -> Mention | None:
        """Return the longest mention of the first of these kinds that begins with a word."""
        beginning = self.index.begin.get(first)
        if beginning:
            for kind in kinds:
                if kind in beginning:
                    return beginning[kind]
        return None

    def before(self, last: int, *kinds: str) -> Mention | None:
        """Return a mention of these kinds that ends before the word `last`, if one touches it."""
        ending = self.index.end.get(last)
        if ending:
            for mention in reversed(ending):
                if mention.kind in kinds:
                    return mention
        return None

    def covering(self, at: int, *kinds: str) -> Mention | None:
        """Return a mention of these kinds that the word `at` is in."""
        holding = self.index.hold(at)
        return next((mention for mention in holding if mention.kind in kinds), None)

    def dates_within(self, first: int, last: int) -> list[DateMention]:
        """Return the dates whose words lie in `first:last`."""
        start = bisect_left(self.dates, first, key=_first_word)
        found = []
        for mention in islice(self.dates, start, None):
            if mention.first_word >= last:
                break
            if mention.last_word <= last:
                found.append(mention)
        return found

    def text(self, first: int, last: int) -> str:
        """Return the text of the words `first:last`."""
        return self.passage.text[self.words[first].start : self.words[last - 1].end]

    @property
    def heading(self) -> bool:
        """Whether the passage stands as a heading."""
        return self.passage.layout is Layout.HEADING


def place_of_mention(mention: Mention) -> tuple[int, int, str, str]:
    """Return what mentions are ordered by: their first word, the longest first."""
    return mention.first, -mention.last, mention.kind, mention.value


def _first_word(mention: DateMention) -> int:
    return mention.first_word
