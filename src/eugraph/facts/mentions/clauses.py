"""Clauses: the piece of a sentence that a cue speaks for."""

from __future__ import annotations

from eugraph.facts.mentions.marked import Marked, Sentence


def clause_around(marked: Marked, sentence: Sentence, at: int) -> tuple[int, int]:
    """Return the clause of `sentence` that holds the word `at`, without the mark that ends it.

    A clause ends at a dash between spaces, at a semicolon, and before a word
    of the lexicon that begins a new one.
    """
    first, last = sentence.first, sentence.last
    for bound in _bounds(marked, sentence):
        if bound <= at:
            first = bound
        else:
            last = bound
            break
    return trimmed(marked, first, last)


def _bounds(marked: Marked, sentence: Sentence) -> list[int]:
    words, bounds = marked.words, []
    for at in range(sentence.first + 1, sentence.last):
        word, before = words[at], words[at - 1]
        spaced = word.stem == "-" and word.start > before.end
        if (
            spaced and at + 1 < sentence.last and words[at + 1].start > word.end
        ) or word.text == ";":
            bounds.append(at + 1)
    for cue in marked.within(sentence.first, sentence.last, "clause"):
        if words[cue.first - 1].text == ",":
            bounds.append(cue.last)  # noqa: PERF401 (one shape with the loop above)
    return sorted(bounds)


def trimmed(marked: Marked, first: int, last: int) -> tuple[int, int]:
    """Return the range without marks at its edges; brackets and quotation marks stay."""
    words = marked.words
    while last - 1 > first and words[last - 1].text in ".,;:!?–—-":
        last -= 1
    cue = marked.before(last, "clause")
    if cue is not None and cue.first > first:
        return trimmed(marked, first, cue.first)
    while first < last - 1 and words[first].text in ",;:–—-":
        first += 1
    return first, last
