"""Countries whose names are misspelt, where nothing but a country can stand.

That is in brackets after a name, and between countries that are listed. The
word must be one edit away from the name of exactly one country, and not at its
ends: there languages inflect and derive (“Estonian”). What is a name of a
country in any language is no misspelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from eugraph.facts.gazetteer.knowledge import Knowledge
from eugraph.facts.gazetteer.known import is_country
from eugraph.facts.language.lexicon import Cue
from eugraph.facts.language.phrases import Found
from eugraph.facts.language.words import Kind, Word
from eugraph.facts.mentions.marked import Mention

MISSPELT = "misspelt-country"
"""The kind of mention that says that the country at its place is misspelt."""

_SHORTEST = 6
_LISTED = 2


def misspelt_countries(
    words: Sequence[Word],
    odd: Sequence[int],
    cues: Sequence[Found[Cue]],
    language: str,
    knowledge: Knowledge,
) -> Iterator[Mention]:
    """Yield each misspelt country twice: as the country, and as a misspelling of it.

    `odd` are the places of `odd_words`.
    """
    for at in _places(words, odd, cues):
        word = words[at]
        if len(word.text) < _SHORTEST or not word.text.istitle() or is_country(word.text):
            continue
        code = _nearest(word.stem, knowledge.country_stems(language))
        if code is not None:
            for kind in ("country", MISSPELT):
                yield Mention(kind, code, at, at + 1, word.start, word.end)


def _places(words: Sequence[Word], odd: Sequence[int], cues: Sequence[Found[Cue]]) -> list[int]:
    """Return the words that are in no phrase and stand where a country is expected."""
    expected = [*_in_brackets(words, odd), *_listed(words, odd, cues)]
    taken = {at for cue in cues for at in range(cue.first, cue.last)} if expected else set()
    return [at for at in expected if at not in taken]


def _in_brackets(words: Sequence[Word], odd: Sequence[int]) -> Iterator[int]:
    for at in [at - 1 for at in odd if words[at].text == ")"]:
        if at > 1 and words[at - 1].text == "(" and words[at - 2].kind is Kind.WORD:
            yield at


def _listed(words: Sequence[Word], odd: Sequence[int], cues: Sequence[Found[Cue]]) -> Iterator[int]:
    countries = [cue for cue in cues if cue.value.kind == "country"]
    if len(countries) < _LISTED:
        return
    joins = {cue.first for cue in cues if cue.value.kind == "and"}
    joins |= {at for at in odd if words[at].text == ","}
    begins, ends = {cue.first for cue in countries}, {cue.last for cue in countries}
    for cue in countries:
        at = cue.last + 1
        if at >= len(words) or cue.last not in joins:
            continue
        followed = at + 1 in joins and at + 2 in begins
        preceded = cue.first - 1 in joins and cue.first - 1 in ends
        closed = at + 1 == len(words) or words[at + 1].kind is Kind.MARK
        if followed or (preceded and closed):
            yield at


@lru_cache(maxsize=10_000)
def _nearest(stem: str, names: tuple[tuple[str, str], ...]) -> str | None:
    """Return the one country that a stem is one inner edit away from the name of."""
    codes = {code for name, code in names if _one_edit(stem, name)}
    return codes.pop() if len(codes) == 1 else None


def _one_edit(one: str, other: str) -> bool:
    """Return whether a letter more, less or other, or two swapped, inside, is all that differs."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST - 1:
        return False
    if one == other or one[0] != other[0] or one[-1] != other[-1]:
        return False
    first = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    left, right = one[first:], other[first:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
