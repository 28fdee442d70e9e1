"""What eugraph itself says in the languages it publishes: names of events, notes on discrepancies.

The sentences are data (`data/wording/<language>.toml`), the words for
properties and concepts are those of the ontology, the names of countries and
languages are CLDR's. What a release says is never put into words here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SKOS

from eugraph.shipped import shipped
from eugraph.vocabulary import VOCAB

LANGUAGES = ("en", "lv")
"""The languages in which labels and notes are published."""


_LOCALES = {"en": "en_GB"}
"""Where a language is written in several ways, the way that is meant."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language, by section and name."""

    language: str
    sections: Mapping[str, Mapping[str, str]]
    conjunction: str

    def sentence(self, section: str, name: str, **words: str) -> str:
        """Return a sentence with its words filled in."""
        return self.sections[section][name].format(**words)

    def noun(self, noun: str) -> str:
        """Return the word for an event noun; an unlisted one stays as it is, hyphens as spaces."""
        return self.sections["noun"].get(noun, noun.replace("-", " "))

    def enumeration(self, words: Iterable[str]) -> str:
        """Return words as a list: `a, b and c`."""
        *first, last = words
        return f"{', '.join(first)} {self.conjunction} {last}" if first else last

    def language_name(self, code: str) -> str:
        """Return the name of a language, by its ISO 639-1 code."""
        return str(Locale(self.language).languages.get(code, code))

    def country_name(self, code: str) -> str:
        """Return the name of a country, by its ISO 3166-1 alpha-2 code."""
        return str(Locale(self.language).territories.get(code, code))


@cache
def locale(language: str) -> Locale:
    """Return how numbers and dates are written in a published language (CLDR)."""
    return Locale.parse(_LOCALES.get(language, language))


@cache
def wording(language: str) -> Wording:
    """Return the wording of a published language."""
    return next(each for each in wordings() if each.language == language)


@cache
def wordings() -> tuple[Wording, ...]:
    """Return the wording of every published language."""
    return tuple(_load(language) for language in LANGUAGES)


def _load(language: str) -> Wording:
    table = tomllib.loads(shipped(f"data/wording/{language}.toml").read_text(encoding="utf-8"))
    conjunction = table.pop("and")
    return Wording(language, table, conjunction)


@cache
def terms_graph() -> Graph:
    """Return our ontology and concept schemes as one graph (as shipped, read once)."""
    graph = Graph()
    graph.parse(shipped("ontology/eugraph.ttl"))
    for path in sorted(shipped("ontology/vocab").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def concept_names() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the concepts of each of our schemes."""
    names: dict[str, list[str]] = {}
    for concept in terms_graph().subjects(SKOS.inScheme, None):
        scheme, _, name = str(concept).rpartition("/")
        names.setdefault(scheme.rpartition("/")[2], []).append(name)
    return {scheme: tuple(sorted(listed)) for scheme, listed in names.items()}


def _defining(term: URIRef) -> Graph:
    """Return a graph that describes a term: of a concept its scheme alone, for all take long."""
    path = shipped("ontology/vocab") / f"{term.removeprefix(VOCAB).partition('/')[0]}.ttl"
    return _scheme(path) if term.startswith(VOCAB) and path.exists() else terms_graph()


@cache
def _scheme(path: Path) -> Graph:
    return Graph().parse(path)


@cache
def label(term: URIRef, language: str) -> str:
    """Return the label of one of our terms or concepts, else the last part of its IRI."""
    graph = _defining(term)
    for predicate in (SKOS.prefLabel, RDFS.label):
        for found in graph.objects(term, predicate):
            if getattr(found, "language", None) == language:
                return str(found)
    return term.rpartition("#")[2].rpartition("/")[2]
