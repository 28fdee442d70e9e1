"""Phrases: many cue phrases found in one walk over the words of a passage.

A phrase is words separated by spaces. A plain word matches by stem, so in any
inflection; `=word` matches by form. `=Word`, with a capital or a digit in it,
matches only as written (`=LIFE` is a programme, `life` is not). `?word` may be
missing. Phrases of a table live in one tree of keys, so the time to find them
grows with the text and not with the number of phrases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from eugraph.facts.language.words import AS_WRITTEN, Kind, Stemmer, Word, remember, split_words

V = TypeVar("V")

_FEW = 100
"""A table of so few first words is asked for each word; of a larger one it is remembered."""


@dataclass(slots=True)
class _Node(Generic[V]):
    next: dict[str, _Node[V]] = field(default_factory=dict)
    values: list[V] = field(default_factory=list)


class Found(Struct, Generic[V], frozen=True, gc=False):
    """A phrase found: the half-open range of its words, and what it stands for."""

    first: int
    last: int
    value: V


class _Begun(NamedTuple, Generic[V]):
    """What a word begins: phrases of it alone, and by their second key the nodes of longer ones.

    The keys once more are a set, for a set is soonest asked for three keys at once.
    """

    alone: tuple[V, ...]
    longer: dict[str, list[_Node[V]]]
    seconds: frozenset[str]


_NOTHING: _Begun[Any] = _Begun((), {}, frozenset())


@dataclass(frozen=True, slots=True)
class PhraseTable(Generic[V]):
    """Phrases and what they stand for; built once, then only read.

    It remembers what a word begins by the text of the word.
    """

    stemmer: Stemmer
    root: _Node[V] = field(default_factory=_Node)
    begun: dict[str, _Begun[V]] = field(default_factory=dict, compare=False, repr=False)

    def add(self, phrase: str, value: V, *, by_form: bool = False) -> None:
        """Let `phrase` stand for `value` too; with `by_form` all its words match by form."""
        for words in _wordings(phrase):
            node = self.root
            self.begun.clear()
            for word in words:
                for key in _keys(word, self.stemmer, by_form=by_form):
                    node = node.next.setdefault(key, _Node())
            if node is not self.root and value not in node.values:
                node.values.append(value)

    def find(self, words: Sequence[Word]) -> list[Found[V]]:
        """Return every phrase that begins at a word, longest first; they may overlap."""
        found: list[Found[V]] = []
        known, last = self.begun, len(words) - 1
        places: Iterable[tuple[int, Word]] = enumerate(words)
        if len(self.root.next) <= _FEW:
            places = _beginning(words, self.root.next)
        for first, word in places:
            begun = known.get(word.text) or self._met(word)
            if begun is _NOTHING:
                continue
            alone, longer, seconds = begun
            if longer and first < last and not seconds.isdisjoint(words[first + 1].keys):
                found += _longer(longer, words, first)
            for value in alone:
                found.append(Found(first, first + 1, value))
        return found

    def _met(self, word: Word) -> _Begun[V]:
        """Return what a word begins that is met for the first time."""
        nodes = _step((self.root,), word)
        if not nodes:
            remember(self.begun, word.text, _NOTHING)
            return _NOTHING
        longer: dict[str, list[_Node[V]]] = defaultdict(list)
        for node in nodes:
            for key, after in node.next.items():
                longer[key].append(after)
        alone = tuple(value for node in nodes for value in node.values)
        begun = _Begun(alone, dict(longer), frozenset(longer))
        remember(self.begun, word.text, begun)
        return begun


def _beginning(words: Sequence[Word], keys: Collection[str]) -> list[tuple[int, Word]]:
    """Return the words that have one of a few `keys`, with their places.

    Mostly these are of names as they are written: then it is enough to look at the text.
    """
    written = {key[1:] for key in keys if key[0] == AS_WRITTEN and len(key) > 1}
    if len(written) == len(keys):
        return [(at, word) for at, word in enumerate(words) if word.text in written]
    has_none = frozenset(keys).isdisjoint
    return [(at, word) for at, word in enumerate(words) if not has_none(word.keys)]


def _longer(
    begun: Mapping[str, Sequence[_Node[V]]], words: Sequence[Word], first: int
) -> list[Found[V]]:
    """Return the phrases of two words and more that begin at `first`; the longest come first.

    `begun` are the nodes that its word leads to together with the word after it, by key.
    """
    ends: list[Found[V]] = []
    last = first + 1
    nodes = [node for key in words[last].keys if key in begun for node in begun[key]]
    while nodes:
        last += 1
        for node in nodes:
            for value in node.values:
                ends.append(Found(first, last, value))  # noqa: PERF401 (mostly there is none)
        if last == len(words):
            break
        nodes = _step(nodes, words[last])
    if len(ends) > 1:
        ends.sort(key=lambda found: -found.last)
    return ends


def _step(nodes: Sequence[_Node[V]], word: Word) -> list[_Node[V]]:
    """Return the nodes that `word` leads to from `nodes`."""
    return [node.next[key] for node in nodes if node.next for key in word.keys if key in node.next]


def _wordings(phrase: str) -> Iterator[tuple[str, ...]]:
    choices = [("", word[1:]) if word.startswith("?") else (word,) for word in phrase.split()]
    for wording in product(*choices):
        if words := tuple(filter(None, wording)):
            yield words


def _keys(word: str, stemmer: Stemmer, *, by_form: bool) -> Iterable[str]:
    exact = word.startswith("=") and len(word) > 1
    for piece in split_words(word[1:] if exact else word, stemmer):
        if exact and piece.kind is Kind.WORD and not piece.text.islower():
            yield AS_WRITTEN + piece.text
        else:
            yield piece.form if exact or by_form else piece.stem
