"""Looking again at what a change reaches finds what looking at everything finds."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.namespace import RDF

from eugraph.editions import current
from eugraph.pipeline import build
from eugraph.store import Store
from eugraph.triples.iris import SHARED_GRAPHS
from eugraph.validation import Reach, Result, check_together, judge, load_shapes, reached

TEXTS = Path(__file__).parents[2] / "bench" / "texts.py"
RELEASES = 14

Lines = Mapping[str, frozenset[str]]
"""Graphs by name, as lines of N-Triples."""


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """Return the graphs of an edition of releases of which several are about one project."""
    folder = tmp_path_factory.mktemp("reach")
    command = [sys.executable, str(TEXTS), str(RELEASES), "--out", str(folder / "releases")]
    subprocess.run(command, check=True, capture_output=True)
    built = build([folder / "releases"], folder / "site")
    assert built.edition
    texts = current(folder / "site").graphs
    return {name: frozenset(text.splitlines(keepends=True)) for name, text in texts.items()}


def together(graphs: Lines, **again: object) -> set[Result]:
    return set(check_together(store_of(graphs).select, **again))  # type: ignore[arg-type]


def reach_of(nodes: Iterable[URIRef], graphs: Lines) -> Reach:
    return reached(nodes, store_of(graphs).select, load_shapes())


def store_of(graphs: Lines) -> Store:
    return Store.in_memory({name: "".join(sorted(lines)) for name, lines in graphs.items()})


def touched(before: Lines, after: Lines) -> set[URIRef]:
    """Return what changed graphs tell of, but for what graphs that did not change tell as well."""
    names = before.keys() | after.keys()
    same = {name for name in names if before.get(name) == after.get(name)}
    told = [
        lines for graphs in (before, after) for name, lines in graphs.items() if name not in same
    ]
    lines = frozenset().union(*told) - frozenset().union(*(before[name] for name in same))
    return {URIRef(line[1 : line.index(">")]) for line in lines}


def changed(lines: frozenset[str], chance: random.Random) -> frozenset[str]:
    """Return a graph with some values taken from others of their property."""
    kept = set(lines)
    for line in chance.sample(sorted(lines), 8):
        subject, predicate, _ = line.split(" ", 2)
        others = [each for each in same_property(lines, predicate) if each != line]
        kept.discard(line)
        if others:
            kept.add(f"{subject} {chance.choice(others).split(' ', 1)[1]}")
    return frozenset(kept)


@cache
def same_property(lines: frozenset[str], predicate: str) -> Iterable[str]:
    return sorted(line for line in lines if line.split(" ", 2)[1] == predicate)


@pytest.mark.parametrize("seed", range(6))
def test_what_a_change_reaches_is_all_that_can_be_different(graphs: Lines, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # a seed that can be repeated
    releases = sorted(name for name in graphs if name.rpartition("/")[2] not in SHARED_GRAPHS)
    gone, come, other = chance.sample(releases, 3)
    before = {name: lines for name, lines in graphs.items() if name != come}
    before[other] = changed(graphs[other], chance)
    after = {name: lines for name, lines in graphs.items() if name != gone}
    after[chance.choice([come, other])] = changed(graphs[come], chance)
    earlier = together(before)

    told = touched(before, after)
    reach = reach_of(told, after)
    again = together(after, reach=reach, earlier=earlier)

    assert again == together(after)
    assert again != earlier
    was, now = store_of(before).select, store_of(after).select
    known = judge(earlier, was).findings
    assert judge(again, now, known=known, reach=reach) == judge(again, now)


SCHEME = "<https://w3id.org/eugraph/id/scheme/x>"
TITLED = """<https://w3id.org/eugraph/id/project/y> <http://purl.org/dc/terms/title> "Neighbours meet" .
<https://w3id.org/eugraph/id/project/y> a <https://w3id.org/eugraph/ontology#Project> .
"""
NAMED = f"""{SCHEME} <http://www.w3.org/2004/02/skos/core#prefLabel> "Neighbours meet"@en .
{SCHEME} a <https://w3id.org/eugraph/ontology#FundingScheme> .
"""


@pytest.mark.parametrize(("before", "after"), [("", NAMED), (NAMED, "")])
def test_a_scheme_that_comes_or_goes_is_compared_with_the_titles_of_all_projects(
    before: str, after: str
) -> None:
    was, now = (
        {"urn:one": lines(TITLED), "urn:reference": lines(told)} for told in (before, after)
    )
    earlier = together(was)

    reach = reach_of(touched(was, now), now)
    assert together(now, reach=reach, earlier=earlier) == together(now)
    assert together(now) != earlier


def lines(text: str) -> frozenset[str]:
    return frozenset(text.replace(" a ", f" <{RDF.type}> ").splitlines(keepends=True))


def test_nothing_is_looked_at_again_where_nothing_changed(graphs: Lines) -> None:
    earlier = together(graphs)

    asked: list[str] = []

    def ask(query: str) -> Iterable[Mapping[str, object]]:
        asked.append(query)
        return ()

    reach = reached((), ask, load_shapes())  # type: ignore[arg-type]
    assert set(check_together(ask, reach=reach, earlier=earlier)) == earlier  # type: ignore[arg-type]
    assert not any("$this" in query or "?this a" in query for query in asked)
