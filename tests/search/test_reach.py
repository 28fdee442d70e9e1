"""What a change reaches is found by the patterns themselves, so no triple of them is missed."""

from __future__ import annotations

import re

import pytest
from rdflib import RDF, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse

from eugraph.search.lists import NAMES, lists
from eugraph.search.reach import reached, steps_of
from eugraph.vocabulary import PREFIXES

PATTERNS = [
    *NAMES,
    *(
        f"{listed.pattern} {pattern}"
        for listed in lists().values()
        for pattern in (
            listed.begin,
            listed.end,
            listed.date,
            listed.counted,
            *(facet.pattern for facet in listed.facets.values()),
        )
    ),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_predicate_of_a_pattern_is_a_step(pattern: str) -> None:
    bare = re.sub(r"'[^']*'|FILTER\(\?\w+ IN \([^)]*\)\)", "", pattern)
    objects = set(re.findall(r"(?:\ba|\w:\w+) (\w+:\w+)", bare))
    named = set(re.findall(r"[a-z]\w*:\w+", bare)) - objects

    assert {step.predicate for step in steps_of(pattern)} - {"a"} == named


def test_a_step_is_reached_by_the_path_that_leads_there() -> None:
    pattern = (
        "?part eug:participant ?thing ; eug:participationIn/((eug:partOfEvent*/eug:eventOf)?) ?v"
    )

    assert [tuple(step) for step in steps_of(pattern)] == [
        ("", "eug:participant", True),
        ("^eug:participant", "eug:participationIn", False),
        (
            "^eug:participant/eug:participationIn/(eug:partOfEvent)*",
            "eug:partOfEvent",
            False,
        ),
        ("^eug:participant/eug:participationIn/(eug:partOfEvent)*", "eug:eventOf", False),
    ]


def test_only_triples_of_the_predicates_of_a_pattern_reach_a_thing() -> None:
    steps = steps_of("?thing ^eug:aboutProject/dcterms:language ?value")
    triples = {
        PREFIXES["eug"] + "aboutProject": [("release", "project")],
        PREFIXES["dcterms"] + "language": [("other", "lv")],
        PREFIXES["dcterms"] + "title": [("third", "")],
    }

    assert dict(reached(steps, triples)) == {
        "": frozenset({"project"}),
        "^eug:aboutProject": frozenset({"other"}),
    }


def test_a_triple_that_nothing_leads_to_is_refused() -> None:
    with pytest.raises(ValueError, match="does not lead"):
        steps_of("?thing a eug:Project . ?other eug:topic ?value")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("?thing (eug:a|eug:b) ?value", [("", "eug:a", False), ("", "eug:b", False)]),
        ("?thing eug:a|^eug:b ?value", [("", "eug:a", False), ("", "eug:b", True)]),
        ("?thing <https://e.org/p> ?value", [("", "<https://e.org/p>", False)]),
        ("?thing eug:p+ ?value", [("(eug:p)*", "eug:p", False)]),
        ("?thing eug:p+/eug:q ?v", [("(eug:p)*", "eug:p", False), ("(eug:p)+", "eug:q", False)]),
        ("?value ^(eug:a/eug:b) ?thing", [("", "eug:a", False), ("eug:a", "eug:b", False)]),
        ("?thing eug:a ?one , ?two . ?two eug:b ?value", [("", "eug:a", False), ("eug:a", "eug:b", False)]),
        ("FILTER(?x IN (1, 2)) ?thing eug:a ?x", [("", "eug:a", False)]),
        ("BIND(IF(EXISTS { ?thing eug:a ?d }, 'x', 'y') AS ?value)", [("", "eug:a", False)]),
    ],
)  # fmt: skip
def test_every_kind_of_path_is_read(pattern: str, told: list[tuple[str, str, bool]]) -> None:
    assert [tuple(step) for step in steps_of(pattern)] == told


@pytest.mark.parametrize(
    "pattern",
    [
        "?thing !eug:a ?value",
        "?thing eug:a [ eug:b ?value ]",
        "?thing ?any ?value",
        "?thing eug:a ?value MINUS { ?thing eug:b ?value }",
        "?thing eug:a{2} ?value",
        "GRAPH ?g { ?thing eug:a ?value }",
        "?thing eug:a",
        "{ ?thing eug:a ?value",
        "?thing eug:a ?value }",
        "{ SELECT ?thing { ?thing eug:a ?value } LIMIT 3 }",
        "BIND(IF(EXISTS ?thing, 1, 2) AS ?value)",
    ],
)
def test_what_is_not_read_is_refused_and_not_passed_over(pattern: str) -> None:
    with pytest.raises(ValueError, match="is not read"):
        steps_of(pattern)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_triples_of_a_pattern_are_those_that_rdflib_reads(pattern: str) -> None:
    """The predicates of every triple, by rdflib's algebra, are among the steps."""
    query = prepareQuery(f"SELECT * {{ {pattern} }}", initNs=PREFIXES)
    named: set[str] = set()

    def note(node: object) -> None:
        # Within EXISTS the triples of a block are one list, one after another.
        for several in getattr(node, "triples", None) or ():
            for path in several[1::3]:
                named.update(_predicates(path))

    traverse(query.algebra, visitPost=note)
    short = {f"{prefix}:": space for prefix, space in PREFIXES.items()}
    told = {
        str(RDF.type) if step.predicate == "a" else
        short[step.predicate.partition(":")[0] + ":"] + step.predicate.partition(":")[2]
        for step in steps_of(pattern)
    }  # fmt: skip
    assert told == named


def _predicates(path: object) -> set[str]:
    if isinstance(path, URIRef):
        return {str(path)}
    parts = getattr(path, "args", None) or [
        getattr(path, name) for name in ("arg", "path") if hasattr(path, name)
    ]
    return set().union(*map(_predicates, parts))
