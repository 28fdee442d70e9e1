"""The text of a release with the words marked that facts rest on."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from eugraph.server.things.text import Marked, mark, versions_of

LV, EN = "https://example.org/LAV", "https://example.org/ENG"


def test_marked_words_have_the_id_that_their_evidence_iri_ends_in() -> None:
    assert mark("Ten <b>partners", 0, 15, [Marked(0, 3, EN), Marked(4, 15, EN)]) == (
        '<mark id="char=0,3">Ten</mark> <mark id="char=4,15">&lt;b&gt;partners</mark>'
    )


def test_stretches_nest_and_those_that_cross_are_cut() -> None:
    nested = [Marked(0, 6, EN), Marked(2, 4, EN)]
    assert mark("abcdef", 0, 6, nested) == (
        '<mark id="char=0,6">ab<mark id="char=2,4">cd</mark>ef</mark>'
    )
    crossing = [Marked(0, 4, EN), Marked(2, 6, EN)]
    assert mark("abcdef", 0, 6, crossing) == (
        '<mark id="char=0,4">ab<mark id="char=2,6">cd</mark></mark><mark>ef</mark>'
    )


def test_paragraphs_are_told_by_language_version() -> None:
    text = "Virsraksts\r\n\r\nDesmit partneri\nun vēl\nTen partners\n"
    marked = [Marked(14, 20, LV), Marked(37, 40, EN)]
    lv, en = versions_of(text, marked)
    assert (lv.language, len(lv.paragraphs)) == (LV, 3)
    assert (en.language, en.paragraphs[0].body) == (
        EN,
        '<mark id="char=37,40">Ten</mark> partners\n',
    )


@given(
    st.text(alphabet="ab<&\n ", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))),
)
def test_nothing_of_a_text_is_lost_and_every_mark_is_closed(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marked = [Marked(a, b, EN) for a, b in spans if a < b <= len(text)]
    body = mark(text, 0, len(text), marked)
    assert unescape(re.sub("</?mark[^>]*>", "", body)) == text
    assert body.count("<mark") == body.count("</mark>")
    assert len(re.findall('id="', body)) == len({(each.start, each.end) for each in marked})
    depth = 0
    for tag in re.findall("</?mark", body):
        depth += 1 if tag == "<mark" else -1
        assert depth >= 0
