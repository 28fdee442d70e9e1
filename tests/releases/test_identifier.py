"""Remembering the way through a word changes no answer, and takes no memory for ever.

Numbers are summed in another order than py3langid sums them: the last digits may differ.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from eugraph.releases import identifier
from eugraph.releases.identifier import load_identifier
from eugraph.releases.language import alphabets

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))[
    "sentences"
]
OURS = load_identifier(list(alphabets()))
THEIRS = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
THEIRS.set_languages(list(alphabets()))


def told(text: str) -> object:
    return pytest.approx(dict(THEIRS.rank(text)), rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_a_text_in_any_language_is_told_as_py3langid_tells_it(language: str) -> None:
    text = " ".join(SENTENCES[language])

    assert dict(OURS.rank(text)) == told(text)
    assert dict(OURS.rank(text)) == told(text), "the words are remembered now"


@given(st.text(st.sampled_from("ab ā. \x00€\n"), max_size=60))
def test_any_text_is_told_as_py3langid_tells_it(text: str) -> None:
    assert dict(OURS.rank(text)) == told(text)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifier, "_MOST_STEPS", 50)
    text = " ".join(f"word{number}" for number in range(200)) + " " + "long" * 100 + " end"

    assert dict(OURS.rank(text)) == told(text)
    assert len(OURS.steps) <= 50
    assert not any(b"longlong" in word for _, word in OURS.steps)
