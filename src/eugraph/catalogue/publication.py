"""What is published, by whom, and where: all that a catalogue needs to know."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from babel import Locale
from rdflib import Literal, URIRef

from eugraph.shipped import shipped
from eugraph.store import Statistics
from eugraph.triples.codes import language_of_code

LATEST: Final = "latest"
"""Where the files of the current edition are, under `download/`."""

_STEM: Final = "eugraph."


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file for download.

    `name` is that of the file, `media_type` that of its content, `packed` that
    of the file if it is packed, `size` its bytes, `sha256` its digest. `table`
    names what it holds by language, if that is not the whole dataset.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    packed: str = ""
    table: Mapping[str, str] = field(default_factory=dict)

    @property
    def extension(self) -> str:
        """The extension of what it holds, whether packed or not."""
        return self.name.split(".")[1]

    @property
    def fragment(self) -> str:
        """What tells it from the others: `ttl`, `ttl.gz`, `projects.csv`."""
        return self.name.removeprefix(_STEM)


@dataclass(frozen=True, slots=True)
class Publication:
    """One edition as it is published.

    `base_url` is the public address of the service, ending in a slash. `issued`
    and `modified` are ISO 8601 times with their zone: of the first edition
    and of this one. `limits` maps settings that bound a query to their values.
    `folder` is where its files are, under `download/`. `versions` are the
    dated editions, oldest first; a version has none itself.
    """

    base_url: str
    publisher_name: str
    publisher_url: str
    publisher_type: str
    contact_name: str
    contact_email: str
    licence: str
    issued: str
    modified: str
    version: str
    statistics: Statistics
    distributions: tuple[Distribution, ...] = ()
    named_graphs: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    folder: str = LATEST
    versions: tuple[Publication, ...] = ()

    def at(self, path: str) -> URIRef:
        """Return the IRI of `path` at this service."""
        return URIRef(self.base_url + path)

    def download(self, distribution: Distribution) -> URIRef:
        """Return the address of a file."""
        return self.at(f"download/{self.folder}/{distribution.name}")

    @property
    def catalogue(self) -> URIRef:
        """The IRI of the catalogue."""
        return self.at("catalog")

    @property
    def dataset(self) -> URIRef:
        """The IRI of the dataset, or of this version of it."""
        return self.at("catalog#dataset" if self.folder == LATEST else f"{self._files}#dataset")

    @property
    def landing_page(self) -> URIRef:
        """The page that tells of it."""
        return self.at("" if self.folder == LATEST else self._files)

    @property
    def service(self) -> URIRef:
        """The IRI of the SPARQL service."""
        return self.at("sparql#service")

    def part(self, name: str) -> URIRef:
        """Return the IRI of a node that tells of this edition, such as a distribution."""
        return self.at(f"{'catalog' if self.folder == LATEST else self._files}#{name}")

    @property
    def languages(self) -> Mapping[str, Mapping[str, str]]:
        """The languages it is in: IRI in the EU's table → names by language, as CLDR has them."""
        return {
            iri: self.statistics.languages[iri] or _named(iri) for iri in self.statistics.languages
        }

    @property
    def language_tags(self) -> list[str]:
        """The languages it is in, by their BCP 47 tags."""
        tags = (language_of_code(_code(iri)) for iri in self.statistics.languages)
        return [tag for tag in tags if tag]

    def texts(self, name: str) -> Mapping[str, str]:
        """Return its `title` or its `description` by language."""
        texts: Mapping[str, str] = wording()["dataset"][name]
        if self.folder == LATEST:
            return texts
        template = wording()["version"][name]
        return {
            tag: template.get(tag, "{text}").format(text=text, version=self.version)
            for tag, text in texts.items()
        }

    @property
    def _files(self) -> str:
        return f"download/{self.folder}/"


def _code(iri: str) -> str:
    return iri.rpartition("/")[2]


def _named(language: str) -> Mapping[str, str]:
    tag = language_of_code(_code(language))
    names = {each: Locale(each).languages.get(tag) for each in wording()["dataset"]["title"]}
    return {each: str(name) for each, name in names.items() if name}


@cache
def wording() -> Mapping[str, Any]:
    """Return what `data/catalogue.toml` says."""
    return tomllib.loads(shipped("data/catalogue.toml").read_text(encoding="utf-8"))


def keywords(language: str) -> list[str]:
    """Return the keywords of the dataset in a language."""
    words: list[str] = wording()["dataset"]["keywords"].get(language, [])
    return words


def format_label(distribution: Distribution) -> str:
    """Return what a file's format is called, whether packed or not."""
    label: str = wording()["formats"][distribution.extension]["label"]
    return label


def in_languages(texts: Mapping[str, str]) -> Iterator[Literal]:
    """Yield each text with its language."""
    return (Literal(text, lang=language) for language, text in texts.items())
