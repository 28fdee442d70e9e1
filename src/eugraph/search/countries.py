"""What countries are called in the languages that releases are table apart by (CLDR)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from babel import Locale

from eugraph.shipped import shipped


@cache
def country_names(code: str) -> Mapping[str, str]:
    """Return the names of the country with a code of ISO 3166-1 alpha-2: language → name."""
    return {
        language: str(names[code])
        for language in _languages()
        if code in (names := Locale.parse(language).territories)
    }


@cache
def _languages() -> tuple[str, ...]:
    table = tomllib.loads(shipped("data/languages.toml").read_text(encoding="utf-8"))
    return tuple(sorted(table["languages"]))
