"""The default graph as the union of named graphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.store import merged
from eugraph.store.graphs import LineReader

LINES = st.lists(st.sampled_from([f"<a:{c}> <a:p> <a:{c}> .\n" for c in "abcdeé"]), unique=True)


@given(st.lists(LINES, max_size=4))
def test_the_union_has_each_triple_once_in_order(graphs: list[list[str]]) -> None:
    union = list(merged("".join(sorted(lines)) for lines in graphs))
    assert union == sorted({line for lines in graphs for line in lines})


@pytest.mark.parametrize(
    ("graph", "why"),
    [
        ("<a:b> <a:p> 1 .\n<a:a> <a:p> 1 .\n", "sorted"),
        ("_:b <a:p> <a:o> .\n", "blank"),
        ("<a:s> <a:p> _:b .\n", "blank"),
        ("<a:s> <a:p> <a:o> .", "end"),
    ],
)
def test_a_graph_that_would_spoil_the_union_is_refused(graph: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        list(merged([graph]))


def test_a_blank_node_is_told_from_a_text_that_looks_like_one() -> None:
    line = '<a:s> <a:p> "_:b <a:p> _:c" .\n'
    assert list(merged([line])) == [line]


@given(st.lists(st.text(max_size=9), max_size=9), st.integers(1, 7))
def test_lines_are_read_whole_in_blocks_of_any_size(lines: list[str], size: int) -> None:
    reader = LineReader(lines)
    blocks = iter(lambda: reader.read(size), b"")
    assert b"".join(block or b"" for block in blocks).decode() == "".join(lines)
