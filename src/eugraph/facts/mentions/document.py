"""A release as rules see it: its marked passages, and evidence made from their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from eugraph.facts.fact import Evidence
from eugraph.facts.gazetteer.knowledge import Knowledge
from eugraph.facts.language.dates import is_month_first
from eugraph.facts.mentions.marked import Marked, Sentence
from eugraph.facts.mentions.marking import mark
from eugraph.facts.mentions.misspelt import MISSPELT
from eugraph.releases.release import Release

_EDGES = ",;:–—- \u00a0"


class Document(Struct, frozen=True):
    """A release with what was marked in its passages."""

    release: Release
    knowledge: Knowledge
    passages: tuple[Marked, ...]
    countries: tuple[str, ...] = ()
    """The countries that the release names, itself or by a place of the gazetteer, by code.

    Those of its languages are among them: nobody names the own country.
    """
    named: tuple[str, ...] = ()
    """Those that it names."""
    home: tuple[str, ...] = ()
    """Those of its languages."""
    misspelt: tuple[tuple[int, str], ...] = ()
    """Where the name of a country is misspelt, and the code of the country."""

    def sentences(self) -> Iterator[tuple[Marked, Sentence]]:
        """Yield every sentence with its passage, in the order of the text."""
        for marked in self.passages:
            for sentence in marked.sentences:
                yield marked, sentence


def read_document(release: Release, knowledge: Knowledge) -> Document:
    """Return `release` with the mentions in its passages."""
    split = [knowledge.split(passage) for passage in release.passages]
    month_first = any(
        "/" in passage.text and is_month_first(words)
        for passage, words in zip(release.passages, split, strict=True)
    )
    passages = tuple(
        mark(passage, number, words, knowledge, month_first=month_first)
        for number, (passage, words) in enumerate(zip(release.passages, split, strict=True))
    )
    languages = dict.fromkeys(passage.language for passage in release.passages)
    home = tuple(code for each in languages for code in knowledge.lexicon(each).home)
    named = tuple(sorted(_countries(passages, knowledge)))
    every = tuple(sorted({*named, *home}))
    misspelt = tuple(
        (marked.passage.start + mention.start, mention.value)
        for marked in passages
        for mention in marked.of(MISSPELT)
    )
    return Document(release, knowledge, passages, every, named, home, misspelt)


def _countries(passages: Iterable[Marked], knowledge: Knowledge) -> set[str]:
    places = knowledge.gazetteer.places
    named = {m.value for marked in passages for m in marked.of("country")}
    return named | {places[m.value].country for marked in passages for m in marked.of("place")}


def evidence(marked: Marked, first: int, last: int, rule: str) -> Evidence:
    """Return the words `first:last` of a passage as evidence, without marks at its edges."""
    words = marked.words
    while last - 1 > first and words[last - 1].text in _EDGES:
        last -= 1
    while first < last - 1 and words[first].text in _EDGES:
        first += 1
    return Evidence.in_passage(marked.passage, words[first].start, words[last - 1].end, rule)
