"""Words that are not in the text, at their place, are found out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

from eugraph.validation import check_grounding
from eugraph.vocabulary import EUG, OA

TEXT = URIRef("https://w3id.org/eugraph/id/text/r1")


def found(graph: Graph, texts: dict[str, str]) -> list[tuple[str, str]]:
    results = check_grounding(graph, texts)
    return sorted((result.shape, str(result.focus).rpartition("/")[2]) for result in results)


def test_every_quote_of_a_good_release_is_in_its_text(bridge: Graph, text: str) -> None:
    assert found(bridge, {"bridge": text}) == []
    assert found(bridge, {"https://w3id.org/eugraph/id/text/bridge": text}) == []


def test_one_changed_character_is_noticed_in_the_quote_and_in_the_digest(
    bridge: Graph, text: str
) -> None:
    start = text.index("4 May 2018")
    changed = text[:start] + "5" + text[start + 1 :]

    assert found(bridge, {"bridge": changed}) == [
        ("R06", "bridge"),
        ("V03", f"bridge#char={start},{start + 10}"),
    ]


def test_a_changed_character_outside_all_quotes_is_noticed_in_the_digest(
    bridge: Graph, text: str
) -> None:
    assert found(bridge, {"bridge": text.rstrip("\n") + " "}) == [("R06", "bridge")]


def test_another_length_is_noticed(bridge: Graph, text: str) -> None:
    paths = {result.path for result in check_grounding(bridge, {"bridge": text + "."})}

    assert paths == {EUG.sha256, EUG.characterCount}


def test_without_its_text_nothing_is_grounded(bridge: Graph) -> None:
    evidence = set(bridge.subjects(RDF.type, EUG.Evidence))

    results = list(check_grounding(bridge, {"other": "text"}))

    assert {result.focus for result in results if result.shape == "V03"} == evidence


def quoting(quote: str, start: int, end: int, *, nodes: int) -> Graph:
    """Return evidence with one selector node that is both, or with two."""
    graph = Graph()
    evidence = URIRef(f"{TEXT}#char={start},{end}")
    selectors = [URIRef(f"https://w3id.org/eugraph/id/selector/r1/{n}") for n in range(nodes)]
    graph.add((evidence, RDF.type, EUG.Evidence))
    graph.add((evidence, OA.hasSource, TEXT))
    for selector in selectors:
        graph.add((evidence, OA.hasSelector, selector))
    graph.add((selectors[0], OA.exact, Literal(quote)))
    graph.add((selectors[-1], OA.start, Literal(start)))
    graph.add((selectors[-1], OA.end, Literal(end)))
    return graph


@given(st.text(min_size=1), st.data(), st.sampled_from([1, 2]))
def test_offsets_count_code_points(text: str, data: st.DataObject, nodes: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert found(quoting(text[start:end], start, end, nodes=nodes), {"r1": text}) == []


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [
        ("bcd", 1, 3),  # longer than its range
        ("b", 1, 3),  # shorter
        ("BC", 1, 3),  # another case
        ("cd", 1, 3),  # elsewhere in the text
        ("", 2, 2),  # nothing
        ("cb", 3, 1),  # turned round
        ("f", 5, 6),  # ends after the text: one letter too many
        ("e", -1, 5),  # before it: a Python slice would count from the end
    ],
)
def test_a_quote_must_stand_exactly_at_its_place(quote: str, start: int, end: int) -> None:
    assert found(quoting(quote, start, end, nodes=1), {"r1": "abcde"})


def test_a_second_quote_at_one_place_is_not_grounded() -> None:
    graph = quoting("bc", 1, 3, nodes=1)
    graph.add((next(graph.objects(None, OA.hasSelector)), OA.exact, Literal("bc ")))

    assert found(graph, {"r1": "abcde"}) == [("V03", "r1#char=1,3")]
