"""Roughly the sentences of a text, to show words in: no reading depends on them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_ENDS: Final = re.compile(
    r".+?(?:(?<=\w\w\w)[.!?…][\"”»)]{0,4}(?=\s{1,8}\W{0,4}[^\W\d_])|$)", re.DOTALL
)
"""A sentence of one line; a mark after a short word ends an abbreviation, not a sentence."""

_LONGEST: Final = 1000
"""Characters of the longest piece that is taken as one."""

_AROUND: Final = 300
"""Characters shown before and after words whose sentence is longer."""


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of `text`, each with the character it starts at."""
    start = 0
    for line in text.splitlines(keepends=True):
        for match in _ENDS.finditer(line):
            piece = match.group()
            stripped = piece.strip()
            if stripped:
                first = start + match.start() + piece.index(stripped)
                for cut in range(0, len(stripped), _LONGEST):
                    yield first + cut, stripped[cut : cut + _LONGEST]
        start += len(line)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence or sentences begin and end that hold `text[start:end]`.

    Of a very long one only what is near is taken. A sentence never goes on
    after a line feed, so only the lines that hold the words are looked at.
    """
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", max(start, end - 1)) + 1 or len(text)
    ends = _ends(text[opening:closing])
    before, after = bisect_right(ends, start - opening), bisect_left(ends, end - opening)
    first = opening + (ends[before - 1] if before else 0)
    last = opening + ends[after] if after < len(ends) else closing
    return _after_word(text, first, start), _before_word(text, last, end)


@lru_cache(maxsize=64)
def _ends(text: str) -> tuple[int, ...]:
    """Return where sentences and lines of `text` end, in their order."""
    found, start = set(), 0
    for line in text.splitlines(keepends=True):
        found |= {start + match.end() for match in _ENDS.finditer(line)}
        start += len(line)
        found.add(start)
    return tuple(sorted(found))


def _after_word(text: str, first: int, start: int) -> int:
    """Return `first`, or where a word begins near enough to `start`."""
    if first >= start - _AROUND:
        return first
    space = text.find(" ", start - _AROUND, start)
    return space + 1 if space >= 0 else start - _AROUND


def _before_word(text: str, last: int, end: int) -> int:
    """Return `last`, or where a word ends near enough to `end`."""
    if last <= end + _AROUND:
        return last
    space = text.rfind(" ", end, end + _AROUND)
    return space if space >= 0 else end + _AROUND
