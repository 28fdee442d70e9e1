"""Projects by the use of their acronym: nothing calls it a project, but things are told of it so.

“The FLOWLAND consortium met”, “FLOWLAND brings together schools from”, “partner
in FLOWLAND, which Horizon Europe funds”. Read only where nothing else in the
release names a project, a programme is told of, and one short form alone is used so.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Marked, Mention
from eugraph.facts.projects.names import Part
from eugraph.facts.projects.namings import Naming
from eugraph.facts.projects.repeated import is_alias

_PREDICATES = ("involves", "funds", "coordinated-by")
"""What a project does or what is done to it; bodies are funded as well, but not by a programme."""

_NEAR = 4
_SHORTEST = 4


def find_used(document: Document) -> list[Naming]:
    """Return the namings by the only acronym that is used as a project's; none if there are two."""
    if not any(marked.of("scheme") for marked in document.passages):
        return []
    used = [
        (marked, short)
        for marked in document.passages
        for short in marked.of("short")
        if _is_acronym(marked, short) and _used(marked, short)
    ]
    if len({short.value for _, short in used}) != 1:
        return []
    value = used[0][1].value
    if any(is_alias(marked, short) for marked, short in _all(document, value)):
        return []
    return [_naming(marked, short) for marked, short in used]


def _all(document: Document, value: str) -> Iterator[tuple[Marked, Mention]]:
    for marked in document.passages:
        for short in marked.of("short"):
            if short.value == value:
                yield marked, short


def _is_acronym(marked: Marked, short: Mention) -> bool:
    """Return whether a short form is a word in capitals by itself, no part of another name."""
    words, first, last = marked.words, short.first, short.last
    if last - first > 1 or len(short.value) < _SHORTEST or not short.value.isupper():
        return False
    if marked.covering(first, "organisation", "head", "scheme", "country", "quoted"):
        return False
    return not any(
        0 <= at < len(words) and words[at].kind is Kind.WORD and words[at].capital and at > 0
        for at in (first - 1, last)
        if not marked.covering(at, "scheme", "partner", "consortium", *_PREDICATES)
    )


def _used(marked: Marked, short: Mention) -> bool:
    """Return whether a short form has partners, joins them, or is financed by a programme."""
    if marked.at(short.last, "partner", "consortium") is not None:
        return True
    sentence = marked.sentence_at(short.first)
    near = min(short.last + _NEAR, sentence.last)
    cue = next(iter(marked.within(short.last, near, *_PREDICATES)), None)
    paid = bool(marked.within(sentence.first, sentence.last, "scheme"))
    if cue is not None and not marked.within(short.last, cue.first, "head", "organisation"):
        many = marked.within(cue.last, sentence.last, "partner", "country", "countries", "member")
        if bool(many) if cue.kind == "involves" else paid:
            return True
    before = marked.before(short.first, "in", "within-project", "took-part")
    return before is not None and bool(
        marked.within(sentence.first, short.first, "partner", "took-part", "within-project")
    )


def _naming(marked: Marked, short: Mention) -> Naming:
    part = Part(short.value, short.first, short.last, "acronym-used-as-project")
    return Naming(marked.number, short.first, short.last, part, (), part.rule)
