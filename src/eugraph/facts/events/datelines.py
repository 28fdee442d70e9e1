"""Datelines: the day on which a release was written, where its text gives it.

`Delft, 24 January 2025 – …` opens a text, `Published: 4 March 2022` labels the
day, and a date alone in one of the last lines signs it. It is the day of no
event, and tells in which year an undated one is.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.facts.language.dates import DateMention
from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked
from eugraph.releases.release import Layout

_PLACE_OF_WRITING = 5
_DATELINE_ENDS = frozenset("-:|/).")
_LONGEST_LABELLED = 14
_LAST_LINES = 3


def day_of_issue(document: Document) -> tuple[Marked, DateMention] | None:
    """Return the day on which a release says that it was written, and the passage that says so."""
    return next(_days(document), None)


def _days(document: Document) -> Iterator[tuple[Marked, DateMention]]:
    for marked in document.passages:
        for mention in marked.dates[:1]:
            if _is_labelled(marked, mention) or in_dateline(document, marked, mention):
                yield marked, mention
    for marked in document.passages[-_LAST_LINES:]:
        for mention in marked.dates[:1]:
            alone = mention.first_word == 0 and mention.last_word >= len(marked.words) - 1
            if alone and _is_day(mention) and marked.number > 0:
                yield marked, mention


def _is_day(mention: DateMention) -> bool:
    return mention.finish is None and mention.begin.day is not None and mention.dated


def _is_labelled(marked: Marked, mention: DateMention) -> bool:
    """Return whether a short line begins with a word for publishing, its date behind it."""
    short = len(marked.words) <= _LONGEST_LABELLED and len(marked.dates) == 1
    return short and _is_day(mention) and bool(marked.within(0, mention.first_word, "published"))


def in_dateline(document: Document, marked: Marked, mention: DateMention) -> bool:
    """Return whether a day opens the text of a version, with at most a place before it.

    A dash or the like ends the line, or it stands by itself.
    """
    if not _is_day(mention):
        return False
    before = marked.words[: mention.first_word]
    named = all(word.capital or word.kind is Kind.MARK for word in before)
    apart = not before or before[-1].kind is Kind.MARK
    apart = apart and marked.at(mention.first_word, "date") is None  # “On 24 January …”
    if len(before) > _PLACE_OF_WRITING or not (named and apart):
        return False
    if mention.last_word < len(marked.words):
        after = marked.words[mention.last_word]
        if before and marked.words[mention.last_word - 1].text == ".":
            return _opens(document, marked)  # “Stralsund, 14. März 2024. Der Landkreis …”
        if after.stem not in _DATELINE_ENDS and not after.text.startswith("–"):
            return False
    return _opens(document, marked)


def _opens(document: Document, marked: Marked) -> bool:
    """Return whether a passage is the first of its language that is no heading."""
    if marked.passage.layout is not Layout.PARAGRAPH:
        return False
    return not any(
        other.passage.layout is not Layout.HEADING
        and other.passage.language == marked.passage.language
        for other in document.passages[: marked.number]
    )
