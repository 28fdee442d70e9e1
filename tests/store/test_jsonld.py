"""JSON-LD as we write it, read by a parser that is not ours."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.errors import DataError
from eugraph.store.jsonld import Context, write_jsonld

XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT: dict[str, object] = {
    "id": "@id",
    "type": "@type",
    "ex": "https://example.org/",
    "xsd": XSD,
    "Project": "ex:Project",
    "name": {"@id": "ex:name", "@container": "@language"},
    "partner": {"@id": "ex:partner", "@type": "@id", "@container": "@set"},
    "role": {"@id": "ex:role", "@type": "@vocab"},
    "start": {"@id": "ex:start", "@type": "xsd:date"},
    "count": "ex:count",
}
IRIS = st.sampled_from(
    [
        "https://example.org/a",
        "https://example.org/Project",
        "https://example.org//x",
        "https://example.org/",
        "https://example.org/b#char=1,2",
        "urn:x",
        "ex://other/a",
    ]
).map(ox.NamedNode)
PREDICATES = st.sampled_from(["name", "partner", "role", "start", "count", "other/x"]).map(
    lambda name: ox.NamedNode("https://example.org/" + name)
) | st.just(ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))
LITERALS = st.builds(
    lambda text, kind: (
        ox.Literal(text, language=kind[1:])
        if kind.startswith("@")
        else ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
    ),
    st.sampled_from(["", "1", "01", "-0", "true", "2018-04-17", "ē “x”\n", "9" * 20, "1.0", "@id"]),
    st.sampled_from(["@lv", "@en", "string", "integer", "date", "boolean", "decimal"]),
)


@given(st.sets(st.builds(ox.Triple, IRIS, PREDICATES, IRIS | LITERALS), max_size=12))
def test_a_parser_reads_what_was_written(triples: set[ox.Triple]) -> None:
    ordered = sorted(triples, key=str)
    text = "".join(write_jsonld(ordered, Context(CONTEXT)))
    read = ox.parse(text, ox.RdfFormat.JSON_LD)
    assert {quad.triple for quad in read} == triples


def test_a_node_reads_as_a_person_would_write_it() -> None:
    triples = list(
        ox.parse(
            """
            @prefix ex: <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            ex:p a ex:Project ; ex:count 10 ; ex:name "Tīkls"@lv, "Net"@en ; ex:partner ex:a ;
              ex:role ex:Project ; ex:start "2017-10-16"^^xsd:date .
            """,
            ox.RdfFormat.TURTLE,
        )
    )
    document = json.loads("".join(write_jsonld((q.triple for q in triples), Context(CONTEXT))))
    assert document["@context"] == CONTEXT
    assert document["@graph"] == [
        {
            "id": "ex:p",
            "type": "Project",
            "count": 10,
            "name": {"lv": "Tīkls", "en": "Net"},
            "partner": ["ex:a"],
            "role": "Project",
            "start": "2017-10-16",
        }
    ]


@pytest.mark.parametrize(
    "definition",
    [
        {"@id": "ex:name", "@container": "@list"},
        {"@id": "ex:name", "@reverse": "ex:of"},
        {"@type": "@id"},
        None,
    ],
)
def test_a_context_beyond_what_we_write_is_refused(definition: object) -> None:
    with pytest.raises(DataError):
        Context({"name": definition})
