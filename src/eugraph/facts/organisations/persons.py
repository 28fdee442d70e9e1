"""Persons: names in capitals that are somebody's, where an organisation's name may stand.

A project's coordinator is as often called by name as the body that coordinates,
and lists of who came together have both. Two to four capitalised words of which
the first is a given name are a person, unless a word among them is a body's.
"""

from __future__ import annotations

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.marked import Marked

_LENGTHS = range(2, 5)
_OF_BODIES = (
    "head",
    "legal-form",
    "organisation",
    "member",
    "quoted",
    "scheme",
    "short",
    "country-adjective",
)


def is_person(marked: Marked, first: int, last: int) -> bool:
    """Return whether the words `first:last` are the name of a person."""
    words = [word for word in marked.words[first:last] if word.text != "."]
    named = len(words) in _LENGTHS and all(w.kind is Kind.WORD and w.capital for w in words)
    if not named or marked.within(first, last, *_OF_BODIES):
        return False
    return words[0].folded in marked.lexicon.given_names
