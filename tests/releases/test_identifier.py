"""Remembering the way through a word changes no answer, and takes no memory for ever.

Numbers are summed in another order than py3langid sums them: the last digits may differ.
"""

from __future__ import annotations

import math
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


def ours(*texts: str) -> list[dict[str, float]]:
    return [
        dict(zip(OURS.nb_classes, row, strict=True)) for row in OURS.probabilities(texts).tolist()
    ]


def theirs(text: str) -> object:
    return pytest.approx(dict(THEIRS.rank(text)), rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_a_text_in_any_language_is_told_as_py3langid_tells_it(language: str) -> None:
    text = " ".join(SENTENCES[language])

    assert ours(text) == [theirs(text)]
    assert ours(text) == [theirs(text)], "the words are remembered now"


def test_texts_are_told_together_as_each_alone() -> None:
    texts = [" ".join(sentences) for sentences in SENTENCES.values()]

    assert ours(*texts, "", *texts) == list(map(theirs, [*texts, "", *texts]))


@given(st.text(st.sampled_from("ab ā. \x00€\n"), max_size=60))
def test_any_text_is_told_as_py3langid_tells_it(text: str) -> None:
    assert ours(text) == [theirs(text)]


def test_the_likeliest_language_comes_first_and_none_is_less_likely_than_the_least() -> None:
    (told,) = OURS.logarithms(SENTENCES["lv"][:1], 1e-3)

    assert next(iter(told)) == "lv"
    assert min(told.values()) == pytest.approx(math.log(1e-3))
    assert list(told.values()) == sorted(told.values(), reverse=True)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifier, "_MOST_STEPS", 50)
    text = " ".join(f"word{number}" for number in range(200)) + " " + "long" * 100 + " end"

    assert ours(text) == [theirs(text)]
    assert len(OURS.steps) <= 50
    assert not any(b"longlong" in word for _, word in OURS.steps)
