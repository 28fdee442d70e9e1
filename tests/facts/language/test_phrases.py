"""Phrases are found in one walk, longest first, by stem, by form, or as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.facts.language.phrases import PhraseTable
from eugraph.facts.language.words import Stemmer, split_words


def found(phrases: list[str], text: str) -> list[str]:
    stemmer = Stemmer.of(["s", "a", "ā", "is", "u"])
    table: PhraseTable[str] = PhraseTable(stemmer)
    for phrase in phrases:
        table.add(phrase, phrase)
    words = split_words(text, stemmer)
    return [item.value for item in table.find(words)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("partneris", "trīs partneru", True),  # any inflection
        ("=notiks", "notika", False),  # the form decides where tense does
        ("=notiks", "Notiks", True),  # not the case
        ("=LIFE", "the life of towns", False),  # as written, if it has capitals
        ("=LIFE", "the LIFE programme", True),
        ("goal of ?the project", "goal of project", True),  # a word that may be missing
        ("goal of ?the project", "goal of the project", True),
        ("V-A Latvia - Lithuania", "V-A Latvia – Lithuania", True),  # any dash
    ],
)
def test_a_phrase_matches_as_it_says(phrase: str, text: str, *, expected: bool) -> None:
    assert bool(found([phrase], text)) is expected


def test_the_longest_phrase_at_a_word_comes_first() -> None:
    phrases = ["lead", "lead partner", "partner"]

    assert found(phrases, "the lead partner") == ["lead partner", "lead", "partner"]


@given(st.lists(st.sampled_from(["lead", "partner", "the", "of", "is"]), max_size=12))
def test_a_large_table_that_remembers_finds_what_a_small_one_does(words: list[str]) -> None:
    phrases = ["lead", "lead partner", "the lead ?of partner", "of the", "of of of"]
    others = [f"other{letter}{number}" for letter in "xyz" for number in range(99)]
    text = " ".join(words)

    assert found(phrases, text) == found([*phrases, *others], text)


def test_one_phrase_may_stand_for_two_things() -> None:
    table: PhraseTable[int] = PhraseTable(Stemmer.of(()))
    table.add("until", 1)
    table.add("until", 2)
    table.add("until", 2)

    assert [item.value for item in table.find(split_words("until", table.stemmer))] == [1, 2]


def test_a_phrase_added_after_a_search_is_found() -> None:
    table: PhraseTable[int] = PhraseTable(Stemmer.of(()))
    words = split_words("until then", table.stemmer)
    assert not list(table.find(words))

    table.add("until then", 1)

    assert [item.value for item in table.find(words)] == [1]
