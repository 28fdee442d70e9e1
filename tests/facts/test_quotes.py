"""A quote is found where it stands word for word, and nowhere else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.facts.quotes import find_quote, has_words, same_words

TEXT = (
    "Projektā „Zaļās upes”\u00a0(GREENRIV) piedalās 17 partneri no 6 valstīm. "
    "The pro\u00adject runs from 01.05.2018.–\u2009 30.04.2020, the ﬁrst visit was to the old ‘Port’."
)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        pytest.param("Zaļās upes", "Zaļās upes", id="as written"),
        pytest.param('"Zaļās upes" (GREENRIV)', "„Zaļās upes”\u00a0(GREENRIV)", id="other marks"),
        pytest.param("PROJEKTĀ", "Projektā", id="other case"),
        pytest.param("17 partneri\n  no 6 valstīm", "17 partneri no 6 valstīm", id="other space"),
        pytest.param("01.05.2018. - 30.04.2020", "01.05.2018.–\u2009 30.04.2020", id="other dash"),
        pytest.param("The project runs", "The pro\u00adject runs", id="soft hyphen"),
        pytest.param("the first visit", "the ﬁrst visit", id="ligature"),
        pytest.param("old 'Port'", "old ‘Port’", id="single marks"),
    ],
)
def test_what_copying_changes_is_let_pass(quote: str, words: str) -> None:
    assert TEXT.count(words) == 1
    start = TEXT.index(words)

    assert find_quote(quote, TEXT) == (start, start + len(words))


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("18 partneri", id="another number"),
        pytest.param("7 partneri", id="inside a number"),
        pytest.param("roject runs", id="inside a word"),
        pytest.param("irst visit", id="inside a ligature"),
        pytest.param("Zalas upes", id="without diacritics"),
        pytest.param("Zaļās upes piedalās", id="words left out"),
        pytest.param("The project ran", id="another form"),
        pytest.param("the visit to the Port in May", id="invented"),
        pytest.param(" \u00ad ", id="nothing"),
    ],
)
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert find_quote(quote, TEXT) is None


def test_an_accent_of_its_own_belongs_to_its_letter() -> None:
    text = unicodedata.normalize("NFD", "Zaļā upe")

    assert find_quote("Zaļā", text) == (0, text.index(" "))
    assert find_quote("zal", unicodedata.normalize("NFD", "zaļ")) is None


WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))


@given(WORDS, st.data())
def test_every_run_of_words_of_a_text_is_found_as_itself(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words)))
    last = data.draw(st.integers(first, len(words)))
    text, quote = " ".join(words), " ".join(words[first:last])
    found = find_quote(quote, text)

    if found is None:
        assert not has_words(quote, quote) or not _is_whole(quote)
    else:
        assert same_words(text[slice(*found)], quote)


def _is_whole(quote: str) -> bool:
    """Return whether a quote begins and ends with a letter or digit, so that its edges are clear."""
    return quote[:1].isalnum() and quote[-1:].isalnum()


@given(st.text(), st.text())
def test_what_is_found_is_the_same_words(quote: str, text: str) -> None:
    found = find_quote(quote, text)

    assert found is None or same_words(text[slice(*found)], quote)
