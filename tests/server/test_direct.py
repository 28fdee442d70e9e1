"""Queries answered before Flask: as Flask would."""

from __future__ import annotations

from itertools import product
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

QUERIES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 50",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 50",
    "DESCRIBE <https://w3id.org/eugraph/id/nothing>",
    'SELECT * { ?s ?p "of this there is nothing"@en . ?s <http://e/none> ?o }',
    "SELECT * { ?s ?p",
    "SELECT (<http://e/f>(1) AS ?x) {}",
    "SELECT * { SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 3000",
)
ACCEPTED = ("", "text/csv", "application/sparql-results+xml", "text/turtle", "text/html", "a/b")
CODINGS = ("", "gzip", "gzip;q=0.5, zstd")
MORE = ("", "&timeout=5", "&timeout=x", "&format=csv", "&default-graph-uri=http://e/g", "&update=x")


def told(answer: TestResponse) -> list[tuple[str, str]]:
    """Return the headers of an answer, less the time of a page."""
    return sorted(header for header in answer.headers if header[0] != "Date")


@pytest.mark.parametrize("query", QUERIES)
def test_the_answer_is_that_of_flask(client: FlaskClient, query: str) -> None:
    for accept, coding, more in product(ACCEPTED, CODINGS, MORE):
        if coding and more:
            continue
        headers = {"Accept": accept, "Accept-Encoding": coding}
        asked = f"# {accept}{coding}{more}\n{query}"
        path = "/sparql?" + _encoded(asked) + more
        direct = client.get(path, headers=headers)
        # A condition that does not hold leaves the request to Flask.
        by_flask = client.get(path, headers=headers | {"If-None-Match": '"another"'})
        assert told(direct) == told(by_flask), path
        assert (direct.status_code, direct.data) == (by_flask.status_code, by_flask.data)


def test_a_query_that_flask_tells_of_is_asked_once(client: FlaskClient) -> None:
    def asked() -> dict[str, float]:
        lines = client.get("/metrics").text.splitlines()
        counts = (line.rsplit(" ", 1) for line in lines if line.startswith("eugraph_queries_total"))
        return {name: float(count) for name, count in counts}

    before = asked()
    client.get("/sparql?" + _encoded("# asked once\nSELECT (<http://e/g>(1) AS ?x) {}"))
    after = asked()
    grown = {name: count - before.get(name, 0) for name, count in after.items()}
    assert [(name, count) for name, count in grown.items() if count] == [
        ('eugraph_queries_total{outcome="malformed"}', 1)
    ]


@pytest.mark.parametrize(
    "path", ["/sparql", "/sparql?query=", "/sparql?query=ASK{}&query=ASK{}", "/sparql?query=%ff"]
)
def test_what_is_no_common_query_is_left_to_flask(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in {200, 400}


def _encoded(query: str) -> str:
    return urlencode({"query": query})
