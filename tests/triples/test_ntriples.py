"""Graphs become the same bytes whatever the order in which they were made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDFS, XSD

from eugraph.triples.ntriples import (
    from_ntriples,
    merge_ntriples,
    ntriples_line,
    reachable,
    to_ntriples,
)

S = URIRef("https://example.org/s")

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LITERALS = st.one_of(
    st.builds(Literal, TEXT),
    st.builds(Literal, TEXT, lang=st.sampled_from(["en", "lv", "el-Latn"])),
    st.builds(Literal, st.integers()),
    st.builds(Literal, st.dates()),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Literal('a "b" \\ c\n\r\td'), r'"a \"b\" \\ c\n\r' + '\td"'),  # a tab is not escaped
        (Literal("Vänersborg", lang="sv"), '"Vänersborg"@sv'),
        (Literal("10", datatype=XSD.integer), '"10"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (Literal("x", datatype=XSD.string), '"x"'),  # canonical: no datatype for strings
    ],
)
def test_a_line_is_canonical_n_triples(value: Literal, expected: str) -> None:
    assert ntriples_line((S, RDFS.label, value)) == f"<{S}> <{RDFS.label}> {expected} ."


@given(st.lists(LITERALS, max_size=6))
def test_what_is_written_is_read_back(values: list[Literal]) -> None:
    graph = Graph()
    for value in values:
        graph.add((S, RDFS.label, value))

    back = Graph().parse(data=to_ntriples(graph), format="nt")

    assert {value.n3() for value in back.objects()} == {value.n3() for value in graph.objects()}
    assert set(from_ntriples(to_ntriples(graph), str(S))) == set(graph)


def test_reading_back_knows_the_graph_by_its_name_and_nodes_by_their_kind() -> None:
    graph = Graph(identifier=S)
    graph.add((S, RDFS.seeAlso, RDFS.label))
    graph.add((S, RDFS.label, Literal("https://example.org/s")))

    back = from_ntriples(to_ntriples(graph), str(S))

    assert back.identifier == S
    assert set(back) == set(graph)


@pytest.mark.parametrize("line", ["nothing", "<a> <b> _:c .", '<a> <b> "c\\t" .', '<a> <b> "c"'])
def test_what_is_not_canonical_is_not_read_back(line: str) -> None:
    with pytest.raises(ValueError, match="no canonical N-Triples"):
        from_ntriples(line, "graph")


def test_a_blank_node_cannot_be_published() -> None:
    graph = Graph()
    graph.add((BNode(), RDFS.label, Literal("nameless")))

    with pytest.raises(ValueError, match="blank node"):
        to_ntriples(graph)


def test_a_merge_holds_each_triple_once() -> None:
    line = f'<{S}> <{RDFS.label}> "a" .\n'
    other = f'<{S}> <{RDFS.label}> "b" .\n'

    assert merge_ntriples([other + line, line]) == line + other


def test_a_literal_with_a_line_separator_stays_one_line() -> None:
    """U+2028 and U+0085 are not escaped in canonical N-Triples, and end no line."""
    line = ntriples_line((S, RDFS.label, Literal("a\u2028b\x85c"))) + "\n"

    assert merge_ntriples([line, line]) == line


def test_what_is_told_of_nodes_goes_on_to_what_that_names_and_no_further() -> None:
    lines = (
        "<urn:a> <urn:p> <urn:b> .",
        '<urn:a> <urn:p> "<urn:d>" .',
        '<urn:ab> <urn:p> "a longer name" .',
        "<urn:b> <urn:p> <urn:a> .",
        "<urn:b> <urn:p> <urn:c> .",
        "<urn:d> <urn:p> <urn:a> .",
    )
    text = "".join(f"{line}\n" for line in sorted(lines))

    told = reachable(text, ["urn:a", "urn:nowhere"]).splitlines()

    assert told == sorted(line for line in lines if line.startswith(("<urn:a>", "<urn:b>")))
    assert reachable("", ["urn:a"]) == ""
