"""The example queries: each is described, and each runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, SH, Literal, URIRef

from eugraph.catalogue import ExampleQuery, example_queries
from eugraph.pipeline import build
from eugraph.server import create_app
from eugraph.server.interface import LANGUAGES
from eugraph.settings import Settings
from eugraph.shipped import shipped
from eugraph.vocabulary import SCHEMA
from eugraph.workers import Limits, started

from .conftest import GRAPHS, graph_in

FOLDER = "/.well-known/sparql-examples/"
FORMS = ("select", "ask", "construct")
EXAMPLES = pytest.mark.parametrize("example", example_queries(), ids=lambda example: example.name)


@pytest.fixture(scope="module")
def of_releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Yield a client of a service that serves the two real releases."""
    site = tmp_path_factory.mktemp("releases")
    build((shipped("data/releases"),), site)
    with started(site, Limits()) as pool:
        yield create_app(site, Settings(), pool).test_client()


@EXAMPLES
def test_each_example_runs_and_finds_something(
    of_releases: FlaskClient, example: ExampleQuery
) -> None:
    answer = of_releases.get("/sparql", query_string={"query": example.query})
    assert answer.status_code == 200, answer.text
    match example.form:
        case "select":
            assert answer.get_json(force=True)["results"]["bindings"]
        case "ask":
            assert answer.get_json(force=True)["boolean"] is True
        case _:
            assert len(graph_in(answer)) > 0


@EXAMPLES
def test_each_example_is_explained_in_every_language_of_the_pages(example: ExampleQuery) -> None:
    assert set(example.titles) == set(example.comments) == set(LANGUAGES)


@pytest.mark.parametrize("media_type", GRAPHS)
def test_the_index_describes_all_for_the_endpoint(client: FlaskClient, media_type: str) -> None:
    graph = graph_in(client.get(FOLDER, headers={"Accept": media_type}))
    nodes = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(nodes) == len(example_queries()) >= 12
    for node in nodes:
        assert graph.value(node, SCHEMA.target) == URIRef("http://127.0.0.1:8000/sparql")
        assert {o.language for o in graph.objects(node, RDFS.label) if isinstance(o, Literal)} == {
            "en", "lv",
        }  # fmt: skip
        assert len([form for form in FORMS if (node, URIRef(f"{SH}{form}"), None) in graph]) == 1


def test_each_has_an_address_of_its_own_and_is_there_as_sparql(client: FlaskClient) -> None:
    graph = graph_in(client.get(FOLDER + "leaders"))
    assert {str(s) for s in graph.subjects()} == {f"http://127.0.0.1:8000{FOLDER}leaders"}
    query = client.get(FOLDER + "leaders.rq")
    assert query.mimetype == "application/sparql-query"
    assert query.text.startswith("PREFIX ")
    assert client.get(FOLDER + "none").status_code == 404
    assert client.get(FOLDER + "leaders.php").status_code == 404


def test_the_query_page_offers_them(client: FlaskClient) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html", "Accept-Language": "lv"}).text
    for example in example_queries():
        assert example.titles["lv"] in page
