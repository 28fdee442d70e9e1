"""Names that are nearly the same: of projects and schemes (X10), of organisations (X11).

SPARQL can fold neither diacritics nor inflection, and has no measure of
likeness. Names are folded to ASCII in lower case; of a word its first letters
decide, since the languages of the releases inflect at the end. Likeness is
rapidfuzz's ratio of the sorted words, of all and of those that differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from anyascii import anyascii
from rapidfuzz import fuzz
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from eugraph.validation.dates import PROGRAM
from eugraph.validation.finding import Result, Severity
from eugraph.validation.sense import Ask, portions
from eugraph.vocabulary import PROLOGUE

_WORD = re.compile(r"[a-z0-9]+")
_STEM = 5
"""How many letters of a word are compared where it may be inflected."""

_PHRASE = 3
"""From how many words on a scheme's name inside a title is no accident."""

_ALIKE = 92
"""The ratio from which two names of organisations are nearly the same, of 100."""

_ALIKE_IN_DISTINCTIVE_WORDS = 85
"""The ratio that the words which tell the two apart need: the municipalities of Senica and Snina
have most of their letters in common, and their towns do not."""

_TITLES = "SELECT ?project ?title WHERE { ?project a eug:Project ; dcterms:title ?title }"
_SCHEMES = "SELECT ?label WHERE { ?scheme a eug:FundingScheme ; skos:prefLabel ?label }"
_AT_HOME = "SELECT ?country WHERE { ?organisation eug:organisationCountry ?country }"
_ORGANISATIONS = """SELECT ?organisation ?country ?name WHERE {
    ?organisation a org:Organization ; eug:organisationCountry ?country ;
        skos:prefLabel|skos:altLabel ?name }"""


def check_names(ask: Ask, among: Mapping[str, Collection[Node]] | None = None) -> Iterator[Result]:
    """Yield titles that are the name of a scheme, and organisations that may be the same.

    With `among`, titles of those projects only, and pairs with one of those
    organisations; by the id of the shape.
    """
    yield from _check_titles(ask, None if among is None else among["X10"])
    yield from _check_organisations(ask, None if among is None else among["X11"])


def _check_titles(ask: Ask, among: Collection[Node] | None) -> Iterator[Result]:
    labels = {_stems(row["label"]) for row in ask(PROLOGUE + _SCHEMES)}
    for row in _about(_TITLES, "?project", among, ask):
        if any(_names(label, _stems(row["title"])) for label in labels):
            severity, path, value = Severity.WARNING, DCTERMS.title, row["title"]
            yield Result("X10", severity, row["project"], PROGRAM, path, value)


def _names(label: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Tell whether a title is the name of a scheme, or has such a name of several words in it."""
    if len(label) < _PHRASE:
        return label == title
    starts = range(len(title) - len(label) + 1)
    return any(title[start : start + len(label)] == label for start in starts)


def _check_organisations(ask: Ask, among: Collection[Node] | None) -> Iterator[Result]:
    countries = among
    if among is not None:
        countries = {row["country"] for row in _about(_AT_HOME, "?organisation", among, ask)}
    by_country: dict[Node, dict[Node, dict[str, Node]]] = defaultdict(lambda: defaultdict(dict))
    for row in _about(_ORGANISATIONS, "?country", countries, ask):
        by_country[row["country"]][row["organisation"]][_sorted(row["name"])] = row["name"]
    for organisations in by_country.values():
        for one, two in combinations(sorted(organisations, key=str), 2):
            if among is not None and one not in among and two not in among:
                continue
            if pair := _alike(organisations[one], organisations[two]):
                words = tuple(zip(("name", "other"), pair, strict=True))
                yield Result("X11", Severity.INFO, one, PROGRAM, None, two, words)


def _about(
    query: str, name: str, nodes: Collection[Node] | None, ask: Ask
) -> Iterator[Mapping[str, Node]]:
    """Yield the solutions of a query, of `nodes` in the place of `name` if they are given."""
    if nodes is None:
        yield from ask(PROLOGUE + query)
        return
    for values in portions(nodes):
        one_of = f"WHERE {{ VALUES {name} {{ {values} }}"
        yield from ask(PROLOGUE + query.replace("WHERE {", one_of, 1))


def _alike(ours: Mapping[str, Node], theirs: Mapping[str, Node]) -> tuple[Node, Node] | None:
    """Return the first two names of two organisations that are nearly the same."""
    for folded, name in sorted(ours.items()):
        for other_folded, other in sorted(theirs.items()):
            if fuzz.ratio(
                folded, other_folded, score_cutoff=_ALIKE
            ) and _alike_in_distinctive_words(folded.split(), other_folded.split()):
                return name, other
    return None


def _alike_in_distinctive_words(ours: list[str], theirs: list[str]) -> bool:
    """Tell whether the words that only one of two names has are nearly the same as well."""
    mine, others = (
        " ".join(word for word in one if word not in other)
        for one, other in ((ours, theirs), (theirs, ours))
    )
    return mine == others or fuzz.ratio(mine, others) >= _ALIKE_IN_DISTINCTIVE_WORDS


def _words(name: Node) -> Iterable[str]:
    return _WORD.findall(anyascii(str(name)).lower())


def _stems(name: Node) -> tuple[str, ...]:
    return tuple(word[:_STEM] for word in _words(name))


def _sorted(name: Node) -> str:
    return " ".join(sorted(_words(name)))
