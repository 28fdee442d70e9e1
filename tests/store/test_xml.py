"""What XML forbids never reaches an XML document, and nothing else is changed."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.store import Store, merged, serialize
from eugraph.store.xml import XmlOutput

DIRTY = "Green\x0bCorners\x0c\x01 – 10\u00a0€ \uffff \ufffd"
GRAPH = {
    "https://w3id.org/eugraph/id/graph/a": (
        f'<https://example.org/s> <https://example.org/p> "{DIRTY}" .\n'
    )
}


def written(text: str, sizes: list[int]) -> str:
    """Return what becomes of `text` when it is written in blocks of these sizes, then the rest."""
    output, data = io.BytesIO(), text.encode()
    safe = XmlOutput(output)
    for size in sizes:
        safe.write(data[:size])
        data = data[size:]
    safe.write(data)
    safe.flush()
    return output.getvalue().decode()


@given(st.text(), st.lists(st.integers(1, 3), max_size=20))
def test_wherever_the_blocks_end_the_text_is_one_an_xml_parser_reads(
    text: str, sizes: list[int]
) -> None:
    safe = written(text.replace("<", "").replace("&", ""), sizes)

    assert ET.fromstring(f"<a>{safe}</a>").tag == "a"  # noqa: S314  # our own bytes


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"])), st.lists(st.integers(1, 3)))
def test_text_that_xml_allows_is_left_as_it_is(text: str, sizes: list[int]) -> None:
    assert written(text, sizes) == text


def test_dumps_as_rdf_xml_are_well_formed() -> None:
    output = io.BytesIO()
    serialize(merged(GRAPH.values()), "application/rdf+xml", output)

    assert "Green\ufffdCorners" in "".join(ET.fromstring(output.getvalue()).itertext())  # noqa: S314


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "application/sparql-results+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml"),
    ],
)
def test_answers_in_xml_are_well_formed(query: str, media_type: str) -> None:
    output = io.BytesIO()
    Store.in_memory(GRAPH).query(query).serialize(media_type, output)

    assert "Green\ufffdCorners" in "".join(ET.fromstring(output.getvalue()).itertext())  # noqa: S314


def test_other_formats_keep_every_character() -> None:
    rows = Store.in_memory(GRAPH).select("SELECT ?o WHERE { ?s ?p ?o }")

    assert [str(row["o"]) for row in rows] == [DIRTY]
