"""Phrases: many cue phrases found in one walk over the words of a passage.

A phrase is words separated by spaces. A plain word matches by stem, so in any
inflection; `=word` matches by form. `=Word`, with a capital or a digit in it,
matches only as written (`=LIFE` is a programme, `life` is not). `?word` may be
missing. Phrases of a table live in one tree of keys, so the time to find them
grows with the text and not with the number of phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


class Found(Struct, Generic[V], frozen=True):
    """A phrase found: the half-open range of its words, and what it stands for."""

    first: int
    last: int
    value: V


class _Begun(NamedTuple, Generic[V]):
    """What a word begins: phrases of it alone, and the nodes of longer ones, with their keys."""

    alone: tuple[V, ...]
    longer: Sequence[_Node[V]]
    keys: frozenset[str]


_NOTHING: _Begun[Any] = _Begun((), (), frozenset())


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
        known, last, beginning = self.begun, len(words) - 1, self.root.next.keys()
        few = len(beginning) <= _FEW
        for first, word in enumerate(words):
            if few and beginning.isdisjoint(word.keys):
                continue
            begun = known.get(word.text) or self._met(word)
            if begun is _NOTHING:
                continue
            alone, longer, keys = begun
            if longer and first < last and not keys.isdisjoint(words[first + 1].keys):
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
        longer = [node for node in nodes if node.next]
        begun = _Begun(
            tuple(value for node in nodes for value in node.values),
            longer,
            frozenset(key for node in longer for key in node.next),
        )
        remember(self.begun, word.text, begun)
        return begun


def _longer(nodes: Sequence[_Node[V]], words: Sequence[Word], first: int) -> list[Found[V]]:
    """Return the phrases of two words and more that begin at `first`, whose word leads to `nodes`.

    The longest come first.
    """
    ends: list[Found[V]] = []
    for last in range(first + 1, len(words)):
        nodes = _step(nodes, words[last])
        if not nodes:
            break
        for node in nodes:
            ends += [Found(first, last + 1, value) for value in node.values]
    if len(ends) > 1:
        ends.sort(key=lambda found: -found.last)
    return ends


def _step(nodes: Sequence[_Node[V]], word: Word) -> Sequence[_Node[V]]:
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
