"""Licences by the names that people write: `data/licences.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from eugraph.shipped import shipped


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its short name, such as `CC BY 4.0`, and where a person can read it.

    `spdx` is its id at https://spdx.org/licenses/, empty if it is not known.
    """

    name: str
    iri: str
    spdx: str = ""

    @property
    def open(self) -> bool:
        """Whether it is known to let everyone use, change and share (opendefinition.org)."""
        return bool(self.spdx) and not {"NC", "ND"} & {*self.spdx.split("-")}


def licence_iri(name: str) -> str | None:
    """Return the address of the licence of this name or SPDX id; None if it is not known."""
    found = None if "/" in name else _by_name().get(_plain(name))
    return str(found["iri"]) if found else None


def licence_at(iri: str) -> Licence:
    """Return the licence that is known at `iri`; one without another name if none is."""
    found = _by_name().get(_plain(iri))
    return _licence(found) if found else Licence(iri, iri)


def licences() -> list[Licence]:
    """Return the licences that are known."""
    return [_licence(each) for each in _licences()]


def _licence(found: Mapping[str, Any]) -> Licence:
    return Licence(found["name"], found["iri"], found["spdx"])


@cache
def _by_name() -> Mapping[str, Mapping[str, Any]]:
    return {_plain(name): each for each in _licences() for name in _names(each)}


def _names(licence: Mapping[str, Any]) -> Iterator[str]:
    yield from (licence["name"], licence["spdx"], licence["iri"])
    yield from licence.get("also", ())


def _licences() -> list[Mapping[str, Any]]:
    table = tomllib.loads(shipped("data/licences.toml").read_text(encoding="utf-8"))
    licences: list[Mapping[str, Any]] = table["licence"]
    return licences


def _plain(name: str) -> str:
    """Return a name as names are compared; `http` and `https` are one."""
    return re.sub(r"[^a-z0-9.]", "", re.sub(r"^https?:", "", name.casefold()))
