"""Licences by the names that people write: `data/licences.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from eugraph.shipped import shipped


def licence_iri(name: str) -> str | None:
    """Return the address of the licence of this name or SPDX id; None if it is not known."""
    found = None if "/" in name else _by_name().get(_plain(name))
    return str(found["iri"]) if found else None


def licence_name(iri: str) -> str:
    """Return the short name of the licence at `iri`, as `CC BY 4.0`; `iri` itself if unknown."""
    found = _by_name().get(_plain(iri))
    return str(found["name"]) if found else iri


@cache
def _by_name() -> Mapping[str, Mapping[str, Any]]:
    return {_plain(name): each for each in _licences() for name in _names(each)}


def _names(licence: Mapping[str, Any]) -> Iterator[str]:
    yield from (licence["name"], licence["spdx"], licence["iri"])
    yield from licence.get("also", ())


def _licences() -> list[Mapping[str, Any]]:
    told = tomllib.loads(shipped("data/licences.toml").read_text(encoding="utf-8"))
    licences: list[Mapping[str, Any]] = told["licence"]
    return licences


def _plain(name: str) -> str:
    """Return a name as names are compared; `http` and `https` are one."""
    return re.sub(r"[^a-z0-9.]", "", re.sub(r"^https?:", "", name.casefold()))
