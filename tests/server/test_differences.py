"""How two editions differ, as a page and in forms that programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from eugraph.editions import find_edition
from eugraph.server import create_app
from eugraph.settings import Settings
from eugraph.store import BASE
from eugraph.workers import Limits, started

from .conftest import REEF, REFERENCE, TIDE, graphs_of, publish_graphs

NEW = "/download/2/diff/1"
FORMS = {
    "html": "text/html",
    "json": "application/json",
    "nq": "application/n-quads",
    "ru": "application/sparql-update",
}
LATER = TIDE.replace("statedPartnerCount 4", "statedPartnerCount 5").replace(
    "TIDE begins", "<b>Ebb"
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site whose second edition changes one release and leaves out another."""
    site = tmp_path_factory.mktemp("changed")
    publish_graphs(site, graphs_of(tide=TIDE, reef=REEF, reference=REFERENCE))
    publish_graphs(site, graphs_of(tide=LATER, reference=REFERENCE))
    return site


@pytest.fixture(scope="module")
def reader(changed: Path) -> Iterator[FlaskClient]:
    """Yield a client of that site."""
    with started(changed, Limits(workers=1)) as pool:
        yield create_app(changed, Settings(), pool).test_client()


def _triples(site: Path, number: int) -> set[ox.Triple]:
    """Return all that an edition tells."""
    texts = find_edition(site, number).graphs.values()
    return {q.triple for text in texts for q in ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES)}


def test_an_update_makes_the_one_edition_of_the_other(reader: FlaskClient, changed: Path) -> None:
    for path, old, new in ((NEW, 1, 2), ("/download/1/diff/2", 2, 1)):
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in _triples(changed, old))
        store.update(reader.get(f"{path}.ru").text)
        assert {quad.triple for quad in store} == _triples(changed, new)


def test_what_came_and_what_went_are_two_graphs(reader: FlaskClient, changed: Path) -> None:
    quads = list(ox.parse(reader.get(f"{NEW}.nq").data, ox.RdfFormat.N_QUADS))
    one, two = _triples(changed, 1), _triples(changed, 2)
    sides = {"urn:eugraph:added": two - one, "urn:eugraph:removed": one - two}
    for name, triples in sides.items():
        assert triples
        assert {quad.triple for quad in quads if str(quad.graph_name) == f"<{name}>"} == triples
    assert len(quads) == sum(map(len, sides.values()))


def test_json_tells_of_each_thing_and_of_the_releases_that_changed_it(reader: FlaskClient) -> None:
    record = json.loads(reader.get(f"{NEW}.json").data)
    things = {each["iri"].removeprefix(BASE): each for each in record["things"]}
    assert (record["old"], record["new"]) == (1, 2)
    assert {path: each["action"] for path, each in things.items()} == {
        "project/tide-2020": "update",
        "release/tide": "update",
        "release/reef": "delete",
    }
    assert "tide" in things["project/tide-2020"]["releases"]
    assert things["release/reef"]["releases"] == ["reef"]
    assert [line.split()[2][:3] for line in things["project/tide-2020"]["added"]] == ['"5"']


def test_the_page_names_the_things_and_leads_to_the_other_forms(reader: FlaskClient) -> None:
    page = reader.get(NEW, headers={"Accept": "text/html"}).text
    for path in ("project/tide-2020", "release/tide"):
        assert f'href="/doc/{path}"' in page
    assert "reef" in page
    assert 'href="/doc/release/reef"' not in page  # it is gone
    for extension in ("json", "nq", "ru"):
        assert f'href="{NEW}.{extension}"' in page
    assert "<b>" not in page


def test_an_edition_does_not_differ_from_itself(reader: FlaskClient) -> None:
    record = json.loads(reader.get("/download/2/diff/2.json").data)
    assert (record["added"], record["removed"], record["things"]) == (0, 0, [])
    assert reader.get("/download/2/diff/2.nq").data == b""
    assert reader.get("/download/2/diff/2", headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize(("extension", "media_type"), FORMS.items())
def test_the_header_and_the_extension_choose_the_form(
    reader: FlaskClient, extension: str, media_type: str
) -> None:
    named = reader.get(f"{NEW}.{extension}")
    asked = reader.get(NEW, headers={"Accept": media_type})
    assert {named.mimetype, asked.mimetype} == {media_type}
    if extension != "html":  # a page names its own address
        assert named.data == asked.data
    assert "immutable" in named.headers["Cache-Control"]
    again = reader.get(NEW, headers={"Accept": media_type, "If-None-Match": asked.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/download/3/diff/1", 404),
        ("/download/1/diff/3", 404),
        ("/download/0/diff/1", 404),
        ("/download/x/diff/1", 404),
        (f"/download/{'1' * 400}/diff/1", 404),
        (f"{NEW}.ttl", 404),
    ],
)
def test_there_are_no_other_differences(reader: FlaskClient, path: str, status: int) -> None:
    assert reader.get(path).status_code == status


def test_a_form_that_is_not_offered_is_told_what_is(reader: FlaskClient) -> None:
    answer = reader.get(NEW, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "application/sparql-update" in answer.text
