"""How many there are of what in a store: for VoID, the catalogue and the pages.

Counted once, when an edition is made, and kept with it: the questions read
every triple, which no request should have to wait for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from rdflib.term import Literal

from eugraph.store.store import Store
from eugraph.vocabulary import PROLOGUE

COUNTRIES: Final = "eug:involvesCountry|eug:organisationCountry|eug:locationCountry"
LANGUAGES: Final = "dcterms:language"
"""The paths that lead to countries and languages."""

DAYS = "eug:startDate|eug:endDate"
"""The path that leads from a project or an event to its days."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of an edition.

    `classes` and `properties` map IRIs to instances and triples, `examples`
    a class to its first instance. `countries` and `languages` map the
    concepts that occur to their labels by language. `first_day` and
    `last_day` bound the dates of projects and events, empty if there is none.
    """

    triples: int
    subjects: int
    objects: int
    classes: Mapping[str, int] = field(default_factory=dict)
    properties: Mapping[str, int] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    first_day: str = ""
    last_day: str = ""


def count(store: Store) -> Statistics:
    """Return the numbers of `store`."""
    classes = _by_iri(store, "SELECT ?key (COUNT(?s) AS ?n) { ?s a ?key } GROUP BY ?key")
    properties = _by_iri(store, "SELECT ?key (COUNT(*) AS ?n) { ?s ?key ?o } GROUP BY ?key")
    first_day, last_day = days_of(store)
    return Statistics(
        triples=sum(properties.values()),
        subjects=_number(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        objects=_number(store, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        classes=classes,
        properties=properties,
        examples={key: first_instance(store, key) for key in classes},
        countries=labelled(store, COUNTRIES),
        languages=labelled(store, LANGUAGES),
        first_day=first_day,
        last_day=last_day,
    )


def days_of(store: Store) -> tuple[str, str]:
    """Return the first and the last day of projects and events, empty if there is none."""
    query = f"""SELECT (MIN(STR(?d)) AS ?first) (MAX(STR(?d)) AS ?last) {{
        ?activity a ?class ; {DAYS} ?d
        VALUES ?class {{ eug:Project eug:Event }} }}"""
    days = next(_rows(store, query))
    return days.get("first", ""), days.get("last", "")


def first_instance(store: Store, class_: str) -> str:
    """Return the first instance of a class, by its IRI."""
    query = f"SELECT (MIN(STR(?s)) AS ?key) {{ ?s a <{class_}> }}"
    return next(_rows(store, query))["key"]


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    for row in store.select(PROLOGUE + query):
        yield {name: str(value) for name, value in row.items()}


def _number(store: Store, query: str) -> int:
    return int(next(_rows(store, query))["n"])


def _by_iri(store: Store, query: str) -> dict[str, int]:
    return {row["key"]: int(row["n"]) for row in sorted(_rows(store, query), key=_key)}


def _key(row: dict[str, str]) -> str:
    return row.get("key", "")


def labelled(store: Store, path: str, among: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """Return the concepts that `path` leads to, each with its labels by language; or some `among`.

    That they are led to is asked of these one by one: of a country there may be many thousands.
    """
    keys = " ".join(f"<{iri}>" for iri in among)
    leading = f"?subject {path} ?key FILTER(isIRI(?key))"
    if keys:
        leading = f"VALUES ?key {{ {keys} }} FILTER EXISTS {{ ?subject {path} ?key }}"
    query = f"""
        SELECT DISTINCT ?key ?label {{
          {{ SELECT DISTINCT ?key {{ {leading} }} }}
          OPTIONAL {{ ?key skos:prefLabel|rdfs:label ?label }} }}"""
    found: dict[str, dict[str, str]] = {}
    for row in store.select(PROLOGUE + query):
        labels = found.setdefault(str(row["key"]), {})
        label = row.get("label")
        if isinstance(label, Literal) and label.language:
            labels[label.language] = str(label)
    return {key: dict(sorted(labels.items())) for key, labels in sorted(found.items())}
