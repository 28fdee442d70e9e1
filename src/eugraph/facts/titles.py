"""Titles: in which language a title is, and whether it is the name of a funding scheme."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from eugraph.facts.gazetteer import KnownScheme
from eugraph.facts.words import Kind, Stemmer, split_words
from eugraph.releases.language import likelihoods

_CLEAR = 1.5
"""How much likelier (in logarithms) another language must be than that of the passage."""

_SAME = 0.8
"""The part of a title's words that a scheme's name must share to be it."""

_SHORTEST = 3


def title_language(title: str, passage_language: str) -> str:
    """Return the language of `title`, that of the passage unless the title clearly is in another."""
    found = likelihoods(title)
    if not found:
        return passage_language
    best = max(found, key=lambda language: (found[language], language))
    lead = found[best] - found.get(passage_language, -100.0)
    return best if lead > _CLEAR else passage_language


def scheme_named(
    title: str, language: str, stemmer: Stemmer, schemes: Iterable[KnownScheme]
) -> str | None:
    """Return the key of the funding scheme whose name `title` gives, in any inflection, or None.

    Words are compared by stem, and a word may differ by a letter, so that
    `Demokrātiskās iesaistīšanās … veicināšana` is the strand of nearly that name.
    """
    words = _stems(title, stemmer)
    if len(words) < _SHORTEST:
        return None
    best: tuple[float, str] | None = None
    for scheme in schemes:
        for name in (*scheme.names.get(language, ()), *scheme.written):
            other = _stems(name, stemmer)
            if len(other) >= _SHORTEST:
                share = _shared(words, other)
                if share >= _SAME and (best is None or share > best[0]):
                    best = share, scheme.key
    return best[1] if best else None


def _stems(text: str, stemmer: Stemmer) -> list[str]:
    return [word.stem for word in split_words(text, stemmer) if word.kind is Kind.WORD]


def _shared(words: list[str], other: list[str]) -> float:
    left = list(other)
    shared = 0
    for word in words:
        twin = next((o for o in left if _alike(word, o)), None)
        if twin is not None:
            left.remove(twin)
            shared += 1
    return shared / max(len(words), len(other))


def _alike(word: str, other: str) -> bool:
    return word == other or DamerauLevenshtein.normalized_similarity(word, other) > 0.85  # noqa: PLR2004
