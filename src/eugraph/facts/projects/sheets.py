"""Fact sheets: a project told in labelled lines, `Title: …`, `Acronym: …`, `Duration: …`.

A label opens its line, or the cell before a tab, a bar or a wide gap. A sheet
that labels no name has it above its labels: the headline is the title, and a
short form alone in a line is the acronym.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.projects.names import Part, quoted_title
from eugraph.facts.projects.namings import Naming
from eugraph.facts.projects.unquoted import LONGEST_TITLE
from eugraph.releases.release import Layout

FACT_SHEET = "label-of-fact-sheet"

_LABELS = (
    "lead", "coordinated-by", "partner", "term", "starts", "ends", "programme", "funds",
    "objective", "participants",
)  # fmt: skip
_SHEET_LABELS = frozenset({"lead", "coordinated-by", "term", "starts", "ends"})
"""Labels that only the sheet of a project has; lines about money or aims are anybody's."""

_LEAST = 2
_BULLET = 1
_TITLE_WORDS = range(3, LONGEST_TITLE + 1)
_PROSE_CUES = ("held", "planned", "project", "network", "event", "deadline")


def labelled_names(marked: Marked) -> Iterator[Naming]:
    """Read a line of a fact sheet that gives a name: `Project title: …`, `Acronym: …`."""
    words = marked.words
    for cue in marked.within(0, 2, "title", "acronym"):
        at = _after_label(marked, cue)
        if cue.first > 0 or at is None or at >= len(words):
            continue
        last = len(words) - (words[-1].text in {".", "|"})
        quote = marked.at(at, "quoted")
        if cue.kind == "acronym" and last - at <= 2:  # noqa: PLR2004 (two words at most)
            part = Part(marked.text(at, last), at, last, "acronym-after-label")
            yield Naming(marked.number, cue.first, last, part, (), FACT_SHEET)
        elif cue.kind == "title" and last - at <= LONGEST_TITLE:
            title = Part(marked.text(at, last), at, last, "title-after-label")
            title = quoted_title(marked, quote) if quote is not None else title
            yield Naming(marked.number, cue.first, last, None, (title,), FACT_SHEET)


def _after_label(marked: Marked, cue: Mention) -> int | None:
    """Return where the value of a label begins, None if it labels nothing."""
    words, at = marked.words, cue.last
    if at >= len(words):
        return at
    if words[at].text in {":", "|"}:
        return at + 1
    return at if marked.divided(at) and words[at].text not in {",", "-", "–"} else None


def find_sheet(document: Document) -> list[Naming]:
    """Read the headline above labelled lines that give no name, and the acronym among them.

    At least two lines are labelled, one of them as only those of a project are.
    """
    lines = [marked for marked in document.passages if label_of(marked) is not None]
    kinds = {label.kind for marked in lines if (label := label_of(marked)) is not None}
    if len(lines) < _LEAST or _SHEET_LABELS.isdisjoint(kinds) or len(kinds) < _LEAST:
        return []
    above = document.passages[: lines[0].number]
    title = next((m for m in above if _is_title(m)), None)
    if title is None:
        return []
    last = len(title.words)
    parts = (Part(title.text(0, last), 0, last, "headline-of-fact-sheet"),)
    found = [Naming(title.number, 0, last, None, parts, FACT_SHEET)]
    return [*found, *_alone(document.passages[: lines[-1].number])]


def label_of(marked: Marked) -> Mention | None:
    """Return the label that a line begins with, if it does."""
    for cue in marked.within(0, _BULLET + 3, *_LABELS):
        opens = cue.first == 0 or (cue.first == _BULLET and not marked.words[0].text.isalnum())
        if opens and _after_label(marked, cue) is not None:
            return cue
    return None


def _is_title(marked: Marked) -> bool:
    """Return whether a line can be the title of a project: a phrase that tells nothing."""
    line = marked.heading or marked.passage.layout is Layout.ITEM
    plain = len(marked.words) in _TITLE_WORDS and marked.words[-1].text not in {".", ":", "?"}
    return line and plain and not marked.dates and not marked.of(*_PROSE_CUES)


def _alone(passages: Sequence[Marked]) -> Iterator[Naming]:
    """Read the one short form that stands in a line of its own."""
    lines = [m for m in passages if len(m.words) == 1 and m.of("short")]
    if len(lines) == 1:
        (marked,) = lines
        part = Part(marked.text(0, 1), 0, 1, "short-form-alone-in-line")
        yield Naming(marked.number, 0, 1, part, (), FACT_SHEET)
