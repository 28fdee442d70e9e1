"""The sentences of a finding's words: they stand in the texts of the releases, not in the graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from eugraph.releases.sentences import sentence_around
from eugraph.validation.finding import Finding, Quote, Verdict

TextOf = Callable[[str], str | None]
"""Returns the stored text of a release by its id; None if there is none."""


def in_sentences(verdict: Verdict, text_of: TextOf) -> Verdict:
    """Return the verdict with the sentence around every quote that stands in its text.

    A quote whose words are not there, at their place, stays without.
    """
    texts: dict[str, str | None] = {}

    def text(release: str) -> str:
        if release not in texts:
            texts[release] = text_of(release) if release else None
        return texts[release] or ""

    findings = (_with_sentences(finding, text) for finding in verdict.findings)
    return Verdict(tuple(findings))


def _with_sentences(finding: Finding, text: Callable[[str], str]) -> Finding:
    quotes = tuple(_with_sentence(quote, text(quote.release)) for quote in finding.quotes)
    return replace(finding, quotes=quotes)


def _with_sentence(quote: Quote, text: str) -> Quote:
    start, end = quote.span
    if start is None or end is None or text[start:end] != quote.text:
        return quote
    first, last = sentence_around(text, start, end)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return replace(quote, sentence=text[first:last], offset=start - first)
