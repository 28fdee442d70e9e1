"""What eugraph itself says: there is a word in each language for everything that it names."""

from __future__ import annotations

import tomllib

import pytest

from eugraph.shipped import shipped
from eugraph.triples.wording import LANGUAGES, wording

EVENTS = sorted(
    {
        noun
        for path in shipped("data/lexicon").glob("*.toml")
        for section in ("events", "event-verbs", "stays")
        for noun in tomllib.loads(path.read_text(encoding="utf-8")).get(section, {})
    }
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_of_any_lexicon_has_a_word_in_each_published_language(
    language: str,
) -> None:
    named = wording(language).sections["noun"]
    assert EVENTS
    assert [noun for noun in EVENTS if noun not in named] == []
    assert (
        wording(language).noun("kick-off-meeting")
        == {
            "en": "kick-off meeting",
            "lv": "atklāšanas tikšanās",
        }[language]
    )
