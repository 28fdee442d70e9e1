"""A marked passage: its words, mentions, dates and sentences, and how they are looked up.

Rules ask for mentions by kind and by word, thousands of times in a release, so
each question is a look-up in an index that is made once for a passage.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct

from eugraph.facts.language.dates import DateMention
from eugraph.facts.language.lexicon import Lexicon
from eugraph.facts.language.words import Word
from eugraph.releases.release import Layout, Passage

_FEW = 8
"""So many mentions are looked through sooner than one among them is searched for."""


class Mention(Struct, frozen=True, gc=False):
    """A typed piece of a passage: `kind` and `value` as of a cue, half-open ranges."""

    kind: str
    value: str
    first: int
    last: int
    start: int
    end: int
    base: str = ""


class Sentence(Struct, frozen=True):
    """A sentence of a marked passage: the half-open range of its words and characters.

    Where a rule needs a mention of a kind that is not among `kinds`, it need not be asked.
    """

    index: int
    first: int
    last: int
    start: int
    end: int
    kinds: frozenset[str]
    """The kinds of the mentions that begin in it; in a clause, in the whole sentence."""


class Index(Struct, frozen=True):
    """The mentions of a passage by kind, and by word: that begin with it, that end before it.

    Each list is in the order of the text, of what begins together the longest first.
    None of them has more words than the `longest`.
    """

    by_kind: dict[str, list[Mention]]
    begin: dict[int, list[Mention]]
    end: dict[int, list[Mention]]
    longest: int

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Index:
        """Return the index of `mentions`, which come in the order of the text."""
        by_kind: dict[str, list[Mention]] = {}
        begin: dict[int, list[Mention]] = {}
        end: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_kind.setdefault(mention.kind, []).append(mention)
            begin.setdefault(mention.first, []).append(mention)
            end.setdefault(mention.last, []).append(mention)
        longest = max([mention.last - mention.first for mention in mentions], default=0)
        return cls(by_kind, begin, end, longest)


class Marked(Struct, frozen=True):
    """A passage with its words, mentions, dates and sentences, each in the order of the text."""

    passage: Passage
    number: int
    lexicon: Lexicon
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    sentences: tuple[Sentence, ...]
    index: Index

    def of(self, *kinds: str) -> Sequence[Mention]:
        """Return the mentions of these kinds, in the order of the text."""
        if len(kinds) == 1:
            return self.index.by_kind.get(kinds[0], [])
        return self.within(0, len(self.words), *kinds)

    def within(self, first: int, last: int, *kinds: str) -> list[Mention]:
        """Return the mentions of these kinds whose words lie in `first:last`, in order."""
        by_kind, found, of_kinds = self.index.by_kind, [], 0
        for kind in kinds:
            if kind in by_kind:
                of_kinds += 1
                mentions = by_kind[kind]
                if len(mentions) > _FEW:
                    start = bisect_left(mentions, first, key=first_of)
                    mentions = mentions[start : bisect_left(mentions, last, start, key=first_of)]
                for mention in mentions:
                    if mention.first >= first and mention.last <= last:
                        found.append(mention)  # noqa: PERF401 (mostly there is none)
        if of_kinds > 1 and len(found) > 1:
            found.sort(key=place_of_mention)
        return found

    def at(self, first: int, *kinds: str) -> Mention | None:
        """Return the longest mention of the first of these kinds that begins with a word."""
        begun = self.index.begin.get(first)
        if begun is None:
            return None
        best = None
        for mention in begun:
            if mention.kind in kinds and (
                best is None or kinds.index(mention.kind) < kinds.index(best.kind)
            ):
                best = mention
        return best

    def sentence_at(self, at: int) -> Sentence:
        """Return the last sentence, or clause of one, that begins at the word `at` or before it."""
        return next(sentence for sentence in reversed(self.sentences) if sentence.first <= at)

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
        begin = self.index.begin
        for first in range(max(0, at + 1 - self.index.longest), at + 1):
            for mention in begin.get(first, ()):
                if mention.last > at and mention.kind in kinds:
                    return mention
        return None

    def dates_within(self, first: int, last: int) -> list[DateMention]:
        """Return the dates whose words lie in `first:last`."""
        if not self.dates:
            return []
        start = bisect_left(self.dates, first, key=_first_word)
        stop = bisect_left(self.dates, last, start, key=_first_word)
        return [mention for mention in self.dates[start:stop] if mention.last_word <= last]

    def in_date(self, at: int) -> bool:
        """Return whether the word `at` is in a date."""
        after = bisect_right(self.dates, at, key=_first_word)
        return after > 0 and at < self.dates[after - 1].last_word

    def describes(self, mention: Mention, *kinds: str) -> bool:
        """Return whether a mention only describes what follows: “teacher training institutions”."""
        at = mention.last
        while (noun := self.at(at, mention.kind, "event", "people")) is not None:
            at = noun.last
        return self.at(at, *kinds) is not None

    def text(self, first: int, last: int) -> str:
        """Return the text of the words `first:last`."""
        return self.passage.text[self.words[first].start : self.words[last - 1].end]

    def divided(self, at: int) -> bool:
        """Return whether a mark, a tab or a wide gap stands at a word, as between table cells."""
        words = self.words
        gap = self.passage.text[words[at - 1].end : words[at].start]
        return words[at].stem in {":", "-", ",", "|"} or "\t" in gap or len(gap) > 2  # noqa: PLR2004

    @property
    def heading(self) -> bool:
        """Whether the passage stands as a heading."""
        return self.passage.layout is Layout.HEADING


first_of = attrgetter("first")
"""Returns the word that a mention begins with."""

_first_word = attrgetter("first_word")


def place_of_mention(mention: Mention) -> tuple[int, int, str, str]:
    """Return what mentions are ordered by: their first word, the longest first."""
    return mention.first, -mention.last, mention.kind, mention.value
