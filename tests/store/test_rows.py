"""Rows counted in the bytes of a result."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.store.rows import JsonMarks, RowMarks, json_marks, tsv_marks, xml_marks

FORMATS = [
    pytest.param(JsonMarks, ox.QueryResultsFormat.JSON, -1, id="json"),
    pytest.param(xml_marks, ox.QueryResultsFormat.XML, 0, id="xml"),
    pytest.param(tsv_marks, ox.QueryResultsFormat.TSV, 1, id="tsv"),
]
NASTY = st.text(alphabet='a:"\\\n\r},{<>result,', max_size=8)


@pytest.mark.parametrize(("marks", "form", "start"), FORMATS)
@given(
    rows=st.lists(
        st.tuples(st.none() | st.just("}},{") | NASTY, st.sampled_from(["1", "UNDEF"])), max_size=6
    ),
    cut=st.integers(1, 40),
)
def test_marks_are_counted_however_the_blocks_are_cut(
    marks: Callable[[], RowMarks],
    form: ox.QueryResultsFormat,
    start: int,
    rows: list[tuple[str | None, str]],
    cut: int,
) -> None:
    values = " ".join(f"({_literal(value)} {other})" for value, other in rows)
    result = ox.Store().query(f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(result, ox.QuerySolutions)
    text = result.serialize(format=form) or b""
    count = marks()
    seen = sum(count(text[i : i + cut]) for i in range(0, len(text), cut))
    assert seen == max(len(rows) + start, 0)


def _literal(value: str | None) -> str:
    return "UNDEF" if value is None else str(ox.Literal(value))


@given(values=st.lists(NASTY, max_size=6), cut=st.integers(1, 40))
def test_where_the_bound_is_far_there_may_be_fewer_rows_but_never_more(
    values: list[str], cut: int
) -> None:
    rows = " ".join(_literal(value) for value in values)
    result = ox.Store().query(f"SELECT * {{ VALUES ?a {{ {rows} }} }}")
    assert isinstance(result, ox.QuerySolutions)
    text = result.serialize(format=ox.QueryResultsFormat.JSON) or b""
    count = json_marks(10_000_000)
    seen = sum(count(text[i : i + cut]) for i in range(0, len(text), cut))
    in_texts = sum(value.count("},{") for value in values)
    assert seen == max(len(values) - 1, 0) + in_texts
    assert isinstance(json_marks(1000), JsonMarks)
