"""Roughly the sentences of a text, to show words in: no reading depends on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

    Of a very long one only what is near is taken.
    """
    first = max(text.rfind(mark, 0, start) for mark in "\n\r") + 1
    breaks = [at for mark in "\n\r" if (at := text.find(mark, end)) >= 0]
    last = min(breaks, default=len(text))
    lowest, highest = max(first, start - _LONGEST), min(last, end + _LONGEST)
    for match in _ENDS.finditer(text[lowest:highest]):
        if lowest + match.end() <= start:
            first = max(first, lowest + match.end())
        if lowest + match.end() >= end:
            last = min(last, lowest + match.end())
            break
    return _after_word(text, first, start), _before_word(text, last, end)


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
