"""What harvesters read."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    RDF,
    RDFS,
    SKOS,
    VOID,
    BNode,
    Graph,
    Literal,
    Namespace,
    URIRef,
)

from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.workers import Pool

from .conftest import GRAPHS, graph_in, graphs_of, publish_graphs

SPDX = Namespace("http://spdx.org/rdf/terms#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
DCAT3 = Namespace(str(DCAT))  # of version 3, newer than the DCAT of rdflib
HERE = "http://127.0.0.1:8000/"

MANDATORY = [
    (DCAT.Catalog, [DCTERMS.title, DCTERMS.description, DCTERMS.publisher]),
    (DCAT.Dataset, [DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCAT.contactPoint]),
    (DCAT.Distribution, [DCAT.accessURL, DCTERMS.license, DCTERMS["format"]]),
    (DCAT.DataService, [DCAT.endpointURL, DCTERMS.title, DCAT.servesDataset]),
    (FOAF.Agent, [FOAF.name]),
    (SPDX.Checksum, [SPDX.algorithm, SPDX.checksumValue]),
    (SKOS.Concept, [SKOS.prefLabel, SKOS.inScheme]),
    (SKOS.ConceptScheme, [DCTERMS.title]),
]


@pytest.fixture
def catalogue(client: FlaskClient) -> Graph:
    """Return the catalogue page."""
    return graph_in(client.get("/catalog"))


@pytest.mark.parametrize(("tag", "told"), [("en", "Catalogue"), ("lv", "Katalogs")])
def test_the_catalogue_is_a_page_to_a_browser(client: FlaskClient, tag: str, told: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/catalog", headers={"Accept": browser, "Accept-Language": tag})
    assert answer.mimetype == "text/html"
    assert f"<h1>{told}</h1>" in answer.text
    for path in ("download/1/", "catalog.ttl", "catalog.jsonld", "catalog.rdf", "catalog.nt"):
        assert f'href="/{path}"' in answer.text
        assert client.get(f"/{path}").status_code == 200
    assert client.get("/catalog", headers={"Accept": "*/*"}).mimetype == "text/turtle"


@pytest.mark.parametrize(("class_", "properties"), MANDATORY)
def test_the_catalogue_has_what_dcat_ap_makes_mandatory(
    catalogue: Graph, class_: URIRef, properties: list[URIRef]
) -> None:
    things = set(catalogue.subjects(RDF.type, class_))
    assert things
    for thing in things:
        for property_ in properties:
            assert (thing, property_, None) in catalogue, (thing, property_)


def test_the_catalogue_stands_by_itself(catalogue: Graph) -> None:
    described = set(catalogue.subjects())
    addresses = {DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, DCAT.endpointDescription}
    for _, predicate, value in catalogue:
        assert not isinstance(value, BNode)
        ours = predicate not in {*addresses, RDF.type, RDFS.subClassOf, SPDX.algorithm}
        if isinstance(value, URIRef) and ours and not value.startswith("mailto:"):
            assert value in described, (predicate, value)


@pytest.fixture
def editions(tmp_path: Path, pool: Pool) -> FlaskClient:
    """Return a client of a site of three editions."""
    for name in ("a", "b", "c"):
        graph = f"<https://example.org/{name}> a eug:Project ."
        publish_graphs(tmp_path, graphs_of(one=graph))
    return create_app(tmp_path, Settings(), pool).test_client()


@pytest.mark.parametrize("path", ["/catalog", "/catalog.rdf", "/catalog?page=1"])
def test_a_portal_shows_one_dataset_with_its_versions(editions: FlaskClient, path: str) -> None:
    graph = graph_in(editions.get(path))
    # ckanext-dcat makes an entry of each of these
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert list(graph.objects(catalogue, DCAT.dataset)) == [dataset]
    versions = {URIRef(f"{HERE}download/{number}/#dataset") for number in (1, 2, 3)}
    assert set(graph.objects(dataset, DCAT3.hasVersion)) == versions
    for version in versions:
        # what `sh:class dcat:Dataset` asks (SHACL, 4.1.1)
        assert any(
            DCAT.Dataset in graph.objects(kind, RDFS.subClassOf)
            for kind in graph.objects(version, RDF.type)
        )
        titles = graph.objects(version, DCTERMS.title)
        assert {text.language for text in titles if isinstance(text, Literal)} == {"en", "lv"}
    before = {graph.value(version, DCAT3.previousVersion) for version in versions}
    assert before == {None, *sorted(versions)[:2]}
    assert not set(graph.objects(None, HYDRA.next))
    assert [str(total) for total in graph.objects(None, HYDRA.totalItems)] == ["1"]


def test_a_version_is_told_of_in_full_where_its_files_are(editions: FlaskClient) -> None:
    graph = graph_in(editions.get("/download/2/"))
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert str(dataset) == f"{HERE}download/2/#dataset"
    assert str(graph.value(dataset, DCAT3.isVersionOf)) == f"{HERE}catalog#dataset"
    files = {str(each) for each in graph.objects(None, DCAT.downloadURL)}
    assert f"{HERE}download/2/eugraph.ttl" in files
    assert all(each.startswith(f"{HERE}download/2/") for each in files)


@pytest.mark.parametrize(
    ("since", "datasets"),
    [("2020-01-01", 1), ("2020-01-01T00:00:00Z", 1), ("2999-01-01", 0), ("2999-01-01T00:00+02", 0)],
)
def test_a_catalogue_since_a_time_has_what_changed(
    client: FlaskClient, since: str, datasets: int
) -> None:
    graph = graph_in(client.get("/catalog", query_string={"modified_since": since}))
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == datasets
    assert [str(total) for total in graph.objects(None, HYDRA.totalItems)] == [str(datasets)]


@pytest.mark.parametrize("extension", ["ttl", "rdf", "xml", "n3", "jsonld"])
def test_the_catalogue_is_where_ckan_has_its_own(client: FlaskClient, extension: str) -> None:
    there = graph_in(client.get(f"/catalog.{extension}"))
    (view,) = there.subjects(RDF.type, HYDRA.PartialCollectionView)
    assert str(view) == f"{HERE}catalog.{extension}?page=1"
    assert len(there) == len(graph_in(client.get("/catalog")))


def test_what_is_no_time_or_no_page_of_the_catalogue_is_told(client: FlaskClient) -> None:
    assert client.get("/catalog?modified_since=yesterday").status_code == 400
    assert client.get("/catalog?page=2").status_code == 404


def test_free_text_is_told_in_each_language(catalogue: Graph) -> None:
    for thing in catalogue.subjects(RDF.type, DCAT.Dataset):
        for property_ in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
            texts = list(catalogue.objects(thing, property_))
            assert {text.language for text in texts if isinstance(text, Literal)} == {"en", "lv"}


def test_each_file_is_as_it_is_declared(client: FlaskClient, catalogue: Graph) -> None:
    addresses = list(catalogue.subject_objects(DCAT.downloadURL))
    assert len(addresses) == 3 * 15  # packed in two ways, too
    for distribution, address in addresses:
        with client.get(str(address).removeprefix(HERE.rstrip("/"))) as answer:
            body = answer.data
        checksum = catalogue.value(distribution, SPDX.checksum)
        assert (
            str(catalogue.value(checksum, SPDX.checksumValue)) == hashlib.sha256(body).hexdigest()
        )
        assert str(catalogue.value(distribution, DCAT.byteSize)) == str(len(body))
        (type_,) = (
            value
            for property_ in (DCAT.mediaType, DCAT.compressFormat)
            for value in catalogue.objects(distribution, property_)
        )
        assert str(type_).endswith(str(answer.mimetype))


def test_the_time_it_is_about_is_that_of_its_dates(catalogue: Graph) -> None:
    assert [str(day) for day in catalogue.objects(None, DCAT.startDate)] == ["2020-03-01"]
    assert [str(day) for day in catalogue.objects(None, DCAT.endDate)] == ["2022-02-28"]


@pytest.mark.parametrize("media_type", GRAPHS)
@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
def test_every_form_is_the_same_each_time(client: FlaskClient, path: str, media_type: str) -> None:
    first, second = (client.get(path, headers={"Accept": media_type}) for _ in range(2))
    assert first.data == second.data
    assert first.mimetype == media_type


def test_void_counts_what_the_endpoint_counts(client: FlaskClient) -> None:
    graph = graph_in(client.get("/.well-known/void"))
    (dataset,) = graph.subjects(RDF.type, VOID.Dataset)
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = client.get("/sparql", query_string={"query": query, "format": "csv"})
    assert str(graph.value(dataset, VOID.triples)) == answer.text.split()[1]


def test_addresses_are_the_public_ones_whatever_the_host(site: Path, pool: Pool) -> None:
    settings = Settings(public_url="https://data.example.org/eu/")
    client = create_app(site, settings, pool).test_client()
    for path in ("/catalog", "/eu/catalog", "/.well-known/void", "/sparql"):
        answer = client.get(
            path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        )
        assert b"evil.example" not in answer.data
        assert "evil.example" not in str(answer.headers)
        assert b"https://data.example.org/eu/" in answer.data
    for path in ("/", "/eu/", "/doc/project/tide-2020.html"):
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert 'href="/eu/sparql"' in page
    location = client.get("/eu/id/project/tide-2020").headers["Location"]
    assert location == "/eu/doc/project/tide-2020"


def test_a_new_edition_shows_without_a_restart(tmp_path: Path) -> None:
    from eugraph.workers import Limits, started

    publish_graphs(tmp_path, graphs_of(one="<https://example.org/a> a eug:Project ."))
    with started(tmp_path, Limits(workers=1)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
        before = client.get("/sparql", query_string=query)
        publish_graphs(
            tmp_path,
            graphs_of(
                one="<https://example.org/a> a eug:Project . <https://example.org/b> a eug:Event ."
            ),
        )
        after = client.get("/sparql", query_string=query)
        assert (before.text.split(), after.text.split()) == (["n", "1"], ["n", "2"])
        assert before.headers["ETag"] != after.headers["ETag"]
        assert b"edition 2" in client.get("/readyz").data


@pytest.mark.parametrize(
    "path",
    [
        "/.well-known/void",
        "/.well-known/sparql-examples/",
        "/vocab/role/lead-partner",
        "/vocab/role",
        "/vocab/",
        "/ontology/alignments",
    ],
)
def test_every_other_form_that_is_told_of_is_there(client: FlaskClient, path: str) -> None:
    told = client.get(path, headers={"Accept": "text/turtle"}).headers["Link"]
    forms = re.findall(r'<([^>]+)>; rel="alternate"', told)
    assert len(forms) > 2
    assert {client.get(each).status_code for each in forms} == {200}
