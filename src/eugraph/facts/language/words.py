"""Words: a passage cut into words, numbers and marks, each with the keys that cues match by.

A word has two keys. Its *stem* is the folded form (case and diacritics gone)
without the longest ending that the language's lexicon lists, so all inflected
forms of a cue share it; because text and cues are stemmed by the same function,
a wrong stem does no harm as long as it is wrong on both sides. Its *form* is
the folded form itself, marked `=`: tense and the like must match by form, since
`notika` (took place) and `notiks` (will take place) share every lemma.

Dictionary lemmatisers were measured and left out: for Polish, Estonian and
Finnish alone their word lists take over 1 GB of memory and 7 s to load, and
they give unknown names, the words that matter here, back unchanged.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import ClassVar, TypeVar, final

import regex
from msgspec import Struct

V = TypeVar("V")

AS_WRITTEN = "!"
"""Marks a key that matches a word only as it is written."""

_SHORTEST_STEM = 3
_MOST_WORDS = 50_000
_LONGEST_REMEMBERED = 64
_UNMARKED = str.maketrans(
    {"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_SOFT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = {ord(mark): None for mark in _SOFT}

BOOKMARK = r"\[bookmark:[^\[\]\n]*\]"
"""What word processors leave of a bookmark in a text that is copied, as a pattern."""

_WORD = regex.compile(
    rf"""
      (?P<word>   \p{{L}}[\p{{L}}\p{{M}}]*+ (?=[\s,;)!?]|\Z) )          # most words, seen at once
    | (?P<litter> {BOOKMARK}
                | (?<=\p{{Lu}}[\p{{Lu}}\p{{N}}]) [-‐‑] (?=\p{{L}}\p{{Ll}}{{3}}) )    # TIDE-project
    | (?P<link>   (?:https?://|www\.)\S+ | [\w.+-]{{1,64}}@[\w-]{{1,255}}\.\S+ )
    | (?P<date>   \d{{4}}-\d{{2}}-\d{{2}}(?!\d)                     # 2019-05-03
                | (?<![\d.]) (?:19|20)\d{{2}} (?:\.[ \u00a0]?|/)
                  \d{{1,2}} (?:\.[ \u00a0]?|/) \d{{1,2}} (?![\d])  # 2019. 05. 03.
                | (?<![\d.]) \d{{1,2}}
                  (?:\.[ \u00a0]?\d{{1,2}}\.[ \u00a0]? | /\d{{1,2}}/) (?:19|20)\d{{2}} (?!\d)
                | (?<![\w.-]) \d{{1,2}}-\d{{1,2}}-(?:19|20)\d{{2}} (?![\w-])    # 3-5-2019
                | (?<!\d[./]) \d{{1,2}} [/.] (?:19|20)\d{{2}} (?![\d/])    # 07/2020
                | (?<![\d.]) \d{{1,2}} \. [ \u00a0]? \d{{1,2}} \. (?=\s*[-‐‑–—])   # 2.11. – …
                | (?<![\d.]) \d{{1,2}} \. \d{{1,2}} \.                    # 2.11. bis 8.11.
                  (?= \s\p{{Ll}}{{1,8}}\s \d{{1,2}}\.\d{{1,2}}\. (?!\d) )
                | (?<= (?<![\d.])\d{{1,2}}\.[ \u00a0]?\d{{1,2}}\.
                       (?: \s?[-‐‑–—]\s? | \s\p{{Ll}}{{1,8}}\s ) )
                  \d{{1,2}} \. [ \u00a0]? \d{{1,2}} \. (?!\d) )
    | (?P<number> \d{{1,3}} (?:[ \u00a0\u202f'’]\d{{3}})+ (?!\d) (?:[.,]\d+)?   # 118 500,00
                | \d+ (?: [.,]\d+ )*
                  (?: [ºª°] | \p{{L}}{{1,3}} (?![\p{{L}}\p{{N}}]) )? )
    | (?P<word>   (?: \p{{L}}\.){{2,}}                              # S.A.F.E., d.o.o.
                | (?<![\p{{L}}.]) (?: \p{{Lu}}{{1,4}}\.){{2,}} (?!\p{{L}})     # SA.FE.
                | \p{{Lu}}[\p{{Lu}}\p{{N}}]+                             # TIDE-project
                  (?= [-‐‑]\p{{L}}\p{{Ll}}{{3,}} (?![\p{{L}}\p{{N}}-]) )
                | \p{{L}}{{1,5}} ['’] (?=\p{{L}}{{2}}|\p{{N}}|\Z)           # l'Italie, dall'8
                | [\p{{L}}\p{{N}}] [\p{{L}}\p{{M}}\p{{N}}{_SOFT}]*
                  (?: [-‐‑'’&/+] (?=[\p{{L}}\p{{N}}]) [\p{{L}}\p{{M}}\p{{N}}{_SOFT}]+
                    | \. (?=\p{{Ll}}) [\p{{Ll}}]+ )* \+? )
    | (?P<sign>  ,,(?=\S) | '' | ’’ | `` | << | >> | \S )           # ,,X'' for „X“
    """,
    regex.VERBOSE,
)


@final
class Kind:
    """What a piece of text is: a word, a number, a numeric date, or a mark.

    No enumeration, though it is one: to name a member of an `Enum` takes Python 3.11 as long
    as to make a small object, and rules ask for kinds some thousand times in a release.
    """

    WORD: ClassVar[Kind]
    NUMBER: ClassVar[Kind]
    DATE: ClassVar[Kind]
    MARK: ClassVar[Kind]

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Kind.{self.name}"


Kind.WORD, Kind.NUMBER, Kind.DATE, Kind.MARK = map(Kind, ("WORD", "NUMBER", "DATE", "MARK"))


class Word(Struct, frozen=True, gc=False):
    """A word, number or mark of a passage.

    Its keys (in phrases: by stem, by form, as written), whether it begins with a capital,
    how many capitals it has, its text as `fold` gives it, and whether it is `plain`, as most
    words are: of letters only, with one capital at most. Then its place: offsets are half-open
    and count within the passage.
    """

    text: str
    kind: Kind
    stem: str
    form: str
    keys: tuple[str, str, str]
    capital: bool
    capitals: int
    folded: str
    plain: bool
    start: int
    end: int


Shape = partial[Word]
"""What all occurrences of a word, number or mark in a language have in common: all but the place.

Called with a place it is the `Word` there.
"""

Piece = tuple[int, int, Shape]
"""A word, number or mark at a place, half-open."""


def fold(text: str) -> str:
    """Return `text` without case, diacritics and invisible marks: what words are compared by."""
    return _folded_once(text) if len(text) <= _LONGEST_REMEMBERED else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_INVISIBLE).casefold())
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_UNMARKED)
    return plain.replace("’", "'")


_folded_once = lru_cache(maxsize=_MOST_WORDS)(_folded)


@dataclass(frozen=True, slots=True)
class Stemmer:
    """Takes the endings of one language off its words; remembers what it has seen.

    The memories hold the words of a language, alone and with the marks that
    touch them, so each is cleared when it has outgrown what a language has
    (hostile input), and results never depend on them.
    """

    endings: frozenset[str]
    longest: int
    seen: dict[str, Shape] = field(default_factory=dict, compare=False, repr=False)
    cut: dict[str, tuple[Piece, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The words of what stands between two spaces, their places counted within it."""

    @classmethod
    def of(cls, endings: Iterable[str]) -> Stemmer:
        """Return the stemmer for these endings, folded as words are."""
        folded = frozenset(fold(ending) for ending in endings) - {""}
        return cls(folded, max(map(len, folded), default=0))

    def keys(self, word: str) -> tuple[str, str]:
        """Return the stem and the marked form of `word`."""
        known = self.shape(word)(0, len(word))
        return known.stem, known.form

    def shape(self, word: str) -> Shape:
        """Return what all occurrences of `word` have in common."""
        known = self.seen.get(word)
        if known is None:
            folded = fold(word)
            known = _shape(word, Kind.WORD, self._stem(folded), folded)
            remember(self.seen, word, known)
        return known

    def _stem(self, folded: str) -> str:
        most = min(self.longest, len(folded) - _SHORTEST_STEM)
        for length in range(most, 0, -1):
            if folded[-length:] in self.endings:
                return folded[:-length]
        return folded


def _shape(text: str, kind: Kind, stem: str, folded: str) -> Shape:
    form = "=" + (folded if kind is Kind.WORD else stem)
    keys = stem, form, AS_WRITTEN + text
    capital, capitals = text[:1].isupper(), sum(map(str.isupper, text))
    plain = text.isalpha() and capitals < 2  # noqa: PLR2004
    return partial(Word, text, kind, stem, form, keys, capital, capitals, folded, plain)


def remember(memory: dict[str, V], word: str, value: V) -> None:
    """Keep what is known of a word, in a memory that hostile text cannot make grow for ever.

    Very long words are not kept, and a memory that has outgrown a language starts anew.
    """
    if len(memory) >= _MOST_WORDS:
        memory.clear()
    if len(word) <= _LONGEST_REMEMBERED:
        memory[word] = value


_PLAIN_MARKS = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„‟«»", '"') | {"’": "'", "‘": "'"}

_KINDS: Mapping[str, Kind] = {
    "date": Kind.DATE,
    "number": Kind.NUMBER,
    "sign": Kind.MARK,
    "link": Kind.MARK,
}


@lru_cache(maxsize=2_000)
def _shape_of_sign(text: str, kind: Kind) -> Shape:
    """Return what all occurrences of a number or mark have in common, in any language."""
    stem = _PLAIN_MARKS.get(text, text)
    return _shape(text, kind, stem, fold(text))


_NEEDS_CONTEXT = regex.compile(r"[\d\[]|['’]\Z")
"""Marks what is cut otherwise alone than in its text: numbers and litter may hold spaces."""


def split_words(text: str, stemmer: Stemmer) -> tuple[Word, ...]:
    """Return the words, numbers and marks of `text` in order; white space is in none of them.

    Most of what stands between two spaces has been met before, and is cut by memory.
    """
    words: list[Word] = []
    known = stemmer.cut
    begin = reached = 0
    for chunk in text.split(" "):
        if begin >= reached:
            pieces = known.get(chunk)
            if pieces is None:
                if _NEEDS_CONTEXT.search(chunk):
                    pieces, reached = _cut(text, begin, begin + len(chunk), stemmer)
                else:
                    pieces, _ = _cut(chunk, 0, len(chunk), stemmer)
                    remember(known, chunk, pieces)
            for first, last, shape in pieces:
                words.append(shape(begin + first, begin + last))
        begin += len(chunk) + 1
    return tuple(words)


def _cut(text: str, begin: int, stop: int, stemmer: Stemmer) -> tuple[tuple[Piece, ...], int]:
    """Return the pieces of `text` that begin in `begin:stop`, places counted from `begin`.

    Besides, where a space follows the last of them; a number may go beyond `stop`.
    """
    pieces: list[Piece] = []
    for match in _WORD.finditer(text, begin):
        first, last = match.span()
        if first >= stop:
            break
        if last > stop:
            stop = text.find(" ", last)
            stop = stop if stop >= 0 else len(text)
        piece, group = match[0], match.lastgroup
        if group == "word":
            pieces.append((first - begin, last - begin, stemmer.shape(piece)))
        elif group != "litter":
            shape = _shape_of_sign(piece, _KINDS[group or "sign"])
            pieces.append((first - begin, last - begin, shape))
        if last >= stop:
            break
    return tuple(pieces), stop


def odd_words(words: Sequence[Word]) -> list[int]:
    """Return where the numbers, marks, and words that are not plain stand: one of six."""
    return [at for at, word in enumerate(words) if not word.plain]


SHORTEST_NAME = 3
"""Fewer words than these are too few to tell a name by comparing words."""


def stems(text: str, stemmer: Stemmer) -> tuple[str, ...]:
    """Return the stems of the words of `text`, numbers and marks left out."""
    return tuple(word.stem for word in split_words(text, stemmer) if word.kind is Kind.WORD)
