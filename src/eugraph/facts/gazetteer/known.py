"""The gazetteer: countries, funding schemes, places and organisations known by name.

Country names come from CLDR; `countries.toml` adds the codes of the EU's
authority table, links, and how people write countries besides. The other three
are curated lists. What they do not know is still read; what they know has a
key for good, labels in English and Latvian, and links. Places that are not
curated may be known to `geonames.sqlite`: by one name, without its language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar, cast

from babel import Locale, UnknownLocaleError

from eugraph.errors import DataError
from eugraph.facts.gazetteer.geonames import Asked, PlaceIndex, Populated
from eugraph.facts.language.words import fold
from eugraph.releases.language import alphabets
from eugraph.toml_file import read_toml

LEVELS = ("programme", "edition", "strand", "measure")
"""The levels of funding schemes, from the whole to the part."""

Names = Mapping[str, tuple[str, ...]]
"""Names by language (ISO 639-1), the one to be published first."""


@dataclass(frozen=True, slots=True)
class KnownCountry:
    """A country: ISO 3166-1 alpha-2 code, code in the EU's country authority table, Wikidata id."""

    code: str
    authority: str
    wikidata: str | None = None
    written: tuple[str, ...] = ()
    """Other ways to write it, in any language."""
    misspelt: tuple[str, ...] = ()
    """Wrong ways to write it that are met."""


@dataclass(frozen=True, slots=True)
class KnownScheme:
    """A funding scheme; `parent` is the scheme it is part of.

    `names` are published, `written` are other ways to write it. `number` is a
    strand's or measure's number within its programme. A programme that is
    funded by another body than the European Union says so in `owner`.
    """

    key: str
    level: str
    names: Names
    parent: str | None = None
    number: str | None = None
    first: date | None = None
    last: date | None = None
    written: tuple[str, ...] = ()
    notation: str | None = None
    authority: str | None = None
    owner: str | None = None
    fund: bool = False
    """Whether it is a fund that pays for programmes, such as the Cohesion Fund."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place, curated or of GeoNames: its key (`gr-korydallos`), names, country, GeoNames id."""

    key: str
    country: str
    names: Names
    written: tuple[str, ...] = ()
    geonames: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """A curated organisation; `place` is the key of the place whose organisation it is."""

    key: str
    names: Names
    kind: str | None = None
    place: str | None = None
    country: str | None = None
    written: tuple[str, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is known by name, each by its key."""

    countries: Mapping[str, KnownCountry]
    schemes: Mapping[str, KnownScheme]
    places: Mapping[str, KnownPlace]
    organisations: Mapping[str, KnownOrganisation]
    geonames: PlaceIndex
    """Places at large; `places` are the curated ones alone."""
    given_names: frozenset[str] = frozenset()
    """Given names of people, folded: what begins with one may be a person."""

    def place(self, key: str | None) -> KnownPlace | None:
        """Return the place of a key: a curated one, else the one of GeoNames, if there is one."""
        if not key or key in self.places:
            return self.places.get(key or "")
        found = self.geonames.place(key)
        return self._known(found) if found else None

    def locate(self, asked: Asked) -> KnownPlace | None:
        """Return the place of GeoNames that is asked for; where it is curated, as curated."""
        found = self.geonames.find(asked)
        return self._known(found) if found else None

    def spells(self, place: KnownPlace, name: str) -> bool:
        """Return whether `name` is a name of a place of GeoNames, but for marks and case."""
        found = self.geonames.place(place.key)
        return found is not None and self.geonames.is_name(found, name)

    def _known(self, found: Populated) -> KnownPlace:
        key = self.geonames.key(found)
        names = {"en": (found.name,)}
        made = KnownPlace(key, found.country, names, geonames=str(found.id))
        same = (place for place in self.places.values() if place.geonames == made.geonames)
        return self.places.get(key) or next(same, made)

    def lineage(self, key: str) -> tuple[KnownScheme, ...]:
        """Return a scheme and all it is part of, from the part to the whole."""
        line = [self.schemes[key]]
        while (parent := line[-1].parent) is not None:
            line.append(self.schemes[parent])
        return tuple(line)

    def programme(self, key: str) -> KnownScheme:
        """Return the programme that a scheme belongs to; of a programme, itself."""
        return self.lineage(key)[-1]


def country_names(language: str) -> Mapping[str, str]:
    """Return CLDR's names of countries in `language` by alpha-2 code; empty if it has none."""
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha()}  # noqa: PLR2004


def is_country(name: str) -> bool:
    """Return whether a name is that of a country in some language, whatever the text is in."""
    return not name.isupper() and fold(name) in _countries_in_any_language()


@cache
def _countries_in_any_language() -> frozenset[str]:
    return frozenset(
        fold(name) for language in alphabets() for name in country_names(language).values()
    )


def load_gazetteer(folder: Path) -> Gazetteer:
    """Return the gazetteer in `folder`; raises `DataError` if one of its files is malformed."""
    gazetteer = Gazetteer(
        countries=_load(folder / "countries.toml", _country),
        schemes=_load(folder / "programmes.toml", _scheme),
        places=_load(folder / "places.toml", _place),
        organisations=_load(folder / "organisations.toml", _organisation),
        geonames=PlaceIndex(folder / "geonames.sqlite"),
        given_names=_given_names(folder / "given-names.txt"),
    )
    _check_references(gazetteer)
    return gazetteer


def _given_names(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, ValueError) as error:
        raise DataError(path.name, f"cannot be read ({error})") from error


T_co = TypeVar("T_co", covariant=True)


class _Maker(Protocol[T_co]):
    def __call__(self, key: str, row: _Row) -> T_co: ...


@dataclass(frozen=True, slots=True)
class _Row:
    """One table of a file, taken field by field; what is left over is a mistake."""

    file: str
    key: str
    data: dict[str, object]

    def text(self, name: str) -> str | None:
        value = self.data.pop(name, None)
        if value is not None and not (isinstance(value, str) and value):
            raise DataError(self.file, f"{self.key}: {name} has to be a text in quotes")
        return value

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise DataError(self.file, f"{self.key}: {name} is missing")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.data.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise DataError(self.file, f"{self.key}: {name} has to be a list of texts in quotes")
        return tuple(cast("list[str]", value))

    def flag(self, name: str) -> bool:
        value = self.data.pop(name, False)
        if not isinstance(value, bool):
            raise DataError(self.file, f"{self.key}: {name} has to be true or false")
        return value

    def day(self, name: str) -> date | None:
        value = self.data.pop(name, None)
        if value is not None and not isinstance(value, date):
            raise DataError(self.file, f"{self.key}: {name} has to be a date like 2014-01-01")
        return value

    def names(self) -> Names:
        value = self.data.pop("names", None)
        if not isinstance(value, dict) or not value:
            raise DataError(self.file, f'{self.key}: names is missing, such as {{ en = "…" }}')
        names = {}
        for language, listed in value.items():
            both = [listed] if isinstance(listed, str) else listed
            if not isinstance(both, list) or not both or not all(isinstance(n, str) for n in both):
                raise DataError(self.file, f"{self.key}: names.{language} has to be a text")
            names[language] = tuple(both)
        return names

    def close(self) -> None:
        if self.data:
            raise DataError(self.file, f"{self.key}: unknown field {min(self.data)!r}")


def _load(path: Path, make: _Maker[T_co]) -> dict[str, T_co]:
    loaded = {}
    for key, data in read_toml(path).items():
        if not isinstance(data, dict):
            raise DataError(path.name, f"{key} has to be a table")
        row = _Row(path.name, key, dict(data))
        loaded[key] = make(key, row)
        row.close()
    return loaded


def _country(key: str, row: _Row) -> KnownCountry:
    return KnownCountry(
        key,
        row.needed("authority"),
        row.text("wikidata"),
        row.texts("written"),
        row.texts("misspelt"),
    )


def _scheme(key: str, row: _Row) -> KnownScheme:
    level = row.needed("level")
    if level not in LEVELS:
        raise DataError(row.file, f"{key}: level has to be one of {', '.join(LEVELS)}")
    return KnownScheme(
        key,
        level,
        row.names(),
        parent=row.text("parent"),
        number=row.text("number"),
        first=row.day("from"),
        last=row.day("to"),
        written=row.texts("written"),
        notation=row.text("notation"),
        authority=row.text("authority"),
        owner=row.text("owner"),
        fund=row.flag("fund"),
    )


def _place(key: str, row: _Row) -> KnownPlace:
    return KnownPlace(
        key,
        row.needed("country"),
        row.names(),
        written=row.texts("written"),
        geonames=row.text("geonames"),
        wikidata=row.text("wikidata"),
    )


def _organisation(key: str, row: _Row) -> KnownOrganisation:
    return KnownOrganisation(
        key,
        row.names(),
        kind=row.text("kind"),
        place=row.text("place"),
        country=row.text("country"),
        written=row.texts("written"),
        wikidata=row.text("wikidata"),
    )


def _check_references(gazetteer: Gazetteer) -> None:
    for key, scheme in gazetteer.schemes.items():
        above = gazetteer.schemes.get(scheme.parent or "")
        if scheme.parent and above is None:
            raise DataError("programmes.toml", f"{key}: its parent {scheme.parent!r} is not there")
        if above and LEVELS.index(above.level) > LEVELS.index(scheme.level):
            raise DataError("programmes.toml", f"{key}: its parent is of a lower level")
    for key, organisation in gazetteer.organisations.items():
        if organisation.place and organisation.place not in gazetteer.places:
            raise DataError("organisations.toml", f"{key}: no place {organisation.place!r}")
    coded = [("places.toml", place.key, place.country) for place in gazetteer.places.values()]
    coded += [
        ("organisations.toml", known.key, known.country)
        for known in gazetteer.organisations.values()
        if known.country
    ]
    for file, key, country in coded:
        if country not in gazetteer.countries:
            raise DataError(file, f"{key}: no country {country!r}")
