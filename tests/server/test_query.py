"""The query page without script, its vocabulary, and short links."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import create_environ

from eugraph.errors import QueryLimitError
from eugraph.server.interface import translator
from eugraph.server.query.examples import examples
from eugraph.server.query.links import A_MINUTE, LONGEST, OF_ALL, Kept, Links
from eugraph.server.query.terms import Term, read_terms, read_triple
from eugraph.server.shortcut import MARK
from eugraph.vocabulary import PROLOGUE

PROJECTS = (
    f"{PROLOGUE}SELECT ?project ?start ?end {{ ?project eug:startDate ?start ; eug:endDate ?end }}"
)
COUNTRIES = (
    f"{PROLOGUE}SELECT ?country (COUNT(?p) AS ?n) {{ ?p eug:involvesCountry ?country }} "
    "GROUP BY ?country ORDER BY ?country"
)
HTML = {"Accept": "text/html"}


def page(client: FlaskClient, query: str, **parameters: str) -> str:
    """Return the page of a query that is answered."""
    answer = client.get("/query", query_string={"query": query, **parameters}, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_endpoint_shows_a_browser_the_form_with_an_example_in_it(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers=HTML)

    assert '<form action="/query"' in answer.text
    assert "SELECT ?project" in answer.text
    for example in examples("en"):
        assert example.title in answer.text


def test_rows_are_shown_with_names_and_links_to_their_pages(client: FlaskClient) -> None:
    shown = page(client, PROJECTS)

    assert re.search(r'<a href="/doc/project/tide-2020"[^>]*><bdi>TIDE</bdi></a>', shown)
    assert "2020-03-01" in shown
    assert "<script>" not in shown


def test_names_are_in_the_readers_language(client: FlaskClient) -> None:
    headers = {**HTML, "Accept-Language": "lv"}
    answer = client.get("/query", query_string={"query": COUNTRIES}, headers=headers)

    assert "<bdi>Latvija</bdi></a>" in answer.text
    assert '<bdi lang="en">Estonia</bdi></a>' in answer.text, "there is no Latvian name"
    assert '<html lang="lv"' in answer.text


@pytest.mark.parametrize(
    ("query", "view", "kind"),
    [(COUNTRIES, "map", "map"), (PROJECTS, "timeline", "timeline"), (COUNTRIES, "chart", "bars")],
)
def test_rows_are_drawn_where_they_hold_what_that_needs(
    client: FlaskClient, query: str, view: str, kind: str
) -> None:
    shown = page(client, query, view=view)

    assert f'class="drawing {kind}"' in shown
    assert ' style="' not in shown


def test_rows_that_hold_no_picture_are_a_table(client: FlaskClient) -> None:
    shown = page(client, f"{PROLOGUE}SELECT ?name {{ ?s eug:acronym ?name }}", view="map")

    assert "<svg" not in shown
    assert "data-view" not in shown


def test_ask_and_construct_are_answered_in_words_and_as_triples(client: FlaskClient) -> None:
    assert "Yes:" in page(client, "ASK { ?s ?p ?o }")
    assert "No:" in page(client, "ASK { ?s <urn:none> ?o }")
    triples = page(client, "CONSTRUCT { ?s a ?o } { ?s a ?o }")
    assert "format=ttl" in triples
    assert "format=csv" not in triples


def test_an_empty_answer_says_that_the_query_is_well_formed(client: FlaskClient) -> None:
    assert "the query is well-formed" in page(client, "SELECT * { ?s <urn:none> ?o }")


def test_a_page_shows_the_first_thousand_rows_and_says_so(client: FlaskClient) -> None:
    shown = page(client, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")

    assert shown.count("<tr>") == 1001
    assert "The first 1,000 rows" in shown


def test_an_error_names_its_line_and_keeps_the_query(client: FlaskClient) -> None:
    answer = client.post("/query", data={"query": "SELECT *\n{ ?s <b> ! }"}, headers=HTML)

    assert answer.status_code == 400
    assert 'data-line="2"' in answer.text
    assert "?s &lt;b&gt; ! }" in answer.text


def test_refused_queries_are_refused_here_too(client: FlaskClient) -> None:
    answer = client.get("/query?query=SELECT*{SERVICE<http://a/>{?s ?p ?o}}", headers=HTML)

    assert answer.status_code == 403
    assert "SERVICE" in answer.text


def test_a_query_that_is_too_long_or_missing_is_told(client: FlaskClient) -> None:
    assert client.post("/query", data={"query": "x" * 2001}).status_code == 400
    assert client.get("/query").location == "/sparql"


def test_hostile_queries_and_data_are_text(client: FlaskClient) -> None:
    evil = "<script>alert(1)</script>"
    query = f"SELECT ?x ('{evil}' AS ?n) {{ BIND('\"><b>{evil}' AS ?x) }}"
    shown = page(client, query)

    assert evil not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_an_iri_of_script_is_no_link(client: FlaskClient) -> None:
    assert 'href="javascript' not in page(client, "SELECT (<javascript:alert(1)> AS ?x) {}")


def test_the_examples_are_explained_and_answered(client: FlaskClient) -> None:
    for tongue in ("en", "lv"):
        for example in examples(tongue):
            assert example.title
            assert example.description
            assert 'id="results"' in page(client, example.query)


# the vocabulary


def test_the_vocabulary_counts_what_the_data_hold(client: FlaskClient) -> None:
    answer = client.get("/query/vocabulary.json")
    told = json.loads(answer.data)
    terms = {(term["name"], term["kind"]): term for term in told["terms"]}

    assert terms["eug:Project", "class"]["count"] == 1
    assert terms["eug:involvesCountry", "property"]["count"] == 2
    assert terms["eug:involvesCountry", "property"]["label"]
    assert terms["eug:conclusion", "property"]["count"] == 0, "of the ontology, not of the data"
    assert told["prefixes"]["eug"] == "https://w3id.org/eugraph/ontology#"
    assert answer.headers["ETag"]


# terms


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    escaped = text.translate({9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\"})

    assert read_terms(f'"{escaped}"@lv') == [Term("literal", text, "lv")]


def test_terms_of_all_kinds_are_read() -> None:
    line = (
        '<http://a/b>\t"x"\t-3\t1.5\t1e3\ttrue\t_:b0\t\t"2020"^^<http://a#gYear>\t"\\u0101\\"\\t"'
    )
    values = [(t.value, t.datatype.rpartition("#")[2]) if t else None for t in read_terms(line)]

    assert values == [
        ("http://a/b", ""), ("x", ""), ("-3", "integer"), ("1.5", "decimal"), ("1e3", "double"),
        ("true", "boolean"), ("_:b0", ""), None, ("2020", "gYear"), ('ā"\t', ""),
    ]  # fmt: skip
    triple = read_triple('<http://a/s> <http://a/p> "a > b . c"@en .\n')
    assert [term.value for term in triple] == ["http://a/s", "http://a/p", "a > b . c"]


# links


def share(client: FlaskClient, query: str, **headers: str) -> str:
    answer = client.post(
        "/query/links",
        data={"query": query, "view": "map"},
        headers={"Accept": "application/json", **headers},
    )
    assert answer.status_code == 200, answer.text
    return str(json.loads(answer.data)["path"])


def test_a_short_link_opens_the_query_as_it_was_shown(client: FlaskClient) -> None:
    path = share(client, COUNTRIES)
    answer = client.get(path, headers=HTML)

    assert re.fullmatch(r"/q/[a-z2-7]{13}", path)
    assert path == share(client, COUNTRIES), "the same query has the same link"
    assert path != share(client, PROJECTS)
    assert 'class="drawing map"' in answer.text


def test_without_script_the_link_is_opened(client: FlaskClient) -> None:
    answer = client.post("/query/links", data={"query": COUNTRIES}, headers=HTML)

    assert answer.status_code == 303
    assert answer.location.startswith("/q/")


@pytest.mark.parametrize("name", ["aaaaaaaaaaaaa", "..", "%2e%2e%2fmanifest.json", "A" * 13, "a/b"])
def test_what_is_no_link_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/q/{name}").status_code == 404


def test_other_sites_make_no_links(client: FlaskClient) -> None:
    answer = client.post(
        "/query/links", data={"query": COUNTRIES}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 400


def test_a_link_that_was_not_opened_for_the_longest_makes_room(tmp_path: Path) -> None:
    links = Links(tmp_path / "links", most=3)
    names = [links.keep(Kept(f"ASK {{ {n} }}", "table")) for n in range(3)]
    for age, name in enumerate(names):
        (tmp_path / "links" / str(name)).touch()
        import os

        os.utime(tmp_path / "links" / str(name), (1000 + age, 1000 + age))
    assert links.find(str(names[0])) is not None, "opened: it is the newest now"
    links.keep(Kept("ASK { new }", "table"))

    assert [links.find(str(name)) is not None for name in names] == [True, False, True]
    assert len(list((tmp_path / "links").iterdir())) == 3


def test_links_are_bounded_in_length_and_in_a_minute(tmp_path: Path) -> None:
    links = Links(tmp_path / "links", most=1000)
    with pytest.raises(QueryLimitError):
        links.keep(Kept("x" * (LONGEST + 1), "table"))
    for number in range(A_MINUTE):
        links.keep(Kept(str(number), "table"))
    with pytest.raises(QueryLimitError):
        links.keep(Kept("one more", "table"))
    assert links.keep(Kept("0", "table")), "one that is there already is told"
    assert links.keep(Kept("of another", "table"), "192.0.2.1"), "others are not kept from theirs"


def test_all_clients_together_get_a_bounded_number_of_links_in_a_minute(tmp_path: Path) -> None:
    links = Links(tmp_path / "links", most=1000)
    for number in range(OF_ALL):
        links.keep(Kept(str(number), "table"), f"192.0.2.{number}")

    with pytest.raises(QueryLimitError):
        links.keep(Kept("one more", "table"), "198.51.100.1")


def test_where_the_site_cannot_be_written_the_long_address_is_the_link(tmp_path: Path) -> None:
    (tmp_path / "links").write_text("a file where the folder should be")

    assert Links(tmp_path / "links", most=9).keep(Kept("ASK {}", "table")) is None
    assert Links(tmp_path / "none", most=0).keep(Kept("ASK {}", "table")) is None


def test_a_damaged_link_is_not_found(tmp_path: Path) -> None:
    links = Links(tmp_path, most=9)
    name = links.keep(Kept("ASK {}", "table"))
    (tmp_path / str(name)).write_text('{"query": 1, "other": 2}')

    assert links.find(str(name)) is None


def test_a_long_query_is_asked_by_post(client: FlaskClient) -> None:
    query = "ASK { ?s ?p ?o }" + " " * 1500
    answer = client.post(
        "/query", data=urlencode({"query": query}), headers=HTML,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert "Yes:" in answer.text


def test_rows_that_are_too_long_for_a_page_are_told_so_at_once(client: FlaskClient) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(20))
    query = f'SELECT (CONCAT(?a20, "\\n") AS ?long) {{ BIND("aaaaaaaaaa" AS ?a0) {doubled} }}'
    begin = time.process_time()
    answer = client.get("/sparql", query_string={"query": query}, headers=HTML)
    assert answer.status_code == 422
    assert "too long for a page" in answer.text
    assert time.process_time() - begin < 3


def test_a_long_text_is_shown_and_the_rows_behind_the_last_do_not_count(
    client: FlaskClient,
) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(17))
    query = f'SELECT ?a17 {{ BIND("aaaaaaaaaa" AS ?a0) {doubled} }}'
    assert "a" * 1000 in page(client, query)
    rows = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 300000"
    assert "tide-2020" in page(client, rows)


def test_a_page_of_what_is_another_each_time_is_made_anew(client: FlaskClient) -> None:
    def may_be_kept(query: str) -> bool:
        environ = create_environ("/sparql", query_string={"query": query}, headers=HTML)
        body = b"".join(client.application.wsgi_app(environ, lambda *_: lambda _: None))
        assert b"<html" in body
        return MARK in environ

    assert may_be_kept(PROJECTS)
    assert not may_be_kept("SELECT (NOW() AS ?now) {}")


@pytest.mark.parametrize(("count", "told"), [(3, False), (61, True)])
def test_a_drawing_says_that_it_leaves_something_out_where_it_may(
    client: FlaskClient, count: int, told: bool
) -> None:
    values = " ".join(f'("a{number}" {number})' for number in range(count))
    query = f"SELECT ?name ?number {{ VALUES (?name ?number) {{ {values} }} }}"
    page = client.get("/query", query_string={"query": query, "view": "chart"}, headers=HTML).text
    assert 'class="drawing bars"' in page
    assert (translator("en")("query.drawn") in page) == told
