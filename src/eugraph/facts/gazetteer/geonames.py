"""Places at large: an index of GeoNames, asked where a place is thought to stand.

Names of towns are also common words (`March`, `Union`) and the same name is
borne by many towns, so the index is never searched for what may be a place:
it is asked for a name that a rule has read as a place's, in the countries the
release names. A name is looked up as written, then without the endings of its
language, then by likeness; the first that answers decides, and where several
places answer, the most populous only if it is far ahead of the others.

Likeness is left out where the text is in a language of the country: a town's
neighbours spell it right, and the name that is nearly a town's is another
village's. And a famous namesake elsewhere forbids an answer, unless the text
gives the country: “Strasbourg” is not Strasburg in a release that names Germany.

The index is one SQLite file, compiled by `eugraph.facts.gazetteer.geonames_compile`. It
is opened when first asked, read-only, once in each process.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex
from anyascii import anyascii
from babel.languages import get_official_languages
from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from eugraph.errors import DataError
from eugraph.facts.language.words import fold

FORMAT = 1
"""The form of the index (SQLite's `user_version`); another one is not read."""

_FAR_AHEAD = 10
"""So many times the population of the next, and nobody means the next."""
_ALIKE = 0.79
_MARGIN = 0.05
_SHORTEST_ALIKE = 6
_SHORTEST_STEM = 3
_SHORTEST_BEGINNING = 4
_LONGEST_NAME = 80
_SHORTEST_ABROAD = 5
_LONGEST_CASE = 3
_BETWEEN = regex.compile(r"[^a-z0-9]+")
_NUMBERED = regex.compile(r".+-(\d{1,12})")


def plain(name: str) -> str:
    """Return `name` as names are compared: Latin letters without marks or case, single blanks."""
    return _BETWEEN.sub(" ", anyascii(name).lower()).strip()


class Populated(Struct, frozen=True):
    """A populated place: its GeoNames id, main name, country and population (0: unknown)."""

    id: int
    name: str
    country: str
    population: int


class Asked(Struct, frozen=True):
    """A name that a rule has read as a place's, and what the text gives to tell which one.

    `stated` says that the country stands beside the name; else `countries` are
    those the release names. `endings` are those of the text's `language`,
    folded (`eugraph.facts.words.fold`). With `alike` a likeness may decide.
    """

    name: str
    countries: tuple[str, ...]
    stated: bool = False
    language: str = ""
    endings: frozenset[str] = frozenset()
    alike: bool = True


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """The index at `path`. Equal paths are equal indices; a copy in another process opens its own.

    Asking raises `DataError` if the file is missing, damaged or of another form.
    """

    path: Path

    def find(self, asked: Asked) -> Populated | None:
        """Return the place that is asked for, if its name means just one."""
        return _find(self, asked) if len(asked.name) <= _LONGEST_NAME else None

    def key(self, place: Populated) -> str:
        """Return the key of `place`: country and name, with its id if the name means another."""
        words = plain(place.name)
        key = f"{place.country.lower()}-{words.replace(' ', '-')}"
        return key if _meant(self, words, place.country) == place else f"{key}-{place.id}"

    def place(self, key: str) -> Populated | None:
        """Return the place of `key`, if it is the key of one."""
        country, _, words = key.partition("-")
        found = [_meant(self, words.replace("-", " "), country.upper())]
        if numbered := _NUMBERED.fullmatch(words):
            found += _places(self.path, "SELECT * FROM place WHERE id = ?", (int(numbered[1]),))
        return next((place for place in found if place and self.key(place) == key), None)

    def is_name(self, place: Populated, name: str) -> bool:
        """Return whether `name` is a name of `place` in GeoNames, but for marks and case."""
        return place in _named(self, plain(name))

    def named(self, words: str) -> tuple[Populated, ...]:
        """Return the places of all countries that bear the name `words`, in plain letters."""
        return _named(self, words)


@lru_cache(maxsize=4096)
def _find(index: PlaceIndex, asked: Asked) -> Populated | None:
    words = plain(asked.name)
    everywhere = _named(index, words)
    inside = [place for place in everywhere if place.country in asked.countries]
    outside = [place for place in everywhere if place not in inside and not asked.stated]
    if inside:
        found = _most_meant(inside, words)
    else:
        found = _inflected(index, asked)
        if found is None and asked.alike and not outside:
            found = _resembling(index, asked)
    if found is not None and not inside and not asked.stated:
        outside += [place for stem in _stems(asked) for place in _named(index, stem)]
    famous = found is not None and any(_far_ahead(place, found) for place in outside)
    return None if famous else found


def _stems(asked: Asked) -> Iterator[str]:
    """Yield a name without up to three letters at its end: it may be that of a place abroad."""
    words = plain(asked.name)
    for length in range(1, _LONGEST_CASE + 1):
        if len(words) - length >= _SHORTEST_ABROAD:
            yield words[:-length]


def _far_ahead(one: Populated, other: Populated) -> bool:
    return one.population >= _FAR_AHEAD * max(other.population, 1)


def _most_meant(places: Iterable[Populated], words: str) -> Populated | None:
    """Return the place far ahead of the others; of two countries' towns, the one of that main name.

    Valka and Valga are two towns, each also called as the other.
    """
    by_country: dict[str, list[Populated]] = {}
    for place in places:
        by_country.setdefault(place.country, []).append(place)
    clear = [_ahead(group) for group in by_country.values()]
    found = [place for place in clear if place is not None]
    if len(found) < len(clear):
        return None
    return _ahead(found) or _ahead([place for place in found if plain(place.name) == words])


def _ahead(places: Sequence[Populated]) -> Populated | None:
    if not places:
        return None
    first, *others = sorted(places, key=lambda place: (-place.population, place.id))
    return first if not others or _far_ahead(first, others[0]) else None


@lru_cache(maxsize=4096)
def _meant(index: PlaceIndex, words: str, country: str) -> Populated | None:
    return _ahead([place for place in _named(index, words) if place.country == country])


def _inflected(index: PlaceIndex, asked: Asked) -> Populated | None:
    """Look a name up without the endings it may have, the shortest first."""
    folded = fold(asked.name)
    for length in range(1, max(map(len, asked.endings), default=0) + 1):
        if len(folded) - length < _SHORTEST_STEM:
            return None
        if folded[-length:] in asked.endings:
            stem = plain(folded[:-length])
            found = {
                place for country in asked.countries for place in _beginning(index, stem, country)
            }
            if found:
                return _most_meant(found, stem)
    return None


def _beginning(index: PlaceIndex, stem: str, country: str) -> Iterator[Populated]:
    """Yield the places called `stem`, else those called so but for an ending."""
    exact = [place for place in _named(index, stem) if place.country == country]
    if exact or len(stem) < _SHORTEST_BEGINNING:
        yield from exact
        return
    # every name is made of blanks, digits and letters up to z, so "{" comes after all that begin so
    yield from _places(
        index.path,
        "SELECT * FROM place WHERE id IN (SELECT place FROM name WHERE country = ? AND words > ?"
        " AND words < ? AND length(words) <= ? AND instr(substr(words, ?), ' ') = 0)",
        (country, stem, stem + "{", len(stem) + _LONGEST_CASE, len(stem)),
    )


def _resembling(index: PlaceIndex, asked: Asked) -> Populated | None:
    """Return the place whose name is most like the one asked for, if no other is about as like."""
    words = plain(asked.name)
    if len(words) < _SHORTEST_ALIKE:
        return None
    scores: dict[Populated, float] = {}
    for country in asked.countries:
        if asked.language in get_official_languages(country):
            continue
        for like, score, _ in process.extract(
            words,
            _names(index.path, country, words[0], len(words)),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_ALIKE,
        ):
            for place in _named(index, like):
                if place.country == country:
                    scores[place] = max(score, scores.get(place, 0))
    best = max(scores.values(), default=0)
    return _ahead([place for place, score in scores.items() if score > best - _MARGIN])


@lru_cache(maxsize=4096)
def _named(index: PlaceIndex, words: str) -> tuple[Populated, ...]:
    return tuple(
        _places(
            index.path,
            "SELECT * FROM place WHERE id IN (SELECT place FROM name"
            " WHERE country IN (SELECT code FROM country) AND words = ?) ORDER BY id",
            (words,),
        )
    )


@lru_cache(maxsize=1024)
def _names(path: Path, country: str, letter: str, length: int) -> tuple[str, ...]:
    """Return the names in a country that begin with a letter and are about as long as `length`."""
    statement = (
        "SELECT DISTINCT words FROM name WHERE country = ? AND words >= ? AND words < ?"
        " AND length(words) BETWEEN ? AND ?"
    )
    after = chr(ord(letter) + 1)
    values = (country, letter, after, int(length * _ALIKE), int(length / _ALIKE) + 1)
    return tuple(row[0] for row in _rows(path, statement, values))


def _places(path: Path, statement: str, values: tuple[object, ...]) -> Iterator[Populated]:
    return (Populated(*row) for row in _rows(path, statement, values))


def _rows(path: Path, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
    try:
        return _connection(path, os.getpid()).execute(statement, values).fetchall()
    except sqlite3.Error as error:
        raise DataError(path.name, f"cannot be read ({error}); compile it again") from error


@lru_cache(maxsize=8)
def _connection(path: Path, process_id: int) -> sqlite3.Connection:  # noqa: ARG001
    """Open the index for this process: a connection does not outlive a fork."""
    if not path.is_file():
        raise DataError(path.name, "the file is missing")
    # nobody writes the file while it is read: no locks, and all processes share its pages
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form != FORMAT:
        raise DataError(path.name, f"is of form {form}, not {FORMAT}; compile it again")
    return connection
