"""The feed of changes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, SH, Graph, Literal, Namespace, URIRef

from eugraph.server import create_app
from eugraph.server.harvest import feed
from eugraph.settings import Settings
from eugraph.workers import Limits, started

from ..conftest import REEF, REFERENCE, TIDE, graph_in, graphs_of, publish_graphs  # noqa: TID252

AS = Namespace("https://www.w3.org/ns/activitystreams#")
TREE = Namespace("https://w3id.org/tree#")
LDES = Namespace("https://w3id.org/ldes#")
BASE = "http://127.0.0.1:8000"
PROJECT = URIRef("https://w3id.org/eugraph/id/project/tide-2020")


def followed(client: FlaskClient) -> dict[str, Graph]:
    """Return all pages by their address, from the view on."""
    pages: dict[str, Graph] = {}
    left = ["/feed"]
    while left:
        path = left.pop()
        answer = client.get(path, headers={"Accept": "text/turtle"})
        pages[path] = graph_in(answer)
        immutable = (URIRef(BASE + path), LDES.immutable, None) in pages[path]
        assert immutable == ("immutable" in answer.headers["Cache-Control"])
        nodes = {str(node).removeprefix(BASE) for node in pages[path].objects(None, TREE.node)}
        left += nodes - pages.keys()
    return pages


def test_the_feed_tells_of_each_change_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MEMBERS", 2)
    publish_graphs(tmp_path, graphs_of(tide=TIDE, reef=REEF, reference=REFERENCE))
    publish_graphs(tmp_path, graphs_of(tide=TIDE.replace("TIDE", "EBB"), reference=REFERENCE))
    with started(tmp_path, Limits(workers=1)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        first = followed(client)
        publish_graphs(tmp_path, graphs_of(reference=REFERENCE))
        pages = followed(client)
    assert {
        path: pages[path].isomorphic(graph) for path, graph in first.items() if path != "/feed"
    } == dict.fromkeys(first.keys() - {"/feed"}, True)
    assert any(path.endswith("/2") for path in pages)
    members = [m for page in pages.values() for m in page.objects(None, TREE.member)]
    assert len(members) == len(set(members))
    whole = Graph()
    for page in pages.values():
        whole += page
    told = sorted(
        (str(whole.value(m, AS.published)), str(whole.value(m, RDF.type)).removeprefix(str(AS)))
        for m in whole.subjects(AS.object, PROJECT)
    )
    assert [(time[:10], kind) for time, kind in told] == [
        ("2026-01-01", "Create"),
        ("2026-01-02", "Update"),
        ("2026-01-03", "Delete"),
    ]


def test_the_stream_is_that_of_all_editions(client: FlaskClient) -> None:
    graph = graph_in(client.get("/feed", headers={"Accept": "text/turtle"}))
    (stream,) = graph.subjects(RDF.type, LDES.EventStream)
    texts = [*graph.objects(stream, DCTERMS.title), *graph.objects(stream, DCTERMS.description)]
    assert {text.language for text in texts if isinstance(text, Literal)} == {"en", "lv"}
    assert not any("edition" in str(text) or "laidiens" in str(text) for text in texts)
    # by which a client materialises what there is now
    assert list(graph.objects(stream, LDES.versionDeleteObject)) == [AS.Delete]


@pytest.mark.parametrize(
    "media_type", ["application/trig", "application/ld+json", "application/n-quads"]
)
def test_what_a_change_brought_stands_in_its_graph(client: FlaskClient, media_type: str) -> None:
    answer = client.get("/feed/1/1", headers={"Accept": media_type})
    assert answer.mimetype == media_type
    form = ox.RdfFormat.from_media_type(media_type)
    activity = ox.NamedNode(f"{BASE}/feed/1/1#project/tide-2020")
    subjects = {
        quad.subject.value for quad in ox.parse(answer.data, form) if quad.graph_name == activity
    }
    assert subjects == {str(PROJECT), "https://w3id.org/eugraph/id/participation/tide-2020/lv-riga"}


@pytest.mark.parametrize("path", ["/feed", "/feed/1/1"])
def test_the_stream_names_a_shape_that_its_members_have(client: FlaskClient, path: str) -> None:
    stream = URIRef(f"{BASE}/feed#stream")
    graph = graph_in(client.get(path, headers={"Accept": "text/turtle"}))
    (shape,) = graph.objects(stream, TREE.shape)
    view = graph_in(client.get("/feed", headers={"Accept": "text/turtle"}))
    assert (shape, RDF.type, SH.NodeShape) in view
    pages = graph_in(client.get("/feed/1/1", headers={"Accept": "text/turtle"}))
    members = set(pages.objects(stream, TREE.member))
    assert members
    view += [(shape, SH.targetNode, member) for member in members]
    conforms, _, told = pyshacl.validate(pages, shacl_graph=view)
    assert conforms, told
    for member in members:
        pages.remove((member, AS.published, None))
    conforms, found, _ = pyshacl.validate(pages, shacl_graph=view)
    assert not conforms
    assert set(found.objects(None, SH.focusNode)) == members


def test_there_are_no_other_pages(client: FlaskClient) -> None:
    for path in ("/feed/1/2", "/feed/1/0", "/feed/2/1", "/feed/x/1"):
        assert client.get(path).status_code == 404
