"""Every document in every RDF format, whoever asks and however."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from rdflib.compare import isomorphic

from .conftest import GRAPHS, graph_in

DOCUMENTS = (
    "/sparql",
    "/ontology",
    "/vocab/discrepancy-type",
    "/doc/project/tide-2020",
    "/catalog",
    "/.well-known/void",
    "/.well-known/sparql-examples/",
    "/download/latest/",
)
QUADS = ("application/trig", "application/n-quads")


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_says_the_same_in_every_format(client: FlaskClient, path: str) -> None:
    turtle = graph_in(client.get(path, headers={"Accept": "text/turtle"}))
    assert len(turtle) > 3
    tags = set()
    for media_type in (*GRAPHS, *QUADS):
        answer = client.get(path, headers={"Accept": media_type})
        assert answer.mimetype == media_type
        assert isomorphic(graph_in(answer), turtle), media_type
        tags.add(answer.headers["ETag"])
    assert len(tags) == len((*GRAPHS, *QUADS))
    assert client.get(f"{path}?format=trig").mimetype == "application/trig"


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("media_type", ["application/trig", "text/html", "text/turtle"])
def test_head_and_options_tell_of_a_document_as_get_does(
    client: FlaskClient, path: str, media_type: str
) -> None:
    headers = {"Accept": media_type, "Origin": "https://elsewhere.example"}
    full, head = client.get(path, headers=headers), client.head(path, headers=headers)
    assert head.data == b""
    told = [answer.headers for answer in (full, head)]
    for each in told:
        each.pop("Date", None)
    assert dict(told[0]) == dict(told[1])
    options = client.options(path, headers=headers)
    assert options.status_code in {200, 204}
    assert "GET" in options.headers["Access-Control-Allow-Methods"]
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in (full, options)} == {"*"}
