"""Which language a text is in, among those of the European Union and its neighbours.

The identifier is py3langid. It chooses among all languages of
`data/languages.toml`, never only among those with a lexicon: asked to choose
between Latvian and English, it calls Lithuanian one of the two. What misleads
it is masked first: quoted titles, names of files and pages, numbers, dates.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Protocol, TypedDict, cast

import regex

from eugraph.shipped import shipped

UNDETERMINED = "und"
"""The code of text in no language that is told apart here (ISO 639-2)."""

ENOUGH_LETTERS = 12
"""Shorter text says nothing of its language: its neighbours do."""

# More of a long line would not change the answer.
_SAMPLE = 4000
_LEAST_LIKELIHOOD = 1e-6

# So many texts need some ten megabytes while they are told.
_AT_ONCE = 32

# Every repetition is bounded, so that a line of a million letters takes linear time.
_MISLEADING = regex.compile(
    r"""
      [„“”"«»]  [^„“”"«»\n]{1,120}  [„“”"«»]          # a title; longer quotations are speech
    | \[ [^\[\]\n]{1,60} \]                             # what a converter or an editor left
    | [\p{N}_/\\]+
    """,
    regex.VERBOSE,
)
_ADDRESS = regex.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}")

# Latin, Greek and Cyrillic stand below and between these.
_OTHER_SCRIPT = regex.compile(r"[^\x00-\u052f\u1e00-\u2bff]")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters beyond ASCII that a language writes, in lower case.

    `loans` are those that it writes in foreign names only.
    """

    letters: frozenset[str]
    loans: frozenset[str]


class _Identifier(Protocol):
    def logarithms(self, texts: Sequence[str], least: float) -> Sequence[Mapping[str, float]]: ...


class _Entry(TypedDict):
    letters: str
    loans: str


class _LanguageData(TypedDict):
    languages: dict[str, _Entry]
    code_pages: dict[str, list[str]]


@cache
def _language_data() -> _LanguageData:
    text = shipped("data/languages.toml").read_text(encoding="utf-8")
    return cast("_LanguageData", tomllib.loads(text))


@cache
def alphabets() -> Mapping[str, Alphabet]:
    """Return the alphabets of all languages told apart, by ISO 639-1 code."""
    return {
        code: Alphabet(frozenset(entry["letters"]), frozenset(entry["loans"]))
        for code, entry in _language_data()["languages"].items()
    }


@cache
def code_pages() -> Mapping[str, frozenset[str]]:
    """Return the code pages a release may be written in, with the languages each was made for."""
    pages = _language_data()["code_pages"]
    return {page: frozenset(languages) for page, languages in pages.items()}


@cache
def _identifier() -> _Identifier:
    # Imported here: numpy and the model take half a second, and only reading a text needs them.
    from eugraph.releases.identifier import load_identifier

    return load_identifier(list(alphabets()))


def distinctive_words(text: str) -> str:
    """Return the beginning of `text` without what says nothing of its language.

    Where hardly anything would be left, all of the beginning is returned.
    """
    sample = text[:_SAMPLE]
    rest = (
        _ADDRESS.sub(" ", sample) if "@" in sample or "w." in sample or "//" in sample else sample
    )
    rest = _MISLEADING.sub(" ", rest)
    return rest if has_letters(rest) else sample


def letters(text: str) -> int:
    """Return the number of letters in `text`."""
    return sum(map(str.isalpha, text))


def has_letters(text: str) -> bool:
    """Tell whether `text` has letters enough to tell its language; reads no more than it must."""
    return len(tuple(islice(filter(str.isalpha, text), ENOUGH_LETTERS))) == ENOUGH_LETTERS


def likelihoods(texts: Sequence[str]) -> list[Mapping[str, float]]:
    """Return the logarithm of each language's probability, for `distinctive_words` of each text.

    The likeliest language comes first. For words too few to tell there is none. Words that are
    mostly of a script unknown here are `UNDETERMINED`.
    """
    found: list[Mapping[str, float]] = [{} for _ in texts]
    known: list[int] = []
    for at, words in enumerate(texts):
        if not has_letters(words):
            continue
        if _of_other_script(words):
            found[at] = {UNDETERMINED: 0.0}
        else:
            known.append(at)
    for first in range(0, len(known), _AT_ONCE):
        places = known[first : first + _AT_ONCE]
        # The model has seen plain spaces: between no-break ones, Swedish and English are one to it.
        plain = [" ".join(texts[at].split()) for at in places]
        logarithms = _identifier().logarithms(plain, _LEAST_LIKELIHOOD)
        for at, weights in zip(places, logarithms, strict=True):
            found[at] = weights
    return found


def _of_other_script(words: str) -> bool:
    others = "".join(_OTHER_SCRIPT.findall(words))
    return bool(others) and 2 * letters(others) > letters(words)
