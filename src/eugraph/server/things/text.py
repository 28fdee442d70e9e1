"""The text of a release for reading, with the words marked that facts rest on.

Every marked stretch has the id that an evidence IRI ends in, `char=31,46`
(RFC 5147), so that a link to the IRI lands on its words, without script.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from eugraph.editions import Edition
from eugraph.server.source import Source
from eugraph.vocabulary import IRI_BASE, PROLOGUE

_MARKED: Final = """SELECT DISTINCT ?evidence ?language {
  ?evidence oa:hasSource <%sid/text/%s> ; dcterms:language ?language }"""
_POSITION: Final = re.compile(r"#char=(\d{1,9}),(\d{1,9})$")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text that facts rest on; `language` is an IRI of the EU's table."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text with its marked stretches, and the language it is in, empty if unknown."""

    language: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Version:
    """Paragraphs one after another in one language."""

    language: str
    paragraphs: tuple[Paragraph, ...]


def marked_in(source: Source, edition: Edition, release: str) -> tuple[Marked, ...]:
    """Return the stretches of a release's text that facts of `edition` rest on."""
    found = []
    for row in source.rows(edition, PROLOGUE + _MARKED % (IRI_BASE, release)):
        position = _POSITION.search(row["evidence"]["value"])
        if position:
            start, end = int(position[1]), int(position[2])
            found.append(Marked(start, end, row["language"]["value"]))
    return tuple(sorted(found, key=lambda each: (each.start, -each.end, each.language)))


def versions_of(text: str, marked: Sequence[Marked]) -> tuple[Version, ...]:
    """Return a text by its language versions, in the order they stand in it.

    A paragraph is in the language of the words marked in it; one without is
    in that of the paragraph before.
    """
    paragraphs = tuple(_paragraphs(text, marked))
    first = next((each.language for each in paragraphs if each.language), "")
    versions: list[list[Paragraph]] = []
    language = first
    for each in paragraphs:
        language = each.language or language
        if not versions or versions[-1][0].language != language:
            versions.append([])
        versions[-1].append(Paragraph(language, each.body))
    return tuple(Version(each[0].language, tuple(each)) for each in versions)


def _paragraphs(text: str, marked: Sequence[Marked]) -> Iterable[Paragraph]:
    start, waiting = 0, list(reversed(marked))
    running: list[Marked] = []
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        running = [each for each in running if each.end > start]
        while waiting and waiting[-1].start < end:
            running.append(waiting.pop())
        if line.strip():
            languages = Counter(each.language for each in running)
            language = languages.most_common(1)[0][0] if languages else ""
            yield Paragraph(language, mark(text, start, end, running))
        start = end


def mark(text: str, start: int, end: int, marked: Sequence[Marked]) -> Markup:
    """Return `text[start:end]` escaped, with those of `marked` in it as `<mark>` elements.

    Stretches that cross are cut, for elements have to nest; the id stands on
    the first piece, where the stretch begins.
    """
    cuts = {start, end}
    for each in marked:
        cuts |= {max(each.start, start), min(each.end, end)}
    order = sorted(marked, key=lambda each: (each.start, -each.end))
    out: list[Markup] = []
    open_: list[Marked] = []
    begun: set[tuple[int, int]] = set()
    positions = sorted(cut for cut in cuts if start <= cut <= end)
    for at, until in zip(positions, [*positions[1:], end], strict=True):
        here = [each for each in order if each.start <= at < each.end]
        kept = _common(open_, here)
        out += [Markup("</mark>")] * (len(open_) - kept)
        open_ = open_[:kept]
        for each in here[kept:]:
            out.append(_opened(each, begun))
            open_.append(each)
        out.append(escape(text[at:until]))
    out += [Markup("</mark>")] * len(open_)
    return Markup().join(out)


def _common(left: Sequence[Marked], right: Sequence[Marked]) -> int:
    """Return how many of `left` begin `right`, in the same order."""
    number = 0
    for one, other in zip(left, right, strict=False):
        if one is not other:
            break
        number += 1
    return number


def _opened(each: Marked, begun: set[tuple[int, int]]) -> Markup:
    key = (each.start, each.end)
    if key in begun:
        return Markup("<mark>")
    begun.add(key)
    return Markup('<mark id="char={},{}">').format(*key)
