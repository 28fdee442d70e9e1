"""What pages say besides the data: `data/interface/{language}.toml`, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Final, Protocol

from eugraph.shipped import shipped

LANGUAGES: Final = ("en", "lv")
"""The languages that pages are written in, the first where a reader asks for none of them."""


class Say(Protocol):
    """Says a sentence of the interface by its key, such as `query.run`, with values filled in."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence; raises KeyError for one that the language lacks."""
        ...


@cache
def wording(language: str) -> Say:
    """Return what says the sentences of the interface in `language`."""
    sentences = _sentences(language)

    def say(key: str, **values: object) -> str:
        return sentences[key].format(**values) if values else sentences[key]

    return say


@cache
def _sentences(language: str) -> Mapping[str, str]:
    text = shipped(f"data/interface/{language}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": sentence
        for section, sentences in tomllib.loads(text).items()
        for key, sentence in sentences.items()
    }
