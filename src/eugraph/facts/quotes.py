"""Quotes: where in a text the words stand that somebody says it has.

A quote is found if it is there word for word. Only what copying changes is let
pass: case, white space, the shapes of quotation marks and dashes, compatibility
forms (Unicode Standard Annex 15) and invisible marks. Near misses are none:
fuzzy alignment was measured and grounds invented quotes on a single article.
"""

from __future__ import annotations

import unicodedata

_MARKS = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„‟«»‹›‘’‚‛'`´", '"')
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Return the first place of `quote` in `text`, half-open, or None if it is not there.

    It begins and ends between words: `7 partners` is not in `17 partners`.
    """
    wanted, _ = _folded(quote)
    folded, places = _folded(text)
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        start, end = places[at], places[at + len(wanted) - 1] + 1
        whole = (at == 0 or places[at - 1] < start) and _is_end(places, at + len(wanted))
        if whole and _is_between(text, start) and _is_between(text, end):
            return start, end
        at = folded.find(wanted, at + 1)
    return None


def same_words(one: str, other: str) -> bool:
    """Return whether two texts are the same but for what copying changes."""
    return _folded(one)[0] == _folded(other)[0]


def has_words(text: str, words: str) -> bool:
    """Return whether `text` contains `words`, wherever they begin and end; no words are in none."""
    wanted, _ = _folded(words)
    return bool(wanted) and wanted in _folded(text)[0]


def _folded(text: str) -> tuple[str, list[int]]:
    """Return `text` as quotes are compared, and for each of its letters its place in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for piece in _pieces(letter):
            letters.append(piece)
            places.append(place)
    return "".join(letters), places


def _pieces(letter: str) -> str:
    if letter in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKD", _MARKS.get(letter, letter)).casefold()
    pieces = unicodedata.normalize("NFKD", plain)
    return "".join(_MARKS.get(piece, piece) for piece in pieces if not piece.isspace())


def _is_end(places: list[int], after: int) -> bool:
    """Return whether the letter before `after` ends there: `ﬁ` is one letter of the text."""
    return after == len(places) or places[after] > places[after - 1]


def _is_between(text: str, at: int) -> bool:
    """Return whether `at` is between two words of `text`, and no accent follows."""
    if at in {0, len(text)}:
        return True
    joined = text[at].isalnum() or unicodedata.combining(text[at]) != 0
    return not (joined and (text[at - 1].isalnum() or unicodedata.combining(text[at - 1]) != 0))
