"""Where values lead, and how they stand in the parameters of an address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final
from urllib.parse import urlencode

from eugraph.search import Index
from eugraph.server.source import Source
from eugraph.vocabulary import COUNTRY, IRI_BASE, LANGUAGE, PREFIXES

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


def leads(
    source: Source, index: Index, iris: Iterable[str], absent: Collection[str] = ()
) -> Callable[[str], str]:
    """Return what tells where a value leads: to its page, else to the list that it narrows.

    So a country, a language or a concept leads to the things it is said of. A
    country or language of which nothing is accepted leads to an empty list, and
    what is `absent` from the edition nowhere (an empty address).
    """
    found = index.narrowings(iri for iri in iris if not iri.startswith(f"{IRI_BASE}id/"))
    of_no_thing = {COUNTRY: ("projects", "country"), LANGUAGE: ("releases", "language")}

    def lead(iri: str) -> str:
        if iri in absent:
            return ""
        space = next((each for each in of_no_thing if iri.startswith(str(each))), None)
        narrowing = found.get(iri) or (of_no_thing[space] if space else None)
        if narrowing is None:
            return source.href(iri)
        name, facet = narrowing
        return f"{source.prefix}{name}?{urlencode({facet: compact(iri)})}"

    return lead
