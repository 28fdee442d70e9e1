"""The SPARQL endpoint, as a table of requests and answers."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Namespace
from werkzeug.test import TestResponse

from .conftest import GRAPHS, graph_in

ASK = "ASK {}"
SELECT = "SELECT (1 AS ?v) {}"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
G = "https://w3id.org/eugraph/id/graph/"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
PROBLEM = "application/problem+json"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@dataclass
class Case:
    """A request, what it answers, and what is remarkable about it."""

    remark: str
    status: int
    media_type: str | None = None
    method: str = "GET"
    query: dict[str, str | list[str]] = field(default_factory=dict)
    accept: str | None = None
    body: bytes | None = None
    content_type: str | None = None


CASES = [
    Case("GET", 200, JSON, query={"query": ASK}),
    Case("GET as CSV", 200, "text/csv", query={"query": SELECT}, accept="text/csv"),
    Case("GET as TSV", 200, "text/tab-separated-values", query={"query": SELECT, "format": "tsv"}),
    Case("an unknown format leaves the header", 200, XML, query={"query": ASK, "format": "?"}, accept=XML),
    Case("an unknown format and nothing else", 406, PROBLEM, query={"query": ASK, "format": "xls"}),
    Case("an unknown format and any type", 406, PROBLEM, query={"query": ASK, "format": "xls"}, accept="*/*;q=0.5"),
    Case("a format of graphs for rows leaves the header", 200, XML, query={"query": ASK, "format": "ttl"}, accept=XML),
    Case("a form", 200, JSON, "POST", body=b"query=ASK%20%7B%7D", content_type=FORM),
    Case("a form with charset", 200, JSON, "POST", body=b"query=ASK+%7B%7D", content_type=FORM + "; charset=UTF-8"),
    Case("the query itself", 200, JSON, "POST", body=b"ASK {}", content_type=DIRECT),
    Case("a graph", 200, "text/turtle", query={"query": CONSTRUCT}),
    Case("a graph as RDF/XML", 200, "application/rdf+xml", query={"query": CONSTRUCT}, accept="application/rdf+xml"),
    Case("a graph as TriG", 200, "application/trig", query={"query": CONSTRUCT}, accept="application/trig"),
    Case("a graph as N-Quads", 200, "application/n-quads", query={"query": CONSTRUCT, "format": "nq"}),
    Case("a graph for who wants results only", 406, query={"query": CONSTRUCT}, accept="text/csv"),
    Case("no such type", 406, query={"query": ASK}, accept="image/png"),
    Case("the description", 200, "text/turtle"),
    Case("the form for a browser", 200, "text/html", accept="text/html"),
    Case("the description of none", 406, accept="image/png"),
    Case("empty query", 400, query={"query": ""}),
    Case("two queries", 400, query={"query": [ASK, ASK]}),
    Case("two queries in a form", 400, method="POST", body=b"query=ASK%7B%7D&query=ASK%7B%7D", content_type=FORM),
    Case("in address and form", 400, method="POST", query={"query": ASK}, body=b"query=ASK%7B%7D", content_type=FORM),
    Case("a form without query", 400, method="POST", body=b"q=1", content_type=FORM),
    Case("syntax", 400, query={"query": "SELECT * {"}),
    Case("no UTF-8 in the address", 400, query={"query": "ASK { ?s ?p '\udcff' }"}),
    Case("no UTF-8 in the body", 400, method="POST", body=b"ASK { ?s ?p '\xff' }", content_type=DIRECT),
    Case("another charset", 415, method="POST", body=ASK.encode("utf-16"), content_type=DIRECT + "; charset=utf-16"),
    Case("no content type", 415, method="POST", body=b"ASK {}"),
    Case("JSON", 415, method="POST", body=b"{}", content_type="application/json"),
    Case("update by GET", 403, query={"update": "CLEAR ALL"}),
    Case("update by form", 403, method="POST", body=b"update=CLEAR+ALL", content_type=FORM),
    Case("update itself", 403, method="POST", body=b"CLEAR ALL", content_type="application/sparql-update"),
    Case("update as a query", 403, query={"query": "DROP ALL"}),
    Case("another service", 403, query={"query": "SELECT * { SERVICE <http://127.0.0.1/> {} }"}),
    Case("a file", 400, query={"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}),
    Case("a file, said last", 400, query={"query": "DESCRIBE <a:b> FROM <file:///etc/passwd>"}),
    Case("a file by parameter", 400, query={"query": ASK, "default-graph-uri": "file:///etc/passwd"}),
    Case("too long for an address", 414, query={"query": ASK + " " * 2000}),
    Case("too long for a form", 413, method="POST", body=b"query=ASK%7B%7D" + b"+" * 2000, content_type=FORM),
    Case("too deep", 400, query={"query": "ASK " + "{" * 150 + "}" * 150}),
    Case("PUT", 405, method="PUT"),
    Case("DELETE", 405, method="DELETE"),
    Case("a time that is none", 400, query={"query": ASK, "timeout": "soon"}),
    Case("no time at all", 400, query={"query": ASK, "timeout": "nan"}),
]  # fmt: skip


def send(client: FlaskClient, case: Case) -> TestResponse:
    headers: dict[str, str] = {"Accept": case.accept} if case.accept else {}
    arguments: dict[str, Any] = {"query_string": case.query} if case.query else {}
    if "\udcff" in str(case.query.get("query")):
        arguments["query_string"] = "query=ASK%20%7B%20%22%FF%22%20%7D"
    return client.open(
        "/sparql",
        method=case.method,
        headers=headers,
        data=case.body,
        content_type=case.content_type,
        **arguments,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.remark)
def test_each_request_gets_its_answer_and_every_answer_its_headers(
    client: FlaskClient, case: Case
) -> None:
    answer = send(client, case)
    assert answer.status_code == case.status, answer.text
    if case.media_type:
        assert answer.mimetype == case.media_type
    if case.status >= 400:
        assert answer.mimetype == "application/problem+json"
        assert json.loads(answer.data)["status"] == case.status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in answer.vary


@pytest.mark.parametrize("case", [c for c in CASES if c.method == "GET"], ids=lambda c: c.remark)
def test_head_answers_as_get_without_the_body(client: FlaskClient, case: Case) -> None:
    full, head = send(client, case), send(client, Case(**{**vars(case), "method": "HEAD"}))
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers.get(name) == full.headers.get(name), name
    assert head.status_code == full.status_code


def test_a_syntax_error_tells_line_and_column(client: FlaskClient) -> None:
    told = client.get("/sparql", query_string={"query": "SELECT * {\n ?s ?p "}).json
    assert told is not None
    assert (told["line"], told["column"]) == (2, 8)


def test_a_function_that_is_not_there_is_the_fault_of_the_query(client: FlaskClient) -> None:
    query = "PREFIX f: <http://jena.apache.org/f#>\nSELECT (f:now() AS ?x) {}"
    answer = client.get("/sparql", query_string={"query": query})
    assert answer.status_code == 400
    assert answer.json is not None
    assert "<http://jena.apache.org/f#now>" in answer.json["detail"]
    assert (answer.json["line"], answer.json["column"]) == (2, 9)


def test_a_browser_gets_its_errors_as_pages(client: FlaskClient) -> None:
    query = {"query": "SELECT <script>"}
    answer = client.get("/sparql", query_string=query, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "<script>" not in answer.text


def ask(client: FlaskClient, query: str, **parameters: str | list[str]) -> Any:  # noqa: ANN401
    answer = client.get(
        "/sparql", query_string={"query": query, **parameters}, headers={"Accept": JSON}
    )
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def test_datasets_of_the_protocol(client: FlaskClient) -> None:
    reef_only = "ASK { <https://w3id.org/eugraph/id/release/reef> a ?c }"
    in_graph = "ASK { GRAPH ?g { <https://w3id.org/eugraph/id/release/reef> a ?c } }"
    assert ask(client, reef_only)["boolean"]
    assert not ask(client, reef_only, **{"default-graph-uri": G + "tide"})["boolean"]
    both = [G + "tide", G + "reef"]
    assert ask(client, reef_only, **{"default-graph-uri": both})["boolean"]
    assert ask(client, in_graph, **{"named-graph-uri": G + "reef"})["boolean"]
    assert not ask(client, in_graph, **{"named-graph-uri": G + "tide"})["boolean"]
    assert not ask(client, reef_only, **{"named-graph-uri": G + "reef"})["boolean"]


def test_what_two_releases_state_counts_once(client: FlaskClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s <https://w3id.org/eugraph/ontology#acronym> ?o }"
    (row,) = ask(client, query)["results"]["bindings"]
    assert row["n"]["value"] == "1"


def test_the_time_can_be_lowered_and_its_end_is_told_as_such(client: FlaskClient) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    answer = client.get("/sparql", query_string={"query": endless, "timeout": "0.3"})
    assert answer.status_code == 504
    assert json.loads(answer.data)["limit"] == "query_seconds"


def test_an_unknown_format_is_told_with_those_that_there_are(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": ASK, "format": "xls"})
    assert answer.json is not None
    assert "There is no format xls; there are csv, html, json," in answer.json["detail"]


def test_an_answer_over_its_rows_breaks_off_and_does_not_end_well(client: FlaskClient) -> None:
    rows = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = client.get("/sparql", query_string={"query": rows}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    with pytest.raises(Exception, match="more than 20000 rows"):
        assert answer.data


def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient) -> None:
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 3"}
    first = client.get("/sparql", query_string=query, headers={"Accept": JSON})
    tag = first.headers["ETag"]
    again = client.get(
        "/sparql", query_string=query, headers={"Accept": JSON, "If-None-Match": tag}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    other = client.get("/sparql", query_string=query, headers={"Accept": XML, "If-None-Match": tag})
    assert other.status_code == 200


def test_the_preflight_of_a_browser_is_answered(client: FlaskClient) -> None:
    answer = client.options(
        "/sparql",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert answer.status_code == 200
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("media_type", GRAPHS)
def test_the_service_describes_itself(client: FlaskClient, media_type: str) -> None:
    graph = graph_in(client.get("/sparql", headers={"Accept": media_type}))
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert {str(o) for o in graph.objects(service, SD.endpoint)} == {"http://127.0.0.1:8000/sparql"}
    names = {str(name) for name in graph.objects(None, SD.name)}
    assert names == {G + "tide", G + "reef", G + "reference"}


def test_many_ask_at_once_and_each_gets_its_own_answer(client: FlaskClient) -> None:
    wrong: list[object] = []

    def check(number: int) -> None:
        with client.application.test_client() as own:
            (row,) = ask(own, f"SELECT ({number} AS ?n) {{}}")["results"]["bindings"]
            if row["n"]["value"] != str(number):
                wrong.append(row)

    threads = [threading.Thread(target=check, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_text_of_any_script_arrives_in_all_three_ways(client: FlaskClient) -> None:
    query = 'SELECT ("Αθήνα 🇪🇺 ž + % &" AS ?v) {}'
    answers = [
        client.get("/sparql", query_string={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", input_stream=io.BytesIO(query.encode()), content_type=DIRECT,
                    headers={"Content-Length": str(len(query.encode()))}),
    ]  # fmt: skip
    for answer in answers:
        (row,) = json.loads(answer.data)["results"]["bindings"]
        assert row["v"]["value"] == "Αθήνα 🇪🇺 ž + % &"


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("SELECT ?p { ?p <https://w3id.org/eugraph/ontology#acronym> 'TIDE' }", [">TIDE<", "/doc/project/tide-2020"]),
        ("ASK {}", ["Yes"]),
        ("DESCRIBE <https://w3id.org/eugraph/id/project/tide-2020>", ["acronym"]),
        ("SELECT * { ?s ?p 'TIDE'@en }", ["&#34;TIDE&#34;@en occurs nowhere in the data; &#34;TIDE&#34; does."]),
    ],
)  # fmt: skip
def test_a_browser_gets_a_page_of_names_not_of_iris(
    client: FlaskClient, query: str, shown: list[str]
) -> None:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    for text in shown:
        assert text in answer.text
    again = client.get(
        "/sparql",
        query_string={"query": query},
        headers={"Accept": BROWSER, "If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_page_is_of_the_dataset_that_is_asked(client: FlaskClient) -> None:
    query = {"query": "ASK { <https://w3id.org/eugraph/id/release/reef> a ?c }"}
    all_, one = (
        client.get("/sparql", query_string=query | more, headers={"Accept": BROWSER}).text
        for more in ({}, {"default-graph-uri": G + "tide"})
    )
    assert "Yes" in all_
    assert "Yes" not in one


@pytest.mark.parametrize("media_type", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_an_answer_of_no_rows_says_what_occurs_nowhere(
    client: FlaskClient, media_type: str
) -> None:
    def hints(query: str) -> list[str]:
        headers = {"Accept": media_type}
        return client.get(
            "/sparql", query_string={"query": query}, headers=headers
        ).headers.getlist("Query-Hint")

    for _ in range(2):  # the second comes from memory
        assert hints("SELECT * { ?s ?p 'TIDE'@en }") == [
            '"TIDE"@en occurs nowhere in this edition; "TIDE" does.'
        ]
    assert hints("SELECT * { ?s ?p 'TIDE' }") == []
    assert hints("SELECT * { ?s ?p 'TIDE' , 'Rīgas dome' }")[0].startswith('"R\\u012bgas dome" ')
    assert hints("SELECT ('x' AS ?none) { ?s ?p 'TIDE' FILTER(1 > 2) }") == []


def test_an_address_with_an_extension_that_nothing_has_is_not_found(client: FlaskClient) -> None:
    for path in ("/catalog.php", "/ontology.exe", "/vocab/role.php"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "now ()", "UUID # again\n()"]
)
def test_what_is_another_each_time_is_not_kept(client: FlaskClient, call: str) -> None:
    query = {"query": f"SELECT ({call} AS ?x) {{}}"}
    first, second = (client.get("/sparql", query_string=query) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.data != second.data
    assert first.headers["Cache-Control"] == "no-store"
    assert "ETag" not in first.headers
