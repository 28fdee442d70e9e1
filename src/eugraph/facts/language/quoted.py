"""Quoted names: where a quotation opens and closes, whatever marks a writer has at hand.

Pairs of marks are those of the languages of the European Union and what stands
for them on a keyboard: `,,…''`, <<…>>, and curled marks that a word processor
made of one of a pair only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eugraph.facts.language.words import Kind, Word

_CLOSERS: Mapping[str, frozenset[str]] = {
    "„": frozenset({"”", "“", '"', "‟", "''"}),
    ",,": frozenset({"”", "“", '"', "‟", "''", "’’"}),
    "“": frozenset({"”", '"'}),
    "”": frozenset({"”"}),
    "«": frozenset({"»"}),
    "»": frozenset({"«", "»"}),
    "<<": frozenset({">>"}),
    "‘": frozenset({"’"}),
    "‚": frozenset({"’", "‘"}),
    "'": frozenset({"'"}),
    "''": frozenset({"''"}),
    "``": frozenset({"''"}),
    '"': frozenset({'"', "”", "“"}),
}
_TOUCHING = frozenset({"»", "'", "''"})
"""Marks that close more often than they open: they open where they touch the word after them."""

_LONGEST = 25
_LONGEST_QUOTATION = 12
_STOPS = frozenset(".!?…")


def find_quoted(words: Sequence[Word], odd: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the names in quotation marks, marks and all; the words of speech are left out.

    `odd` are the places of `odd_words`, among which all marks are.
    """
    reached = 0
    for at in [at for at in odd if words[at].text in _CLOSERS]:
        if at >= reached and _opens(words, at):
            close = _closing(words, at, _CLOSERS[words[at].text])
            if close is not None:
                yield at, close + 1
                reached = close + 1


def _opens(words: Sequence[Word], at: int) -> bool:
    if words[at].text not in _TOUCHING or at + 1 == len(words):
        return True
    apart = at == 0 or words[at - 1].end < words[at].start or words[at - 1].text == "("
    return apart and words[at + 1].start == words[at].end


def _closing(words: Sequence[Word], at: int, closers: frozenset[str]) -> int | None:
    """Return where the quotation that opens at `at` closes; a straight mark may close as a curled.

    A curled mark that opens a quotation within it closes nothing, nor does the one that ends that.
    """
    for close in range(at + 1, min(at + 2 + _LONGEST, len(words))):
        word, before = words[close], words[close - 1]
        if words[at].text == '"' and word.text in {"“", "„"} and word.start > before.end:
            closers = frozenset({'"'})
        if word.text in closers and close > at + 1 and not _is_apostrophe(words, close):
            long = close - at > _LONGEST_QUOTATION
            return None if before.text == "," or (before.text in _STOPS and long) else close
    return None


def _is_apostrophe(words: Sequence[Word], at: int) -> bool:
    """Return whether a straight single mark stands before or within a word."""
    if words[at].text != "'":
        return False
    apart = words[at - 1].end < words[at].start
    follows = at + 1 < len(words) and words[at + 1].start == words[at].end
    return apart or (follows and words[at + 1].kind is Kind.WORD)
