"""What is published, by whom, and where: all that a catalogue needs to know."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rdflib import Literal, URIRef

from eugraph.shipped import shipped
from eugraph.store import Statistics


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file for download: its extension, media type, size in bytes and SHA-256."""

    extension: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One edition as it is published.

    `base_url` is the public address of the service, ending in a slash. `issued`
    and `modified` are ISO 8601 times with their zone: of the first edition
    and of this one. `limits` maps settings that bound a query to their values.
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

    def at(self, path: str) -> URIRef:
        """Return the IRI of `path` at this service."""
        return URIRef(self.base_url + path)

    def download(self, distribution: Distribution) -> URIRef:
        """Return the address of a file."""
        return self.at(f"download/latest/eugraph.{distribution.extension}")

    @property
    def catalogue(self) -> URIRef:
        """The IRI of the catalogue."""
        return self.at("catalog")

    @property
    def dataset(self) -> URIRef:
        """The IRI of the dataset."""
        return self.at("catalog#dataset")

    @property
    def service(self) -> URIRef:
        """The IRI of the SPARQL service."""
        return self.at("sparql#service")


@cache
def wording() -> Mapping[str, Any]:
    """Return what `data/catalogue.toml` says."""
    return tomllib.loads(shipped("data/catalogue.toml").read_text(encoding="utf-8"))


def in_languages(texts: Mapping[str, str]) -> Iterator[Literal]:
    """Yield each text with its language."""
    return (Literal(text, lang=language) for language, text in texts.items())
