"""What pages say besides the data: `data/interface/{language}.toml`, one file a language.

A sentence that tells a number may have forms, a table by the plural categories
of CLDR: `count = { one = "{count} entry", other = "{count} entries" }`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, Protocol

from babel.numbers import format_decimal
from flask import request

from eugraph.shipped import shipped
from eugraph.triples.wording import locale

LANGUAGES: Final = ("en", "lv")
"""The languages that pages are written in, the first where a reader asks for none of them."""


def language() -> str:
    """Return the language of the page: what `lang` says, else what the client reads best."""
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])


class Translate(Protocol):
    """Says a sentence of the interface by its key, such as `query.run`, with values filled in."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence; raises KeyError for one that the language lacks."""
        ...


@cache
def translator(language: str) -> Translate:
    """Return what says the sentences of the interface in `language`.

    Of a sentence with several forms the one is said that `count` takes by the
    plural rules of the language (CLDR); numbers are written as it writes them.
    """
    sentences = _sentences(language)

    def translate(key: str, **values: object) -> str:
        sentence, count = sentences[key], values.get("count")
        if isinstance(count, int):
            values["count"], form = _number(language, count)
            if isinstance(sentence, Mapping):
                sentence = sentence.get(form, sentence["other"])
        assert isinstance(sentence, str)  # noqa: S101  # ours alone tell a number
        return sentence.format(**values) if values else sentence

    return translate


@lru_cache(maxsize=4096)
def _number(language: str, number: int) -> tuple[str, str]:
    """Return a number as `language` writes it, and the plural category that it has there."""
    spoken = locale(language)
    return format_decimal(number, locale=spoken), spoken.plural_form(number)


def has_message(language: str, key: str) -> bool:
    """Tell whether there is a sentence with this key in `language`."""
    return key in _sentences(language)


@cache
def _sentences(language: str) -> Mapping[str, str | Mapping[str, str]]:
    text = shipped(f"data/interface/{language}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": sentence
        for section, sentences in tomllib.loads(text).items()
        for key, sentence in sentences.items()
    }
