"""Everything with an IRI of ours can be looked up."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from eugraph.store import BASE
from eugraph.vocabulary import EUG, OA

from .conftest import GRAPHS, graph_in

PROJECT = "/doc/project/tide-2020"


def test_a_thing_points_to_its_document_in_one_hop(client: FlaskClient) -> None:
    answer = client.get("/id/project/tide-2020", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PROJECT)


@pytest.mark.parametrize("media_type", GRAPHS)
def test_a_document_tells_the_same_in_every_form(client: FlaskClient, media_type: str) -> None:
    graph = graph_in(client.get(PROJECT, headers={"Accept": media_type}))
    it = URIRef(BASE + "project/tide-2020")
    assert (it, EUG.acronym, Literal("TIDE")) in graph
    assert Literal("four <b>partners") in set(graph.objects(None, OA.exact))
    assert isomorphic(graph, graph_in(client.get(PROJECT + ".nt")))


@pytest.mark.parametrize("media_type", GRAPHS)
def test_the_document_of_a_text_tells_of_the_evidence_in_it(
    client: FlaskClient, media_type: str
) -> None:
    headers = {"Accept": media_type}
    graph = graph_in(client.get("/id/text/tide", headers=headers, follow_redirects=True))
    evidence = URIRef(BASE + "text/tide#char=9,25")
    assert (evidence, RDF.type, EUG.Evidence) in graph
    (selector,) = graph.objects(evidence, OA.hasSelector)
    assert (selector, OA.exact, Literal("four <b>partners")) in graph


def test_an_extension_is_stronger_than_the_header(client: FlaskClient) -> None:
    for extension, media_type in {"ttl": "text/turtle", "html": "text/html"}.items():
        answer = client.get(f"{PROJECT}.{extension}", headers={"Accept": "application/ld+json"})
        assert answer.mimetype == media_type


def test_a_document_tells_who_points_to_it(client: FlaskClient) -> None:
    graph = graph_in(client.get(PROJECT))
    pointing = set(graph.subjects(EUG.aboutProject, URIRef(BASE + "project/tide-2020")))
    assert pointing == {URIRef(BASE + "release/tide"), URIRef(BASE + "release/reef")}


def test_a_page_shows_each_value_with_the_words_it_rests_on(client: FlaskClient) -> None:
    page = client.get(PROJECT, headers={"Accept": "text/html"}).text
    assert "four &lt;b&gt;partners" in page
    assert "<b>" not in page
    assert 'href="/doc/text/tide#char=9,25"' in page
    assert "stated partner count" in page


def test_a_page_shows_a_reading_that_is_not_accepted_as_such(client: FlaskClient) -> None:
    page = client.get(PROJECT, headers={"Accept": "text/html"}).text
    finland = page.index("country%3AFIN")
    assert "disputed" in page[finland : finland + 300]
    graph = graph_in(client.get(PROJECT))
    countries = {str(o)[-3:] for o in graph.objects(None, EUG.involvesCountry)}
    assert countries == {"LVA", "EST"}


def test_names_are_in_the_language_of_the_reader(client: FlaskClient) -> None:
    for tag, name in {"lv": "akronīms", "en": "acronym", "fr": "acronym"}.items():
        headers = {"Accept": "text/html", "Accept-Language": tag}
        assert f">{name}<" in client.get(PROJECT, headers=headers).text


def test_a_named_graph_is_a_document_too(client: FlaskClient) -> None:
    graph = graph_in(client.get("/id/graph/reef", follow_redirects=True))
    assert (URIRef(BASE + "release/tide"), None, None) not in graph
    assert (URIRef(BASE + "release/reef"), None, None) in graph


@pytest.mark.parametrize(
    "path",
    [
        "/doc/project/nothing",
        "/doc/graph/nothing",
        "/doc/project",
        "/doc/project/",
        "/doc/",
        "/doc/project/../../../etc/passwd",
        "/doc/project/%2e%2e/%2e%2e/etc/passwd",
        "/doc/project/tide-2020%3E%20%3Fp%20%3Fo%20%7D%20%23",
        "/doc/project/tide-2020%0d%0aX-Injected:%201",
        "/doc/project/šķ",
        "/id/project/a%0d%0aX-Injected:%201",
        "/id/../etc/passwd",
        "/id/",
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_what_is_not_published_is_not_found(client: FlaskClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 404
    assert "X-Injected" not in answer.headers


def test_a_document_has_a_strong_tag_of_its_own_in_each_form(client: FlaskClient) -> None:
    tags = {}
    for media_type in (*GRAPHS, "text/html"):
        answer = client.get(PROJECT, headers={"Accept": media_type})
        tags[media_type] = answer.headers["ETag"]
        headers = {"Accept": media_type, "If-None-Match": answer.headers["ETag"]}
        assert client.get(PROJECT, headers=headers).status_code == 304
    assert len(set(tags.values())) == len(tags)
    assert not any(tag.startswith("W/") for tag in tags.values())


def test_a_document_links_its_other_forms(client: FlaskClient) -> None:
    link = client.get(PROJECT, headers={"Accept": "text/turtle"}).headers["Link"]
    assert f'<{PROJECT}.jsonld>; rel="alternate"; type="application/ld+json"' in link
    assert f'<{BASE}project/tide-2020>; rel="describes"' in link
    assert f"{PROJECT}.ttl" not in link
    page = client.get(PROJECT, headers={"Accept": "text/html", "Accept-Language": "lv"})
    assert page.headers["Content-Language"] == "lv"
    assert f'<{BASE}project/tide-2020>; rel="cite-as"' in page.headers["Link"]
    assert f'{PROJECT}.ttl>; rel="describedby"; type="text/turtle"' in page.headers["Link"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/project/tide?lang=lv", PROJECT + "?lang=lv"),
        ("/doc/project/tide.ttl?page=1", PROJECT + ".ttl?page=1"),
        ("/id/project/tide", PROJECT),
        ("/doc/project/tide", PROJECT),
        ("/doc/project/tide.ttl", PROJECT + ".ttl"),
    ],
)
def test_an_iri_that_was_given_up_points_for_good_to_the_one_that_stands_for_it(
    client: FlaskClient, path: str, location: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (301, location)


def test_what_an_earlier_edition_told_of_is_gone_and_not_unknown(client: FlaskClient) -> None:
    assert client.get("/doc/project/ebb-2019").status_code == 410
    assert client.get("/doc/project/flow-2019").status_code == 404


def test_a_document_leads_on_to_what_is_known_of_it(client: FlaskClient) -> None:
    link = client.get("/doc/project/tide-2020.ttl").headers["Link"]
    for told in (
        '<http://127.0.0.1:8000/doc/project/tide-2020>; rel="canonical"',
        '<http://127.0.0.1:8000/.well-known/void>; rel="describedby"',
        'CC_BY_4_0>; rel="license"',
        '<https://w3id.org/eugraph/ontology>; rel="profile"',
        '<https://w3id.org/eugraph/ontology#Project>; rel="type"',
        '<https://w3id.org/eugraph/id/project/tide-2020>; rel="describes"',
    ):
        assert told in link


def test_what_points_to_a_thing_is_told_in_pages_when_it_is_much(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from eugraph.server import entities

    path = "/doc/project/tide-2020"
    whole = graph_in(client.get(path))
    monkeypatch.setattr(entities, "POINTING", 1)
    found, address = Graph(), path
    for _ in range(10):
        answer = client.get(f"{address}", headers={"Accept": "text/turtle"})
        if answer.status_code == 404:
            break
        found += graph_in(answer)
        following = re.findall(r'<([^>]*)>; rel="next"', answer.headers["Link"])
        if not following:
            break
        (address,) = following
    assert found.isomorphic(whole)
    assert client.get(f"{path}?page=99").status_code == 404
    assert client.get(f"{path}?page=0").status_code == 400
