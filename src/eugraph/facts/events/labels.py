"""Labels: lines of the form `Date: …` or `Place: …` below the heading of an event."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from eugraph.facts.mentions.document import Document

_LONGEST = 16


class Label(Struct, frozen=True):
    """A labelled line: the kind of label, its words `first:value`, its value from `value` on."""

    passage: int
    kind: str
    first: int
    value: int


def label_lines(document: Document) -> Iterator[Label]:
    """Yield the lines that begin with a label for a date or a place and a colon."""
    for marked in document.passages:
        words = marked.words
        if not words or len(words) > _LONGEST:
            continue
        for cue in marked.of("date-label", "place-label"):
            if cue.first <= 1 and cue.last < len(words) and words[cue.last].text == ":":
                yield Label(marked.number, cue.kind, cue.first, cue.last + 1)
                break
