"""Durations: for how long a sentence says the project runs: `36 months`, `two years`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from eugraph.facts.mentions.marked import Marked, Sentence

_MONTHS = range(3, 97)
_YEARS = range(1, 9)
_SAYING = ("runs", "term", "starts")
_OTHERS = ("event", "people", "person", "deadline", "past")


class Duration(Struct, frozen=True):
    """A number of months, with the words that say it."""

    months: int
    first: int
    last: int


def find_durations(marked: Marked, sentence: Sentence) -> Iterator[Duration]:
    """Yield how long `sentence` says that a project runs: a verb or a label for it stands there."""
    span = sentence.first, sentence.last
    if "number" not in sentence.kinds or not marked.within(*span, *_SAYING):
        return
    if marked.within(*span, *_OTHERS):
        return
    for number in marked.within(*span, "number"):
        count = int(number.value)
        for kind, possible, months in (("months", _MONTHS, 1), ("years", _YEARS, 12)):
            unit = marked.at(number.last, kind)
            if unit is not None and count in possible:
                yield Duration(count * months, number.first, unit.last)
