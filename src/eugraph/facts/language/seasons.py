"""Seasons and quarters as parts of a year: “spring 2024”, “Q3 2025”, “the second quarter of 2024”.

Their numbers are those of EDTF (ISO 8601-2:2019, 4.8): 21 to 24 for the seasons
from spring on, 33 to 36 for the quarters. A lexicon lists the words; which
quarter is meant stands right before its noun, as an ordinal, in digits or in
Roman numerals, or behind the letter Q.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from eugraph.facts.language.lexicon import Cue
from eugraph.facts.language.phrases import Found
from eugraph.facts.language.words import Kind, Word

SEASONS: Mapping[str, int] = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_BEFORE_FIRST_QUARTER = 32
_QUARTERS = 4
_ROMAN: Mapping[str, int] = {"I": 1, "II": 2, "III": 3, "IV": 4}
_SHORT = {text: n for n in range(1, 1 + _QUARTERS) for text in (f"Q{n}", f"{n}Q")}
_COUNTING = frozenset({"ordinal", "number"})
KINDS_OF_SEASONS = _COUNTING | {"season"}
"""The kinds of cues that a season or quarter may be made of."""


def find_seasons(
    words: Sequence[Word], odd: Sequence[int], cues: Sequence[Found[Cue]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the seasons and quarters among `words`: first word, end (half-open), number in EDTF.

    `odd` are the places of `odd_words`.
    """
    seasons = [found for found in cues if found.value.kind == "season"]
    ordinals = {c.last: c for c in cues if c.value.kind in _COUNTING} if seasons else {}
    for found in seasons:
        number = SEASONS.get(found.value.value)
        if number is not None:
            yield found.first, found.last, number
        elif (counted := _counted(words, ordinals, found.first)) is not None:
            first, quarter = counted
            yield first, found.last, _BEFORE_FIRST_QUARTER + quarter
    for at in odd:
        if short := _SHORT.get(words[at].text):
            yield at, at + 1, _BEFORE_FIRST_QUARTER + short


def _counted(
    words: Sequence[Word], ordinals: Mapping[int, Found[Cue]], at: int
) -> tuple[int, int] | None:
    """Return where the number before the noun for a quarter begins, and the number."""
    spelt = ordinals.get(at)
    if spelt is not None and spelt.value.value.isdigit():
        return _in_year(spelt.first, int(spelt.value.value))
    if at and words[at - 1].text == ".":
        at -= 1
    if not at:
        return None
    word = words[at - 1]
    if word.text in _ROMAN:
        return at - 1, _ROMAN[word.text]
    digits = regex.match(r"\d+", word.text) if word.kind is Kind.NUMBER else None
    return _in_year(at - 1, int(digits[0])) if digits else None


def _in_year(first: int, quarter: int) -> tuple[int, int] | None:
    return (first, quarter) if 1 <= quarter <= _QUARTERS else None
