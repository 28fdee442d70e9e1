"""The layout of the pages of things: `data/pages/things.toml`, by type what is shown and where."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from eugraph.shipped import shipped
from eugraph.vocabulary import PREFIXES


@cache
def property_order(type_: str) -> Sequence[str]:
    """Return the properties that the page of a type of things shows first, in their order."""
    entry = _table().get(type_, {})
    return tuple(map(_iri, entry.get("properties", ()))) if isinstance(entry, dict) else ()


@cache
def sections_of(type_: str) -> tuple[str, ...]:
    """Return the names of the sections of a page, in the order for its type."""
    entry = _table().get(type_, {})
    own = entry.get("sections") if isinstance(entry, dict) else None
    names = own or _table()["sections"]
    assert isinstance(names, list)  # noqa: S101  # shipped data, held to its form by a test
    return tuple(names)


@cache
def hidden_properties() -> frozenset[str]:
    """Return the properties that no page shows among the facts."""
    hidden = _table()["hidden"]
    return frozenset(map(_iri, hidden)) if isinstance(hidden, list) else frozenset()


@cache
def contradiction_types() -> frozenset[str]:
    """Return the types of discrepancies that are contradictions; the others are remarks."""
    kinds = _table()["contradictions"]
    return frozenset(map(_iri, kinds)) if isinstance(kinds, list) else frozenset()


@cache
def _table() -> Mapping[str, object]:
    return tomllib.loads(shipped("data/pages/things.toml").read_text(encoding="utf-8"))


def _iri(short: str) -> str:
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local
