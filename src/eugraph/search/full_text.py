"""Full text in an index: names of things and of what lists are narrowed to, remarks, sentences.

Case, marks and scripts do not matter, and the last word may be the beginning
of one. What is found in another script than it was asked for in has to be
there as a whole word, unless nothing else is: who asks for Graz means no
word that only begins so by other letters.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

from eugraph.search.latin import latin, latin_places
from eugraph.search.lists import lists
from eugraph.search.look_up import Entry
from eugraph.search.opened import Row, rows_of

KINDS: Final = ("name", "text", "remark")
"""What is found in: what things are called, sentences of releases, remarks on discrepancies."""

VALUE: Final = "value"
"""What is said of a value that lists are narrowed to and that has no page of its own."""

_WORD: Final = re.compile(r"\w+")
_MOST_WORDS: Final = 12
_MARKS: Final = ("\x02", "\x03")


@dataclass(frozen=True, slots=True)
class Hit:
    """What full text found: a thing, and where the words are in its name or in its text.

    `pieces` is what was found in, cut at the words: every second piece is one
    of them. `start` is where the sentence begins in the release's text.
    """

    entry: Entry
    type: str
    kind: str
    pieces: tuple[str, ...]
    start: int | None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A value that lists are narrowed to, such as a country, and how much each list has then.

    `lists` holds names of lists with their facet and the number of entries.
    """

    iri: str
    name: str
    tag: str
    lists: tuple[tuple[str, str, int], ...]

    @property
    def facet(self) -> str:
        """What the value is to the first of its lists: a country, a topic."""
        return self.lists[0][1]


class FullText:
    """What the words of a text are found in, in the index at `path`; the best first."""

    def __init__(self, path: Path, text: str, *, language: str) -> None:
        """Look for `text`; what is found is called by its name in `language`."""
        self._path = path
        self._language = language
        self._wanted, self._found = "", {}
        for wide in (False, True):
            self._wanted = _match(text, wide=wide)
            self._found = _by_kind(self._asked()) if self._wanted else {}
            if self._found:
                break

    def total(self, kind: str) -> int:
        """Return how many things, or sentences, of `kind` the words are in."""
        return len(self._found.get(kind, ()))

    def hits(self, kind: str, *, first: int = 0, most: int = 25) -> tuple[Hit, ...]:
        """Return `most` of what was found in what is of `kind`, from number `first` on."""
        numbers = self._found.get(kind, [])[first : first + most]
        rows = rows_of(
            self._path,
            "SELECT w.rowid, w.iri, highlight(words, 0, ?, ?), highlight(words, 5, ?, ?), "
            "w.start, t.type, "
            "coalesce(n.name, w.text), coalesce(n.tag, w.language), t.begin, t.end, t.date "
            "FROM words AS w JOIN things AS t ON t.iri = w.iri "
            "LEFT JOIN names AS n ON n.iri = w.iri AND n.language = ? "
            "WHERE words MATCH ? AND w.rowid IN (SELECT value FROM json_each(?))",
            (*_MARKS, *_MARKS, self._language, self._wanted, json.dumps(numbers)),
        )
        hits = {
            number: Hit(
                Entry(iri, name, tag, begin, end, date),
                type_,
                kind,
                _pieces(marked, in_latin),
                start,
            )
            for number, iri, marked, in_latin, start, type_, name, tag, begin, end, date in rows
        }
        return tuple(hits[number] for number in numbers if number in hits)

    def narrowed(self, *, most: int = 5) -> tuple[Narrowed, ...]:
        """Return the values of that name that narrow lists, those with most entries first."""
        rows = rows_of(
            self._path,
            "SELECT s.iri, coalesce(n.name, s.text), coalesce(n.tag, s.language), "
            "f.type, f.facet, count(*) FROM said AS s JOIN facets AS f ON f.value = s.iri "
            "LEFT JOIN names AS n ON n.iri = s.iri AND n.language = ? "
            "WHERE s.number IN (SELECT value FROM json_each(?)) GROUP BY s.iri, f.type, f.facet",
            (self._language, json.dumps(self._found.get(VALUE, [])[:_MOST_VALUES])),
        )
        counts: dict[tuple[str, str, str], dict[tuple[str, str], int]] = {}
        for iri, name, tag, type_, facet, count in rows:
            counts.setdefault((iri, name, tag), {})[type_, facet] = count
        found = [Narrowed(*value, _shown(of_value)) for value, of_value in counts.items()]
        found = [each for each in found if each.lists]
        return tuple(sorted(found, key=lambda each: (-_entries(each), each.name))[:most])

    def _asked(self) -> list[Row]:
        return rows_of(
            self._path,
            "SELECT w.rowid, s.kind, s.iri, s.start FROM words AS w "
            "JOIN said AS s ON s.number = w.rowid WHERE words MATCH ? ORDER BY rank, s.iri",
            (self._wanted,),
        )


_MOST_VALUES: Final = 50


def _by_kind(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Return the numbers of what was found, each thing once by its best name."""
    found: dict[str, dict[tuple[str, int | None], int]] = {}
    for number, kind, iri, start in rows:
        found.setdefault(kind, {}).setdefault((iri, start), number)
    return {kind: [*numbers.values()] for kind, numbers in found.items()}


def _shown(counts: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    """Return the lists that offer a facet with this value, in the order of the menu."""
    return tuple(
        (listed.name, facet.name, counts[listed.type, facet.name])
        for listed in lists().values()
        for facet in listed.facets.values()
        if facet.shown and (listed.type, facet.name) in counts
    )


def _entries(value: Narrowed) -> int:
    return sum(count for _, _, count in value.lists)


def _match(text: str, *, wide: bool) -> str:
    """Return what FTS5 is asked for: every word, as it is or in Latin, the last as a beginning."""
    words = _WORD.findall(text)[:_MOST_WORDS]
    last = len(words) - 1
    asked = (
        "(" + " OR ".join(_forms(word, begun=place == last, wide=wide)) + ")"
        for place, word in enumerate(words)
    )
    return " AND ".join(asked)


def _forms(word: str, *, begun: bool, wide: bool) -> Iterator[str]:
    """Yield how a word is asked for: as it stands, and by the letters of the other script."""
    own, other = "*" if begun else "", "*" if begun and wide else ""
    yield f'text : "{word}"{own}'
    yield f'latin : "{word}"{other}'
    if plain := " ".join(_WORD.findall(latin(word))):
        yield f'"{plain}"{other}'


def _pieces(marked: str, in_latin: str) -> tuple[str, ...]:
    """Return a text cut at the words that were found in it, as they are or in Latin letters."""
    pieces = re.split("[\x02\x03]", marked)
    if _MARKS[0] not in in_latin:
        return tuple(pieces)
    text, found = "".join(pieces), [False] * sum(map(len, pieces))
    for start, end in _marked(pieces):
        found[start:end] = [True] * (end - start)
    places = latin_places(text)
    for start, end in _marked(re.split("[\x02\x03]", in_latin)):
        first, last = bisect_right(places, start) - 1, bisect_left(places, end)
        found[first:last] = [True] * (last - first)
    cut = [0, *(at for at in range(1, len(text)) if found[at] != found[at - 1]), len(text)]
    cut_out = tuple(text[start:end] for start, end in pairwise(cut))
    return ("", *cut_out) if found[0] else cut_out


def _marked(pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where every second piece begins and ends in all of them."""
    ends = list(accumulate(map(len, pieces)))
    yield from zip(ends[:-1:2], ends[1::2], strict=False)
