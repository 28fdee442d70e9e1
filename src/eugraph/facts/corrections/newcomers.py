"""Places and organisations that only a person's correction brings in.

What the gazetteer knows by that name is that; all else is what the words of
the quote call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from eugraph.facts.corrections.addressed import Contents
from eugraph.facts.corrections.correction import Correction
from eugraph.facts.corrections.given import check_words
from eugraph.facts.fact import Evidence, Id, Organisation, Place, Slot, Text, Thing
from eugraph.facts.gazetteer.geonames import Asked
from eugraph.facts.gazetteer.known import Gazetteer, KnownOrganisation, KnownPlace, Names
from eugraph.facts.language.words import fold

Found = tuple[Id, tuple[Thing, ...]]
"""A thing, and all things with it among them."""


def place_called(
    contents: Contents, gazetteer: Gazetteer, correction: Correction, where: Evidence
) -> Found | None:
    """Return the place that a correction's value names; None if it names none, or several.

    The gazetteer is asked by key, by name for what is curated, and by name and
    country for the rest. A place that it does not know needs a country, too,
    and its name in the words of the quote.
    """
    name = str(correction.value)
    read = [t.id for t in contents.things if isinstance(t, Place) and contents.answers(t.id, name)]
    if read:
        return (read[0], contents.things) if len(read) == 1 else None
    known = _known(name, gazetteer.places) or gazetteer.place(name)
    if known is None and correction.country is not None:
        asked = Asked(name, (correction.country,), stated=True, alike=False)
        known = gazetteer.locate(asked)
    if known is not None:
        return _with_place(contents.things, known)
    if correction.country is None or check_words(Slot.ALIAS, name, where.quote):
        return None
    place = Place(
        _free("place", contents.things), (Text(name, where.language),), correction.country
    )
    return place.id, (*contents.things, place)


def organisation_called(
    contents: Contents, gazetteer: Gazetteer, correction: Correction, where: Evidence
) -> Found | None:
    """Return the organisation that a correction names; None if it names none, or several.

    One that neither the release nor the gazetteer knows has to be named in the
    words of the quote.
    """
    name = correction.organisation or ""
    read = [
        t.id
        for t in contents.things
        if isinstance(t, Organisation) and contents.answers(t.id, name)
    ]
    if read:
        return (read[0], contents.things) if len(read) == 1 else None
    known = _known(name, gazetteer.organisations)
    if known is not None:
        return _with_organisation(contents.things, known, gazetteer)
    if not name or check_words(Slot.ALIAS, name, where.quote):
        return None
    names = (Text(name, where.language),)
    new = Organisation(_free("organisation", contents.things), names, country=correction.country)
    return new.id, (*contents.things, new)


K = TypeVar("K", KnownPlace, KnownOrganisation)


def _known(name: str, entries: Mapping[str, K]) -> K | None:
    wanted = fold(name)
    for key, entry in entries.items():
        listed: list[str] = [name for names in entry.names.values() for name in names]
        listed += [name.lstrip("=") for name in entry.written]
        if wanted in {key, *map(fold, listed)}:
            return entry
    return None


def _with_place(things: tuple[Thing, ...], known: KnownPlace) -> Found:
    for thing in things:
        if isinstance(thing, Place) and thing.known == known.key:
            return thing.id, things
    place = Place(_free("place", things), _as_texts(known.names), known.country, known.key)
    return place.id, (*things, place)


def _with_organisation(
    things: tuple[Thing, ...], known: KnownOrganisation, gazetteer: Gazetteer
) -> Found:
    place = gazetteer.places.get(known.place or "")
    seat = None
    if place is not None:
        seat, things = _with_place(things, place)
    organisation = Organisation(
        _free("organisation", things),
        _as_texts(known.names),
        known.kind,
        seat,
        known.country or (place.country if place else None),
        known.key,
    )
    return organisation.id, (*things, organisation)


def _as_texts(names: Names) -> tuple[Text, ...]:
    return tuple(Text(listed[0], language) for language, listed in names.items())


def _free(kind: str, things: tuple[Thing, ...]) -> Id:
    taken = {thing.id.name for thing in things}
    number = next(n for n in range(1, len(things) + 2) if f"{kind}-{n}" not in taken)
    return Id(f"{kind}-{number}")
