"""What pages say besides the data: `data/interface/{language}.toml`, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Final, Protocol

from flask import request

from eugraph.shipped import shipped

LANGUAGES: Final = ("en", "lv")
"""The languages that pages are written in, the first where a reader asks for none of them."""


def language() -> str:
    """Return the language of the page: what `lang` says, else what the client reads best."""
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])


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


def says(language: str, key: str) -> bool:
    """Tell whether there is a sentence with this key in `language`."""
    return key in _sentences(language)


@cache
def _sentences(language: str) -> Mapping[str, str]:
    text = shipped(f"data/interface/{language}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": sentence
        for section, sentences in tomllib.loads(text).items()
        for key, sentence in sentences.items()
    }
