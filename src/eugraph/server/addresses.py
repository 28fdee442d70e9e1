"""Values as they stand in the parameters of an address: short, and the same both ways."""

from __future__ import annotations

from typing import Final

from eugraph.vocabulary import IRI_BASE, PREFIXES

_ID: Final = IRI_BASE + "id/"


def compact(value: str) -> str:
    """Return a value as it stands in an address: `country:LVA`, `project/wir-2017`, `2017`."""
    if value.startswith(_ID):
        return value.removeprefix(_ID)
    found = [
        f"{prefix}:{value.removeprefix(space)}"
        for prefix, space in PREFIXES.items()
        if value.startswith(space) and "/" not in value.removeprefix(space)
    ]
    return min(found, key=len, default=value)


def expand(told: str) -> str:
    """Return the value that `compact` made `told` of."""
    prefix, colon, local = told.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return _ID + told if "/" in told and not colon else told
