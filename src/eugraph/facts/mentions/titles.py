"""Titles: in which language a title is, and whether it is the name of a funding scheme."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from eugraph.facts.gazetteer.knowledge import NUMBER, Knowledge
from eugraph.facts.language.words import SHORTEST_NAME, stems
from eugraph.releases.language import letters, likelihoods

_CLEAR = 1.5
"""How much likelier (in logarithms) another language must be than that of the passage."""

_CLEARLY_ENGLISH = 0.7
"""The same for English, in which titles are usual in every language, a short one said thrice."""

_DISTINCTIVE = -0.25
"""The logarithm of a likelihood that tells a language on its own."""

_ENGLISH = "en"
_LONG = 20

_SAME = 0.8
"""The part of a title's words that a scheme's name must share to be it."""


def title_language(title: str, passage_language: str, *, beside: Collection[str] = ()) -> str:
    """Return the language of `title`: that of the passage unless it clearly is in another.

    Of two titles that stand together the second is a translation, so its
    language is none of those `beside` it; English where nothing tells.
    """
    return _title_language(title, passage_language, frozenset(beside))


@lru_cache(maxsize=1_000)
def _title_language(title: str, passage_language: str, beside: frozenset[str]) -> str:
    """Return the language of a title, which is asked for wherever a release repeats it."""
    (weights,) = likelihoods([title])
    found = {language: p for language, p in weights.items() if language not in beside}
    best = max(found, key=lambda language: (found[language], language), default="")
    distinctive = bool(found) and found[best] > _DISTINCTIVE and letters(title) >= _LONG
    if passage_language in beside:
        return best if distinctive else _ENGLISH
    if distinctive and found[best] - found.get(passage_language, -100.0) > _CLEAR:
        return best
    return _ENGLISH if _is_english(title, passage_language) else passage_language


def _is_english(title: str, passage_language: str) -> bool:
    """Return whether a title is in English rather than in the language around it.

    Few words tell two languages apart, but not twenty: “Border Stories” is as
    likely German as English, and surely not Latvian.
    """
    (found,) = likelihoods([" ".join([title] * 3)])
    unlikely = found.get(passage_language, -100.0)
    return bool(found) and found.get(_ENGLISH, -100.0) - unlikely > _CLEARLY_ENGLISH


def scheme_named(
    title: str, language: str, knowledge: Knowledge, programmes: Collection[str] | None = None
) -> str | None:
    """Return the key of the funding scheme whose name `title` gives, in any inflection, or None.

    Only schemes of `programmes`, by their keys, are looked at, if these are given:
    elsewhere the words are anybody's. A number that the name lacks makes it another name.
    Words are compared by stem, and a word may differ by a letter, so that
    `Demokrātiskās iesaistīšanās … veicināšana` is the strand of nearly that name.
    """
    words = stems(title, knowledge.lexicon(language).stemmer)
    if len(words) < SHORTEST_NAME:
        return None
    numbers = set(NUMBER.findall(title))
    initials = [word[:1] for word in words]
    shares = (
        (_shared(words, name.words), -name.rank, name.key)
        for length, names in knowledge.scheme_stems(language).items()
        if _as_long(len(words), length)
        for name in names
        if (programmes is None or name.programme in programmes)
        and numbers <= name.numbers
        and sum(map(name.initials.__contains__, initials)) / max(length, len(words)) >= _SAME
    )
    best, _, key = max(shares, default=(0.0, 0, None))
    return key if best >= _SAME else None


def _as_long(length: int, other: int) -> bool:
    return abs(length - other) <= (1 - _SAME) * max(length, other)


def _shared(words: Sequence[str], other: Sequence[str]) -> float:
    """Return the part of the words that two names share; nothing if it is not enough to be one."""
    left, longer = list(other), max(len(words), len(other))
    odd = 0
    for word in words:
        twin = next((o for o in left if _alike(word, o)), None)
        if twin is not None:
            left.remove(twin)
            continue
        odd += 1
        if (len(words) - odd) / longer < _SAME:
            return 0.0
    return (len(words) - odd) / longer


def _alike(word: str, other: str) -> bool:
    if word[:1] != other[:1] or abs(len(word) - len(other)) > 2:  # noqa: PLR2004
        return False
    return word == other or DamerauLevenshtein.normalized_similarity(word, other) > 0.85  # noqa: PLR2004
