"""What the drawings need to speak: wording, names of things, and where to read about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from eugraph.editions import Edition
from eugraph.search import Index
from eugraph.server.addresses import leads
from eugraph.server.interface import Translate, translator
from eugraph.server.source import Source

Names = Mapping[str, tuple[str, str]]
Href = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `href` is empty where there is nothing to read about it."""

    text: str
    href: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """Calls things by their names in `language`, and knows where to read about them."""

    language: str
    names: Names
    href: Href

    @classmethod
    def of(cls, source: Source, edition: Edition, iris: Iterable[str], language: str) -> Labels:
        """Return a teller for the things `iris` of `edition`; a country leads to its projects."""
        names = Index(edition.search).names(iris, language=language)
        return cls(language, names, leads(source, edition))

    @property
    def translate(self) -> Translate:
        """What says the sentences of the pages."""
        return translator(self.language)

    def name(self, iri: str) -> str:
        """Return what to call a thing."""
        return self.names[iri][0] if iri in self.names else iri.rpartition("/")[2]

    def tag(self, iri: str) -> str | None:
        """Return the language of a name where it is not the reader's."""
        tag = self.names[iri][1] if iri in self.names else ""
        return tag if tag not in {"", self.language} else None

    def cell(self, iri: str) -> Cell:
        """Return the cell that names a thing, with the language of the name if it is foreign."""
        return Cell(self.name(iri), self.href(iri), self.tag(iri) or "")

    def projects(self, count: int) -> str:
        """Return a number of projects in words."""
        return self.translate("overview.projects", count=count)
