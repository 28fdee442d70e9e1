"""A lexicon is a file of known sections; a malformed one says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eugraph.errors import DataError
from eugraph.facts.language.lexicon import load_lexicon, load_shared
from eugraph.facts.language.words import split_words

BROKEN = [
    ("", 'language = "zz"'),
    ('language = "zz"\nverbs = ["x"]', "unknown section 'verbs'"),
    ('language = "zz"\n[cues]\nleader = ["x"]', "unknown kind 'leader'"),
    ('language = "zz"\n[cues]\nlead = "x"', "list of words in quotes"),
    ('language = "zz"\n[cues]\nlead = [1]', "list of words in quotes"),
    ('language = "zz"\ncues = ["x"]', "has to be a table"),
    ('language = "zz"\n[cues', "not TOML"),
]


@pytest.mark.parametrize(("text", "reason"), BROKEN)
def test_a_malformed_lexicon_says_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "zz.toml").write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match=reason) as raised:
        load_lexicon("zz", tmp_path)
    assert raised.value.name == "zz.toml"


def test_the_word_for_no_is_a_word(tmp_path: Path) -> None:
    """In YAML the Latvian “from” would load as false."""
    text = 'language = "zz"\n[dates]\nfrom = ["no"]'
    (tmp_path / "zz.toml").write_text(text, encoding="utf-8")

    lexicon = load_lexicon("zz", tmp_path)
    found = list(lexicon.table.find(split_words("no", lexicon.stemmer)))
    assert [(f.value.kind, f.value.value) for f in found] == [("date", "from")]


def test_a_language_without_a_file_has_the_calendar_of_cldr(tmp_path: Path) -> None:
    lexicon = load_lexicon("cs", tmp_path)

    found = list(lexicon.table.find(split_words("března", lexicon.stemmer)))
    assert (lexicon.covered, [f.value.value for f in found]) == (False, ["3"])


def test_the_shared_file_is_needed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing"):
        load_shared(tmp_path)
