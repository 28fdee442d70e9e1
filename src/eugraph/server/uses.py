"""Where the terms of a vocabulary are used: an example of each, and how often concepts are.

How often classes and properties are used is counted when an edition is made
(`eugraph.store.statistics`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eugraph.editions import Edition
from eugraph.server.source import Cell, Source
from eugraph.vocabulary import PROLOGUE


@dataclass(frozen=True, slots=True)
class Use:
    """A triple that uses a term, and how many there are, if they were counted."""

    subject: Cell
    value: Cell
    times: int | None = None


def uses_of_properties(
    source: Source, edition: Edition, properties: Iterable[str]
) -> Mapping[str, Use]:
    """Return a triple with each of `properties` that there is one with, by the property's IRI."""
    parts = " UNION ".join(
        f"{{ SELECT (<{each}> AS ?term) ?subject ?value {{ ?subject <{each}> ?value }} LIMIT 1 }}"
        for each in sorted(properties)
    )
    if not parts:
        return {}
    rows = source.rows(edition, f"SELECT ?term ?subject ?value {{ {parts} }}")
    return {row["term"]["value"]: Use(row["subject"], row["value"]) for row in rows}


def uses_of_concepts(
    source: Source, edition: Edition, concepts: Iterable[str]
) -> Mapping[str, Use]:
    """Return what has each of `concepts` as a value, and how many such triples there are.

    An assertion of a triple says the same once more, so it is not counted.
    """
    terms = " ".join(f"<{each}>" for each in sorted(concepts))
    if not terms:
        return {}
    query = f"""{PROLOGUE}SELECT ?term (MIN(STR(?s)) AS ?subject) (COUNT(?s) AS ?times) {{
        VALUES ?term {{ {terms} }}
        ?s ?predicate ?term FILTER(?predicate NOT IN (rdf:object, skos:hasTopConcept))
        }} GROUP BY ?term"""
    return {
        row["term"]["value"]: Use(
            {"type": "uri", "value": row["subject"]["value"]},
            row["term"],
            int(row["times"]["value"]),
        )
        for row in source.rows(edition, query)
    }
