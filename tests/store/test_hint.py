"""Hints for queries that find nothing."""

from __future__ import annotations

import pytest

from eugraph.store import Store
from eugraph.store.outline import Mention, mentions

EUG = "https://w3id.org/eugraph/ontology#"
LINES = "".join(
    sorted(
        [
            f'<https://x.eu/a> <{EUG}acronym> "TIDE" .\n',
            f'<https://x.eu/a> <{EUG}startDate> "2020-03-01"^^<http://www.w3.org/2001/XMLSchema#date> .\n',
            '<https://x.eu/a> <https://schema.org/name> "Rīgas dome"@lv .\n',
            '<https://x.eu/a> <https://schema.org/name> "Latvia"@en .\n',
            '<https://x.eu/q> <http://www.w3.org/ns/oa#exact> "Latvia" .\n',
        ]
    )
)
P = f"PREFIX eug: <{EUG}> PREFIX schema: <http://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "


@pytest.fixture(scope="module")
def store() -> Store:
    """Return a store of a few triples."""
    return Store.in_memory({"https://x.eu/g": LINES})


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ('SELECT * { ?s eug:acronym "TIDE"@en }', ['"TIDE"@en occurs nowhere in this edition; "TIDE" does.']),
        ('SELECT * { ?s eug:acronym "Tide" }', ['"Tide" occurs nowhere in this edition; "TIDE" does.']),
        ('SELECT * { ?s eug:acronym "tide "@en }', ['"tide "@en occurs nowhere in this edition; "TIDE" does.']),
        ("SELECT * { ?s ?p 'RĪGAS DOME' }", ['"RĪGAS DOME" occurs nowhere in this edition; "Rīgas dome"@lv does.']),
        ("SELECT * { ?s ?p 'Rīgas dome' }", ['"Rīgas dome" occurs nowhere in this edition; "Rīgas dome"@lv does.']),
        ("SELECT * { ?s ?p 'Rīgas \\u0064ome'@de }", ['"Rīgas dome"@de occurs nowhere in this edition; "Rīgas dome"@lv does.']),
        ('SELECT * { ?s ?p "2020-03-01" }', ['"2020-03-01" occurs nowhere in this edition; "2020-03-01"^^<http://www.w3.org/2001/XMLSchema#date> does.']),
        ("SELECT * { ?s eug:acronim ?o }", [f"<{EUG}acronim> occurs nowhere in this edition; <{EUG}acronym> does."]),
        ("SELECT * { ?s schema:name ?o }", ["<http://schema.org/name> occurs nowhere in this edition; <https://schema.org/name> does."]),
        ("SELECT * FROM <https://x.eu/h> { ?s ?p ?o }", ["<https://x.eu/h> occurs nowhere in this edition."]),
        ("SELECT * { GRAPH <https://x.eu/h> { ?s ?p ?o } }", ["<https://x.eu/h> occurs nowhere in this edition."]),
        ('SELECT * { ?s schema:name "Latvia" }', ["<http://schema.org/name> occurs nowhere in this edition; <https://schema.org/name> does.", '"Latvia" is not "Latvia"@en, which occurs as well.']),
        # Nothing to tell: all occurs, or it is no term of the data.
        ('SELECT * { <https://x.eu/a> eug:acronym "TIDE" ; eug:startDate "2020-03-01"^^xsd:date FILTER(1 > 2) }', []),
        ('SELECT * { ?s eug:acronym ?a FILTER(REGEX(?a, "^none$", "i")) }', []),
        ("SELECT * { ?s eug:acronym ?a FILTER(xsd:integer(?a) > 3) }", []),
    ],
)  # fmt: skip
def test_what_occurs_nowhere_is_told_with_what_does(
    store: Store, query: str, told: list[str]
) -> None:
    assert [str(hint) for hint in store.hints(P + query)] == told


def test_there_are_few_hints_however_long_the_query(store: Store) -> None:
    values = " ".join(f"<https://x.eu/{n}>" for n in range(5000))
    assert len(store.hints(f"SELECT * {{ VALUES ?s {{ {values} }} ?s ?p 1 }}")) == 3


def test_the_terms_of_a_query_are_found_with_tags_types_and_bases() -> None:
    query = """BASE <https://b/> PREFIX p: <https://p/> SELECT * { <x> p:y '''a
"b"\\t''' , "c"@lv-LV , "d"^^p:t # <no> "no"
 }"""
    assert list(mentions(query, "https://other/")) == [
        Mention("iri", "https://b/x"),
        Mention("iri", "https://p/y"),
        Mention("literal", 'a\n"b"\t'),
        Mention("literal", "c", "lv-LV"),
        Mention("literal", "d", "", "https://p/t"),
    ]
