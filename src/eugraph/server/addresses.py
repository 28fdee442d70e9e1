"""Where values lead, and how they stand in the parameters of an address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from eugraph.editions import Edition
from eugraph.search import Index
from eugraph.server.source import Source
from eugraph.vocabulary import COUNTRY, IRI_BASE, LANGUAGE, PREFIXES

_ID: Final = IRI_BASE + "id/"
_PART: Final = f"{_ID}participation/"
_SPACES: Final = {
    str(COUNTRY): ("projects", "country"),
    str(LANGUAGE): ("releases", "language"),
}


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


def expand(given: str) -> str:
    """Return the value that `compact` made `given` of."""
    prefix, colon, local = given.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return _ID + given if "/" in given and not colon else given


def taken_part(iri: str) -> tuple[str, str] | None:
    """Return the organisation and the project or event that a participation's IRI joins."""
    if not iri.startswith(_PART):
        return None
    context, _, organisation = iri.removeprefix(_PART).rpartition("/")
    kind = "event" if "/" in context else "project"
    return f"{_ID}org/{organisation}", f"{_ID}{kind}/{context}"


def leads(source: Source, edition: Edition, absent: Collection[str] = ()) -> Callable[[str], str]:
    """Return what tells where a value leads: to its page, else to the list that it narrows.

    So a country, a language or a concept leads to the things it is said of. A
    country or language of which nothing is accepted leads to an empty list, and
    what is `absent` from the edition nowhere (an empty address).
    """
    found, prefix = _narrowings(edition), source.prefix

    def lead(iri: str) -> str:
        if iri in absent:
            return ""
        narrowing = None if iri.startswith(_ID) else found.get(iri) or _of_no_thing(iri)
        if narrowing is None:
            return source.href(iri)
        name, facet = narrowing
        return f"{prefix}{name}?{urlencode({facet: compact(iri)})}"

    return lead


def _of_no_thing(iri: str) -> tuple[str, str] | None:
    """Return the list that a country or a language narrows, though nothing may be left of it."""
    return next((listed for space, listed in _SPACES.items() if iri.startswith(space)), None)


@lru_cache(maxsize=4)
def _narrowings(edition: Edition) -> Mapping[str, tuple[str, str]]:
    return Index(edition.search).narrowings()
