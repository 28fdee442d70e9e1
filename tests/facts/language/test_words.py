"""Words are cut where no language would cut otherwise, and keys forgive case and diacritics."""

from __future__ import annotations

import itertools

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from eugraph.facts.language import words as words_module
from eugraph.facts.language.words import Kind, Stemmer, fold, odd_words, split_words

CUTS = [
    ("2.darbības", ["2", ".", "darbības"], "an ordinal and its word without a space"),
    ("16.10.2017. –", ["16.10.2017", ".", "–"], "a numeric date and its full stop"),
    ("10.07.2017.- 31.05.2019", ["10.07.2017", ".", "-", "31.05.2019"], "a dash without spaces"),
    ("9.–11. aprīlī", ["9", ".", "–", "11", ".", "aprīlī"], "a range of ordinals"),
    ("17th", ["17th"], "an English ordinal"),
    ("07/2020", ["07/2020"], "a month and its year"),
    ("118 500,00 EUR", ["118 500,00", "EUR"], "a sum with a blank in it"),
    ("Vecmāmiņas.lv", ["Vecmāmiņas.lv"], "a name that is an address"),
    ("Genialis d.o.o.", ["Genialis", "d.o.o."], "a legal form"),
    ("Erasmus+ (KA2)", ["Erasmus+", "(", "KA2", ")"], "a plus that belongs to the name"),
    ("DD-DeCaF", ["DD-DeCaF"], "a hyphen inside a name"),
    ("pār\u00adrunātas", ["pār\u00adrunātas"], "a soft hyphen inside a word"),
    ("[bookmark: _GoBack]From", ["From"], "what a word processor left is no word"),
    ("see https://x.example/a.b, now", ["see", "https://x.example/a.b,", "now"], "an address"),
]


@pytest.mark.parametrize(("text", "words", "remark"), CUTS)
def test_text_is_cut_into_words_and_marks(text: str, words: list[str], remark: str) -> None:
    assert [word.text for word in split_words(text, Stemmer.of(()))] == words, remark


@given(st.text(max_size=300))
def test_every_word_is_the_text_at_its_place(text: str) -> None:
    words = split_words(text, Stemmer.of(["s", "es"]))

    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(one.end <= other.start for one, other in itertools.pairwise(words))


@given(st.text(max_size=300))
@example("A0-Aaaa")
def test_nothing_but_white_space_and_litter_is_left_out(text: str) -> None:
    text = text.replace("[", "(")
    words = split_words(text, Stemmer.of(()))

    covered = {at for word in words for at in range(word.start, word.end)}
    left = [at for at, c in enumerate(text) if at not in covered and not c.isspace()]
    for at in left:  # the hyphen between an acronym and its noun, as in `TIDE-project`
        assert text[at] in "-‐‑"
        assert text[at - 1 : at].isalnum()
        assert text[at + 1 : at + 2].isalpha()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zviedrijā", "zviedrija"), ("Vänersborg", "Vanersborg"), ("ŁÓDŹ", "lodz"), ("Išık", "isik")],
)
def test_case_and_diacritics_do_not_count(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_inflected_forms_share_a_stem_but_not_a_form() -> None:
    stemmer = Stemmer.of(["a", "ā", "u", "iem", "s", "os"])

    keys = [stemmer.keys(word) for word in ("projekts", "projektā", "projektiem", "projektos")]
    assert {stem for stem, _ in keys} == {"projekt"}
    assert len({form for _, form in keys}) == 4


def test_a_short_word_keeps_its_ending() -> None:
    assert Stemmer.of(["s", "as"]).keys("bus")[0] == "bus"


def test_marks_of_one_kind_share_a_key() -> None:
    words = split_words("– — - “ ” „", Stemmer.of(()))

    assert [word.stem for word in words] == ["-", "-", "-", '"', '"', '"']
    assert {word.kind for word in words} == {Kind.MARK}


CHUNKS = (
    "118", "500,00", "2019.", "05.", "3.", "17.–20.", "l'", "l’", "Italie,", "[bookmark:", "_GoBack]From",
    "[", "]", "WIR-projekta", "S.A.", "„X“", ",,", "d.o.o.", "12th", "https://x.example/1", "•", "\u00a0", "",
)  # fmt: skip


@given(st.lists(st.sampled_from(CHUNKS) | st.text(max_size=8), max_size=12))
def test_words_cut_by_memory_are_those_of_the_whole_text(chunks: list[str]) -> None:
    text = " ".join(chunks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words_module, "_NEEDS_CONTEXT", regex.compile(""))
        whole = split_words(text, Stemmer.of(["s"]))

    assert split_words(text, REMEMBERING) == whole
    assert split_words(text, REMEMBERING) == whole, "once it is remembered"


REMEMBERING = Stemmer.of(["s"])
"""A stemmer that has met the pieces of other texts before."""


def test_the_memory_of_a_stemmer_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "_MOST_WORDS", 10)
    stemmer = Stemmer.of(["s"])

    split_words(" ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}s" for n in range(99)), stemmer)
    (long,) = split_words("x" * 5000 + "s", stemmer)

    assert len(stemmer.seen) <= 10
    assert len(stemmer.cut) <= 10
    assert long.text not in stemmer.seen
    assert long.stem == "x" * 5000


@given(st.text(max_size=80))
def test_odd_are_the_words_of_more_than_letters_and_those_of_two_capitals(text: str) -> None:
    words = split_words(text, Stemmer.of(["s"]))

    assert odd_words(words) == [
        at
        for at, word in enumerate(words)
        if not word.text.isalpha() or sum(map(str.isupper, word.text)) > 1
    ]
    assert all(word.folded == fold(word.text) for word in words)
