"""A title is in the language of the text around it, unless it tells another."""

from __future__ import annotations

import pytest

from eugraph.facts.mentions.titles import title_language

TITLES = [
    # title, language of the passage, of the title, remark
    ("Zilās skolas", "lv", "lv", "two words of the passage's language"),
    ("Blue Schools", "lv", "en", "two English words"),
    ("Green Desk", "lv", "en", "alike in Dutch: English is the usual one"),
    ("River Paths", "en", "en", "an English title in English"),
    ("Border Tales", "en", "en", "likelier German, but nobody said so"),
    ("Grüne Dächer", "de", "de", "letters of German"),
    ("Scuole blu", "it", "it", "Italian"),
    ("Aqua Vita", "it", "it", "Latin is no English"),
    ("Les enfants de la guerre et de la paix", "ro", "fr", "long enough to tell a third language"),
    ("Ū", "lv", "lv", "no words to tell by"),
]


@pytest.mark.parametrize(("title", "around", "expected", "remark"), TITLES)
def test_a_title_tells_its_language_or_has_that_of_its_passage(
    title: str, around: str, expected: str, remark: str
) -> None:
    assert title_language(title, around) == expected, remark


def test_the_second_of_two_titles_is_a_translation() -> None:
    assert title_language("Green Roofs", "de", beside=["de"]) == "en"
    assert title_language("Toits verts pour tous les quartiers", "de", beside=["de"]) == "fr"
