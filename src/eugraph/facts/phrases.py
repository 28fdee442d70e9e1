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
from typing import Generic, TypeVar

from eugraph.facts.words import Kind, Stemmer, Word, split_words

V = TypeVar("V")


@dataclass(slots=True)
class _Node(Generic[V]):
    next: dict[str, _Node[V]] = field(default_factory=dict)
    values: list[V] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A phrase found: the half-open range of its words, and what it stands for."""

    first: int
    last: int
    value: V


@dataclass(frozen=True, slots=True)
class PhraseTable(Generic[V]):
    """Phrases and what they stand for; built once, then only read."""

    stemmer: Stemmer
    root: _Node[V] = field(default_factory=_Node)

    def add(self, phrase: str, value: V, *, by_form: bool = False) -> None:
        """Let `phrase` stand for `value` too; with `by_form` all its words match by form."""
        for words in _wordings(phrase):
            node = self.root
            for word in words:
                for key in _keys(word, self.stemmer, by_form=by_form):
                    node = node.next.setdefault(key, _Node())
            if node is not self.root and value not in node.values:
                node.values.append(value)

    def find(self, words: Sequence[Word]) -> Iterator[Found[V]]:
        """Yield every phrase that begins at a word, longest first; they may overlap."""
        root = self.root.next
        for first, word in enumerate(words):
            if word.stem in root or word.form in root or "!" + word.text in root:
                yield from _walk(self.root, words, first)


def _walk(root: _Node[V], words: Sequence[Word], first: int) -> Iterator[Found[V]]:
    nodes, ends = [root], []
    for at in range(first, len(words)):
        word = words[at]
        keys = (word.stem, word.form, "!" + word.text)
        nodes = [node.next[key] for node in nodes for key in keys if key in node.next]
        if not nodes:
            break
        ends += [(at + 1, value) for node in nodes for value in node.values]
    for last, value in sorted(ends, key=lambda end: -end[0]):
        yield Found(first, last, value)


def _wordings(phrase: str) -> Iterator[tuple[str, ...]]:
    choices = [("", word[1:]) if word.startswith("?") else (word,) for word in phrase.split()]
    for wording in product(*choices):
        if words := tuple(filter(None, wording)):
            yield words


def _keys(word: str, stemmer: Stemmer, *, by_form: bool) -> Iterable[str]:
    exact = word.startswith("=") and len(word) > 1
    for piece in split_words(word[1:] if exact else word, stemmer):
        if exact and piece.kind is Kind.WORD and not piece.text.islower():
            yield "!" + piece.text
        else:
            yield piece.form if exact or by_form else piece.stem
