"""The case for places: names of towns in the form that says where, and in the nominative.

A lexicon lists the endings (`[nominative]`), the longest of which that fits decides.
"""

from __future__ import annotations

from eugraph.facts.mentions.marked import Marked

SURE_ENDING = 3
"""An ending of so many letters in the case for places needs no country beside it: “Tampereella”."""


def nominative(marked: Marked, name: str) -> str:
    """Return `name`, in the case for places, in the nominative as the lexicon's endings allow."""
    for ending, replacement in marked.lexicon.nominative:
        if _inflected(name, ending):
            return name[: -len(ending)] + replacement
    return name


def _inflected(name: str, ending: str) -> bool:
    """Return whether a name has an ending behind three letters, or one so long that it is sure."""
    least = 1 if len(ending) > SURE_ENDING else 3
    return name.endswith(ending) and len(name) - len(ending) >= least


def in_case(marked: Marked, text: str) -> bool:
    """Return whether `text` has an ending of the case for places."""
    return bool(case_ending(marked, text))


def case_ending(marked: Marked, text: str) -> str:
    """Return the ending of the case for places that `text` has, or nothing."""
    return next(
        (ending for ending, _ in marked.lexicon.nominative if _inflected(text, ending)),
        "",
    )


def genitive_of(marked: Marked, text: str) -> str:
    """Return the name that `text` is the genitive of in a language that marks it by an “s”."""
    plain = "noun" in marked.lexicon.name_order and text.endswith("s")
    return text[:-1] if plain else ""
