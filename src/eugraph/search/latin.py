"""Texts in other scripts by Latin letters, so that one finds Πάτρα as Patra and back.

The letters are those of the `anyascii` table. Marks on Latin letters are the
tokenizer's affair; letters that it does not take apart (ł, ø, ß) are ours.
"""

from __future__ import annotations

from itertools import accumulate

from anyascii import anyascii

from eugraph.search.lists import sort_key


def latin(text: str) -> str:
    """Return `text` in letters of ASCII, empty if it is so already but for marks on letters."""
    bare = sort_key(text)
    other = any(letter.isalpha() and not letter.isascii() for letter in bare)
    return anyascii(text) if other else ""


def latin_places(text: str) -> list[int]:
    """Return where each letter of `text` begins in `anyascii` of it, and where the last ends."""
    return [0, *accumulate(len(anyascii(letter)) for letter in text)]
