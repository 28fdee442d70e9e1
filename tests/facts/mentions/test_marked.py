"""Mentions are looked up by kind and by word as if each were looked at in turn."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from eugraph.facts.gazetteer.knowledge import load_knowledge
from eugraph.facts.language.dates import DateMention, Point
from eugraph.facts.language.words import Stemmer, split_words
from eugraph.facts.mentions.document import Document
from eugraph.facts.mentions.marked import Index, Marked, Mention, place_of_mention
from eugraph.releases.release import Layout, Passage

WORDS = 12
Make = Callable[[list[tuple[str, str]]], Document]
KINDS = ("project", "country", "lead")
PLACES = st.integers(0, WORDS - 1)


@st.composite
def passages(draw: st.DrawFn) -> Marked:
    """Return a passage of twelve words with mentions anywhere in it."""
    text = " ".join(["word"] * WORDS)
    words = split_words(text, Stemmer.of(()))
    mentions = [
        Mention(kind, value, first, last, words[first].start, words[last - 1].end)
        for kind, value, first, length in draw(
            st.lists(
                st.tuples(st.sampled_from(KINDS), st.sampled_from("ab"), PLACES, st.integers(1, 4)),
                min_size=10,
                max_size=60,
            )
        )
        if (last := first + length) <= WORDS
    ]
    mentions.sort(key=place_of_mention)
    passage = Passage("made", "en", 0, len(text), text, Layout.PARAGRAPH)
    lexicon = load_knowledge().lexicon("en")
    return Marked(passage, 0, lexicon, words, tuple(mentions), (), (), Index.of(mentions))


kinds = st.lists(st.sampled_from((*KINDS, "absent")), min_size=1, unique=True)


@given(passages(), PLACES, PLACES, kinds)
def test_those_within_are_all_that_lie_there(
    marked: Marked, first: int, last: int, asked: list[str]
) -> None:
    plainly = [
        m for m in marked.mentions if m.kind in asked and m.first >= first and m.last <= last
    ]

    assert marked.within(first, last, *asked) == plainly
    assert list(marked.of(*asked)) == [m for m in marked.mentions if m.kind in asked]


@given(passages(), st.sets(PLACES, max_size=8), PLACES, PLACES)
def test_dates_are_those_that_lie_there(
    marked: Marked, ends: set[int], first: int, last: int
) -> None:
    spans = [(a, b) for a, b in pairwise(sorted(ends)) if b - a < 4]
    dates = tuple(DateMention(a, b, 0, 1, Point(2018)) for a, b in spans)
    dated = replace(marked, dates=dates)

    within = [d for d in dates if d.first_word >= first and d.last_word <= last]
    assert dated.dates_within(first, last) == within
    assert dated.in_date(first) == any(a <= first < b for a, b in spans)


@given(passages(), PLACES, kinds)
def test_at_a_word_the_first_kind_asked_for_goes_before_and_the_longest(
    marked: Marked, at: int, asked: list[str]
) -> None:
    plainly = [m for kind in asked for m in marked.mentions if m.kind == kind and m.first == at]

    assert marked.at(at, *asked) == (plainly[0] if plainly else None)


@given(passages(), PLACES, kinds)
def test_what_covers_a_word_is_the_first_that_holds_it(
    marked: Marked, at: int, asked: list[str]
) -> None:
    plainly = [m for m in marked.mentions if m.kind in asked and m.first <= at < m.last]

    assert marked.covering(at, *asked) == (plainly[0] if plainly else None)


@pytest.mark.parametrize(
    "text",
    [
        "The WIR project has seven partners from Latvia. The lead partner is Riga. It rained.",
        "The second meeting took place in Riga on 3 May 2018; “Fine. Words” project partners came.",
    ],
)
def test_a_sentence_has_the_kinds_of_all_that_begins_in_it(document_of: Make, text: str) -> None:
    (marked,) = document_of([("en", text)]).passages

    for sentence in marked.sentences:
        begun = {m.kind for m in marked.mentions if sentence.first <= m.first < sentence.last}
        assert sentence.kinds == begun
    assert any(sentence.kinds for sentence in marked.sentences)
