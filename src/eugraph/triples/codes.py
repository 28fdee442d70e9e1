"""Codes of the EU's authority tables (Publications Office of the European Union).

Countries have theirs in the gazetteer; languages have theirs in
`data/languages.toml`, beside what tells them apart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from eugraph.shipped import shipped

UNDETERMINED = "UND"


def language_code(code: str) -> str:
    """Return a language's code in the authority table: `lv` → `LAV`; `UND` for an unlisted one."""
    return _languages().get(code, UNDETERMINED)


def language_of_code(code: str) -> str:
    """Return the ISO 639-1 code of a language of the authority table: `LAV` → `lv`; else empty."""
    return _by_authority().get(code, "")


@cache
def _by_authority() -> Mapping[str, str]:
    return {authority: code for code, authority in _languages().items()}


@cache
def _languages() -> Mapping[str, str]:
    table = tomllib.loads(shipped("data/languages.toml").read_text(encoding="utf-8"))
    return {code: row["authority"] for code, row in table["languages"].items()}
