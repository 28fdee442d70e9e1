"""Lists with facets, search, and what every page has around it."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, URIRef

from eugraph.search import lists
from eugraph.server import create_app
from eugraph.server.addresses import compact, expand
from eugraph.server.interface import LANGUAGES, translator
from eugraph.settings import Settings
from eugraph.vocabulary import EUG, IRI_BASE, PREFIXES
from eugraph.workers import Limits, started

from .conftest import graph_in, graphs_of, publish_graphs

HTML = {"Accept": "text/html"}
TIDE = IRI_BASE + "id/project/tide-2020"


@pytest.mark.parametrize("name", sorted(lists()))
@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_list_is_a_page_in_every_language(
    client: FlaskClient, name: str, tongue: str
) -> None:
    answer = client.get(f"/{name}", headers={**HTML, "Accept-Language": tongue})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert f'<html lang="{tongue}">' in answer.text
    assert f"<h1>{translator(tongue)(f'list.{name}')}</h1>" in answer.text


def test_a_list_is_narrowed_by_its_links(client: FlaskClient) -> None:
    page = client.get("/projects", headers=HTML).text
    (address,) = re.findall(r'href="(/projects\?country=country%3AEST)"', page)
    narrowed = client.get(address, headers=HTML).text
    assert "/doc/project/tide-2020" in narrowed
    assert 'href="/projects?"' in narrowed
    assert "/doc/project/" not in client.get("/projects?country=country:FRA", headers=HTML).text


def test_a_list_in_csv_is_not_taken_for_the_table(client: FlaskClient) -> None:
    answer = client.get("/projects.csv")
    assert answer.headers["Content-Disposition"] == 'inline; filename="projects-list.csv"'
    table = "/download/latest/projects.csv"
    assert f'<{table}>; rel="related"' in answer.headers["Link"]
    page = client.get("/projects", headers={"Accept": "text/html"}).text
    assert f'href="{table}"' in page
    with client.get(table) as told:
        assert told.status_code == 200


def test_a_list_is_taken_as_csv_and_json_ld_exactly_as_it_is(client: FlaskClient) -> None:
    for address in ("/projects.csv", "/projects?format=csv"):
        rows = list(csv.DictReader(io.StringIO(client.get(address).text)))
        assert [(row["iri"], row["name"], row["country"]) for row in rows] == [
            (TIDE, "TIDE", "Estonia; Latvia")
        ]
    assert len(client.get("/projects.csv?year=1990").text.splitlines()) == 1
    told = json.loads(client.get("/projects", headers={"Accept": "application/ld+json"}).data)
    assert "tide-2020" in json.dumps(told)


@pytest.mark.parametrize(
    ("accept", "extension", "media_type"),
    [
        ("text/turtle", "ttl", "text/turtle"),
        ("application/rdf+xml", "rdf", "application/rdf+xml"),
        ("application/n-triples", "nt", "application/n-triples"),
        ("application/json", "jsonld", "application/ld+json"),
    ],
)
def test_a_list_comes_in_every_form_of_rdf(
    client: FlaskClient, accept: str, extension: str, media_type: str
) -> None:
    answers = [
        client.get("/projects?country=country:EST", headers={"Accept": accept}),
        client.get(f"/projects.{extension}?country=country:EST"),
        client.get(f"/projects?country=country:EST&format={extension}"),
    ]
    assert {answer.mimetype for answer in answers} == {media_type}
    for answer in answers:
        assert (URIRef(TIDE), RDF.type, EUG.Project) in graph_in(answer)
    assert not len(graph_in(client.get(f"/projects.{extension}?year=1990")))
    offered = client.get("/projects", headers={"Accept": "*/*"}).headers["Link"]
    assert f'</projects?format={extension}>; rel="alternate"; type="{media_type}"' in offered


def test_the_query_behind_a_list_gives_its_rows(client: FlaskClient) -> None:
    page = client.get("/projects?country=country:EST", headers=HTML).text
    found = re.search(r"<pre><code>(.*?)</code>", page, re.DOTALL)
    assert found
    answer = client.get(
        "/sparql", query_string={"query": unescape(found[1])}, headers={"Accept": "text/csv"}
    )
    rows = [*csv.DictReader(io.StringIO(answer.text))]
    assert [(row["thing"], row["name"]) for row in rows] == [(TIDE, "TIDE")]
    assert page.count('class="name"') == len(rows)


def test_organisations_tell_in_how_many_projects_they_are_and_in_which(client: FlaskClient) -> None:
    page = client.get("/organisations?projects=1&sort=most", headers=HTML).text
    row = re.sub("<[^>]+>", " ", page.partition("<ol")[2].partition("</ol>")[0])
    assert re.search(r"Number of projects\s+1\s", row)
    assert re.search(r"Project\s+TIDE\s", row)
    (told,) = csv.DictReader(io.StringIO(client.get("/organisations.csv").text))
    assert (told["projects"], told["project"]) == ("1", "TIDE")


@pytest.mark.parametrize(
    "asked", ["sort=foo", "sort=most", "format=xls", "contry=country:LVA", "page=x&sort=latest-"]
)
def test_what_a_list_does_not_have_is_told(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/projects?{asked}", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_that_nothing_has_is_told(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/events?country=xx&lang={lang}", headers=HTML).text
    assert "“xx”" in page.partition("<main")[2]
    assert "“xx”" not in client.get(f"/events?country=country:LVA&lang={lang}", headers=HTML).text


@pytest.mark.parametrize(("former", "now"), [("begin", ""), ("-begin", "&sort=earliest")])
def test_former_ways_of_sorting_lead_to_those_of_now(
    client: FlaskClient, former: str, now: str
) -> None:
    latvian = client.get(f"/projects?sort={former}&year=2020&lang=lv")
    assert latvian.headers["Location"] == f"/projects?year=2020{now}&lang=lv"
    answer = client.get(f"/projects?sort={former}&year=2020")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/projects?year=2020{now}")


@pytest.mark.parametrize("page", ["0", "-1", "99", "40001"])
def test_a_page_that_is_not_there_is_not_found(client: FlaskClient, page: str) -> None:
    assert client.get(f"/projects?page={page}", headers=HTML).status_code == 404


def test_search_shows_hits_and_suggests(client: FlaskClient) -> None:
    page = client.get("/search?q=rigas+dom", headers=HTML).text
    assert "/doc/org/lv-riga" in page
    assert "<mark>four</mark> &lt;b&gt;partners" in client.get("/search?q=four", headers=HTML).text
    first = client.get("/search/suggestions?q=tid").get_json()[0]
    assert first == {
        "name": "TIDE",
        "type": "project",
        "when": "",
        "href": "/doc/project/tide-2020",
    }
    nothing = client.get("/search", query_string={"q": '"<script>'}, headers=HTML)
    assert (nothing.status_code, "<script>" in nothing.text.replace("<script src", "")) == (
        200,
        False,
    )


def test_a_country_that_is_searched_for_leads_to_its_lists(client: FlaskClient) -> None:
    page = client.get("/search?q=latv", headers=HTML).text.partition("<main")[2]
    for address in re.findall(r'href="(/\w+\?country=country%3ALVA)"', page):
        assert "/doc/" in client.get(address, headers=HTML).text, address
    assert (
        'href="/projects?country=country%3ALVA">Projects</a> <small class="count">1</small>' in page
    )
    (told,) = client.get("/search/suggestions?q=latvi").get_json()
    assert (told["name"], told["href"]) == ("Latvia", "/projects?country=country%3ALVA")


def test_what_was_found_of_one_kind_is_read_by_pages(client: FlaskClient) -> None:
    page = client.get("/search?q=tide&kind=name", headers=HTML).text
    assert "/doc/project/tide-2020" in page
    assert client.get("/search?q=tide&kind=name&page=2", headers=HTML).status_code == 404
    assert client.get("/search?q=tide&page=none", headers=HTML).status_code == 404
    assert client.get("/search?q=tide&kind=other", headers=HTML).status_code == 400


def test_the_language_that_was_chosen_is_kept(client: FlaskClient) -> None:
    page = client.get("/projects?lang=lv&year=2020", headers=HTML).text
    assert '<html lang="lv">' in page
    assert 'href="/events?lang=lv"' in page
    assert '<input type="hidden" name="lang" value="lv">' in page
    assert re.search(r'href="/projects\?[^"]*year=2020[^"]*lang=en"', page)
    assert '<html lang="en">' in client.get("/events?lang=xx", headers=HTML).text


def test_a_text_shows_its_words_where_their_iri_points(client: FlaskClient) -> None:
    page = client.get("/doc/text/tide", headers=HTML).text
    assert '<mark id="char=9,25"><a href="#read-9-25">four &lt;b&gt;partners</a></mark>' in page
    told = page.partition('<div id="read-9-25">')[2].partition("</div>")[0]
    assert '<a href="#char=9,25" lang="en"><bdi>four &lt;b&gt;partners</bdi></a>' in told
    assert '<a href="/doc/project/tide-2020"><bdi>TIDE</bdi></a>' in told
    assert "stated partner count <strong><bdi>4</bdi></strong>" in told


def test_the_report_tells_what_the_gate_found(client: FlaskClient) -> None:
    assert client.get("/report", headers=HTML).status_code == 200


@given(
    st.sampled_from([*PREFIXES.values(), IRI_BASE + "id/project/", "https://example.org/"]),
    st.from_regex(r"[a-zA-Z][a-zA-Z0-9-]{0,12}", fullmatch=True),
)
def test_a_value_comes_back_from_an_address(space: str, local: str) -> None:
    assert expand(compact(space + local)) == space + local


@pytest.mark.parametrize("count", [50, 51, 1200])
def test_a_list_is_narrowed_by_so_many_values_and_no_more(client: FlaskClient, count: int) -> None:
    answer = client.get("/projects?" + "&".join(f"country=c{i}" for i in range(count)))
    assert answer.status_code == (200 if count == 50 else 400)
    assert count == 50 or "at most 50" in answer.text


TITLED = """
@base <https://w3id.org/eugraph/id/> .
<project/tide-2020> a eug:Project ; skos:prefLabel "TIDE" ; dcterms:title "Tides: by the sea"@en .
<project/reef-2021> a eug:Project ; skos:prefLabel "Reefs"@en ; dcterms:title "Reefs"@en .
"""


def test_a_row_shows_a_title_that_is_no_name_and_nothing_of_what_there_is_not(
    tmp_path: Path,
) -> None:
    publish_graphs(tmp_path, graphs_of(tide=TITLED))
    with started(tmp_path, Limits(seconds=30)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        page = client.get("/projects", headers=HTML).text
    rows = page.partition('<ol class="entries')[2].partition("</ol>")[0]

    assert re.findall(r"<dt>Title</dt><dd><bdi>(.*?)</bdi>", rows) == ["Tides: by the sea"]
    assert "Discrepancies" not in rows
