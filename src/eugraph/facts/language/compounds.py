"""Compounds: a word that ends in a listed noun: `Interreg-Projekts`, `samarbetsprojekt`.

Where the last part of a hyphenated word is such a noun, the parts before it are
its description: a funding scheme (`Interreg-Alpenraum-Projekt`) or the name of
the project (`CareBridge-Projekt`). Languages that join words without a hyphen
say so in their lexicon (`compounds`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from eugraph.facts.language.lexicon import Cue, Lexicon, Pieces
from eugraph.facts.language.phrases import Found
from eugraph.facts.language.words import Kind, Word, remember, split_words

NOUNS = frozenset({"project", "network"})
_HYPHENS = "-‐‑"
_SHORTEST_PART = 3
_MOST_BEFORE = 2


class Compound(Struct, frozen=True):
    """A compound word at `at`: the noun it ends in, and what precedes its last hyphen, if any.

    The name of a scheme may begin some words `before`: `Horisont Europa-projekt`.
    """

    at: int
    noun: Cue
    description: str
    schemes: tuple[Cue, ...] = ()
    before: int = 0

    @property
    def found(self) -> Iterator[Found[Cue]]:
        """The cues that the word gives."""
        yield Found(self.at, self.at + 1, self.noun)
        for cue in self.schemes:
            yield Found(self.at - self.before, self.at + 1, cue)


def find_compounds(
    words: Sequence[Word], odd: Sequence[int], lexicon: Lexicon
) -> tuple[Compound, ...]:
    """Return the compounds among `words` that end in a noun for the project, in order.

    `odd` are the places of `odd_words`, among which all words with a hyphen are.
    """
    known, found = lexicon.met, []
    joined = lexicon.compound_stems or lexicon.compound_forms
    for at in range(len(words)) if joined else odd:
        word = words[at]
        if word.kind is Kind.WORD:
            text = word.text
            pieces = known[text] if text in known else _met(word, lexicon)
            if pieces is not None:
                found.append(_with_words_before(words, Compound(at, *pieces), lexicon))
    return tuple(found)


def _with_words_before(words: Sequence[Word], compound: Compound, lexicon: Lexicon) -> Compound:
    """Return a compound with the scheme that its description ends the name of."""
    if not compound.description or compound.schemes:
        return compound
    for before in range(min(_MOST_BEFORE, compound.at), 0, -1):
        names = [word.text for word in words[compound.at - before : compound.at]]
        spaced = split_words(" ".join((*names, compound.description)), lexicon.stemmer)
        for found in lexicon.table.find(spaced):
            if found.value.kind == "scheme" and (found.first, found.last) == (0, len(spaced)):
                return Compound(compound.at, compound.noun, "", (found.value,), before)
    return compound


def _met(word: Word, lexicon: Lexicon) -> Pieces | None:
    """Return the pieces of a word that is met for the first time."""
    pieces = _hyphenated(word, lexicon) or _joined(word, lexicon)
    remember(lexicon.met, word.text, pieces)
    return pieces


def _hyphenated(word: Word, lexicon: Lexicon) -> Pieces | None:
    cut = max(word.text.rfind(hyphen) for hyphen in _HYPHENS)
    if cut < 1:
        return None
    last = split_words(word.text[cut + 1 :], lexicon.stemmer)
    noun = next((f.value for f in lexicon.table.find(last) if f.value.kind in NOUNS), None)
    if noun is None or len(last) != 1:
        return None
    description = word.text[:cut]
    spaced = split_words(
        description.translate(dict.fromkeys(map(ord, _HYPHENS), " ")), lexicon.stemmer
    )
    named = [f for f in lexicon.table.find(spaced) if f.value.kind == "scheme"]
    longest = max((f.last - f.first for f in named), default=0)
    schemes = tuple(f.value for f in named if f.last - f.first == longest)
    return noun, "" if schemes else description, schemes[:1]


def _joined(word: Word, lexicon: Lexicon) -> Pieces | None:
    for key, ending in ((word.stem, lexicon.compound_stems), (word.form, lexicon.compound_forms)):
        for noun, cue in ending:
            if key.endswith(noun) and len(key) >= len(noun) + _SHORTEST_PART:
                return cue, "", ()
    return None
