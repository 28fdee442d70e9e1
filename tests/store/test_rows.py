"""Rows counted in the bytes of a result."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.store.rows import RowMarks, json_marks, tsv_marks, xml_marks

FORMATS = [
    pytest.param(json_marks, ox.QueryResultsFormat.JSON, -1, id="json"),
    pytest.param(xml_marks, ox.QueryResultsFormat.XML, 0, id="xml"),
    pytest.param(tsv_marks, ox.QueryResultsFormat.TSV, 1, id="tsv"),
]
NASTY = st.text(alphabet='a"\\\n\r},{<>result,', max_size=8)


@pytest.mark.parametrize(("marks", "form", "start"), FORMATS)
@given(values=st.lists(st.none() | NASTY, max_size=6), cut=st.integers(1, 9))
def test_marks_are_counted_however_the_blocks_are_cut(
    marks: Callable[[], RowMarks],
    form: ox.QueryResultsFormat,
    start: int,
    values: list[str | None],
    cut: int,
) -> None:
    rows = " ".join(f"({_literal(value)} 1)" for value in values)
    result = ox.Store().query(f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}")
    assert isinstance(result, ox.QuerySolutions)
    text = result.serialize(format=form) or b""
    count = marks()
    seen = sum(count(text[i : i + cut]) for i in range(0, len(text), cut))
    rows_in_texts = sum((value or "").count("},{") for value in values) if start < 0 else 0
    assert seen == max(len(values) + start, 0) + rows_in_texts


def _literal(value: str | None) -> str:
    return "UNDEF" if value is None else str(ox.Literal(value))
