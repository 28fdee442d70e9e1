"""Aims: what a project is for and will bring about, its topics, and what its events concluded."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from eugraph.facts.language.words import Kind
from eugraph.facts.mentions.clauses import clause_around, trimmed
from eugraph.facts.mentions.marked import Marked, Mention, Sentence

_NEAR = 6
_LONGEST_PRONOUN = 3
_OBJECTIVE_CUES = ("specific-objective", "objective", "purpose", "aims")
AIM_CUES = (*_OBJECTIVE_CUES, "impact", "concludes", "conclusion")
"""The kinds of cues that say something of aims."""


class Passus(Struct, frozen=True):
    """Words that say something in prose: `first:last` is the value, `begin:last` with its cue."""

    kind: str
    begin: int
    first: int
    last: int


def find_aims(marked: Marked, sentence: Sentence) -> tuple[Passus, ...]:
    """Return what `sentence` says of aims: objectives, expected impact, purposes, conclusions."""
    if sentence.kinds.isdisjoint(AIM_CUES):
        return ()
    found = [
        *_objectives(marked, sentence),
        *_impacts(marked, sentence),
        *_conclusions(marked, sentence),
    ]
    return tuple(sorted(found, key=lambda passus: passus.first))


def find_topics(marked: Marked, sentence: Sentence) -> list[Mention]:
    """Return the topics named in a sentence that speaks of aims or conclusions."""
    if "topic" not in sentence.kinds:
        return []
    cues = ("objective", "specific-objective", "impact", "conclusion", "concludes", "aims")
    if not marked.within(sentence.first, sentence.last, *cues):
        return []
    return marked.within(sentence.first, sentence.last, "topic")


def _objectives(marked: Marked, sentence: Sentence) -> Iterator[Passus]:
    for kind in filter(sentence.kinds.__contains__, _OBJECTIVE_CUES):
        for cue in marked.within(sentence.first, sentence.last, kind):
            start = cue.last if kind == "aims" else _value_start(marked, sentence, cue)
            if start is not None and start < sentence.last:
                begin, last = trimmed(
                    marked, _with_article(marked, sentence, cue.first), sentence.last
                )
                name = "objective" if kind == "aims" else kind
                yield Passus(name, begin, start, last)
                return


def _value_start(marked: Marked, sentence: Sentence, cue: Mention) -> int | None:
    """Return where the value begins: after the copula or the colon that follows the cue closely."""
    for at in range(cue.last, min(cue.last + _NEAR, sentence.last)):
        if marked.words[at].stem in {":", "-"}:
            return at + 1
        copula = marked.at(at, "is")
        if copula is not None:
            return _over_pronoun(marked, copula.last, sentence.last)
    return None


def _over_pronoun(marked: Marked, at: int, limit: int) -> int:
    """Return `at`, or the place after a pronoun that stands for what follows: “ist es, …”."""
    words = marked.words
    stands = at + 2 < limit and words[at].kind is Kind.WORD and not words[at].capital
    short = stands and len(words[at].text) <= _LONGEST_PRONOUN
    return at + 2 if short and words[at + 1].text == "," else at


def _with_article(marked: Marked, sentence: Sentence, first: int) -> int:
    while first > sentence.first and marked.words[first - 1].folded in marked.lexicon.articles:
        first -= 1
    return first


def _impacts(marked: Marked, sentence: Sentence) -> Iterator[Passus]:
    for cue in marked.within(sentence.first, sentence.last, "impact")[:1]:
        comma = next(
            (
                at
                for at in range(cue.last, min(cue.last + _NEAR, sentence.last))
                if marked.words[at].text == ","
            ),
            None,
        )
        begin, last = trimmed(marked, cue.first, sentence.last)
        first = cue.last if comma is None else comma + 1
        if first < last:
            yield Passus("impact", begin, first, last)


def _conclusions(marked: Marked, sentence: Sentence) -> Iterator[Passus]:
    for cue in marked.within(sentence.first, sentence.last, "concludes")[:1]:
        that = next(
            (m for m in marked.within(cue.last, sentence.last, "that") if m.first - cue.last <= 1),
            None,
        )
        if that is not None:
            begin, last = trimmed(marked, sentence.first, sentence.last)
            yield Passus("conclusion", begin, that.last, last)
            return
    for cue in marked.within(sentence.first, sentence.last, "conclusion")[:1]:
        first, last = clause_around(marked, sentence, cue.first)
        yield Passus("conclusion", first, first, last)
