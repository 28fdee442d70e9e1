"""What a change reaches is found by the patterns themselves, so no triple of them is missed."""

from __future__ import annotations

import re

import pytest

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
