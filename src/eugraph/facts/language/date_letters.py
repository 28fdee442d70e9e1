"""Letters: the class of each word that a date may be made of, the alphabet of the dates' grammar.

`d` is a bare number that may be a day, `D` one with the mark of an ordinal, `M` a
month, `m` one in a form that says when, `Y` a year, `W` the word for year, `T`, `N`
and `L` this, next and last year, `R` a range word or dash, `F` a word before a
range, `I` a preposition before a month that stands alone, `A` a word that joins two
days, `K` a weekday, `O` a word to skip, `X` a full numeric date, `Z` month/year, `P`
day.month, `S` a season or quarter, `o` and `,` a full stop and a comma, `x` anything
else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from eugraph.facts.language.lexicon import Cue, Lexicon
from eugraph.facts.language.phrases import Found
from eugraph.facts.language.words import Kind, Word, fold

EARLIEST, LATEST = 1900, 2100
"""Four digits outside these years are no year."""

_LETTER_OF_KIND = {"month": "M", "weekday": "K", "and": "A", "in": "I"}
_LETTERS = {
    "from": "F", "until": "R", "year": "W", "skip": "O",
    "this-year": "T", "next-year": "N", "last-year": "L",
}  # fmt: skip
KINDS_WITH_LETTERS = frozenset({*_LETTER_OF_KIND, "date", "in-month"})
"""The kinds of cues that letters are for."""

_ORDINAL = regex.compile(r"(\d{1,2})(\p{L}+|[ºª°])")


def letters_of(
    words: Sequence[Word],
    odd: Sequence[int],
    cues: Sequence[Found[Cue]],
    lexicon: Lexicon,
    seasons: Mapping[int, tuple[int, int]],
) -> str:
    """Return a letter for each of `words`; those of one phrase share its first letter's place.

    `odd` are the places of `odd_words`, `cues` the phrases of the lexicon's table found in them,
    `seasons` the ends and numbers of seasons and quarters by their first words.
    """
    letters = ["x"] * len(words)
    for at in odd:
        letters[at] = _plain_letter(words, at, lexicon)
    for found in cues:
        kind, value = found.value.kind, found.value.value
        letter = _LETTER_OF_KIND.get(kind)
        if kind == "date":
            letter = _LETTERS.get(value)
        elif kind == "month" and not _month_like(words[found.first], lexicon):
            letter = None
        if letter is not None and letters[found.first] in "xOAFI":
            letters[found.first] = letter
            for at in range(found.first + 1, found.last):
                letters[at] = "O"
    for found in cues:
        if found.value.kind == "in-month" and letters[found.first] == "M":
            letters[found.first] = "m"
    for first, (last, _) in seasons.items():
        letters[first:last] = ["S", *["O"] * (last - first - 1)]
    return "".join(letters)


def _month_like(word: Word, lexicon: Lexicon) -> bool:
    """Return whether a word may be a month: English and German write months with a capital."""
    return word.capital or lexicon.language not in {"en", "de"} or word.text.isupper()


def _plain_letter(words: Sequence[Word], at: int, lexicon: Lexicon) -> str:
    """Return the letter of a number or a mark; a word has none by itself."""
    word = words[at]
    if word.kind is Kind.WORD:
        return "x"
    if word.kind is Kind.DATE:
        return _numeric_letter(word.text)
    if word.kind is Kind.NUMBER:
        return _number_letter(word, lexicon)
    if word.text == "." and at and words[at - 1].end == word.start:
        return "O" if words[at - 1].folded in lexicon.abbreviations else "o"
    return {"-": "R", ",": ","}.get(word.stem, "x")


def _numeric_letter(text: str) -> str:
    """Return the letter of a numeric date: with or without its year, with or without its day."""
    if text[-4:].isdigit():
        return "Z" if len(text) < len("1.1.2018") else "X"
    return "X" if "-" in text or text[:4].isdigit() else "P"


def _number_letter(word: Word, lexicon: Lexicon) -> str:
    if word.text.isdigit():
        if len(word.text) == 4 and EARLIEST <= int(word.text) <= LATEST:  # noqa: PLR2004
            return "Y"
        return "d" if len(word.text) <= 2 and 1 <= int(word.text) <= 31 else "x"  # noqa: PLR2004
    match = _ORDINAL.fullmatch(word.text)
    if match and fold(match[2]) in lexicon.ordinal_marks and 1 <= int(match[1]) <= 31:  # noqa: PLR2004
        return "D"
    return "x"
