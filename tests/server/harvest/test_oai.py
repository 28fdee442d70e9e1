"""OAI-PMH: verbs, errors, lists in pieces, deleted records; and a client of others (Sickle)."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from rdflib import DCAT, RDF, Graph, URIRef

from eugraph.server import create_app
from eugraph.server.harvest import oai
from eugraph.settings import Settings
from eugraph.workers import Limits, Pool, started

from ..conftest import REEF, REFERENCE, TIDE, graphs_of, publish_graphs  # noqa: TID252

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
PROJECT = "https://w3id.org/eugraph/id/project/tide-2020"


def ask(client: FlaskClient, **arguments: str) -> etree._Element:
    answer = client.get("/oai", query_string=arguments)
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    return etree.fromstring(answer.data)


def texts(root: etree._Element, name: str) -> list[str]:
    return [element.text or "" for element in root.iter(OAI + name)]


def code(root: etree._Element) -> str:
    errors = list(root.iter(OAI + "error"))
    return str(errors[0].get("code")) if errors else ""


ERRORS: list[tuple[dict[str, str], str]] = [
    ({}, "badVerb"),
    ({"verb": "Nonsense"}, "badVerb"),
    ({"verb": "Identify", "set": "org"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
    ({"verb": "GetRecord", "identifier": "x", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "identifier": PROJECT, "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
    ({"verb": "GetRecord", "identifier": PROJECT, "metadataPrefix": "dcat"}, "cannotDisseminateFormat"),
    ({"verb": "ListMetadataFormats", "identifier": "x"}, "idDoesNotExist"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "fish"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2999-01-01"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-02-30"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-02", "until": "2020-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01", "until": "2020-01-01T00:00:00Z"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "fish"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "bnVsbA"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "W1tdLDEsMiwzLDQsNSw2XQ"}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
    ({"verb": "Identify", "a\x01": "\x0b"}, "badArgument"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), ERRORS)
def test_errors_are_those_of_the_protocol(
    client: FlaskClient, arguments: dict[str, str], expected: str
) -> None:
    assert code(ask(client, **arguments)) == expected


def test_an_argument_given_twice_is_told(client: FlaskClient) -> None:
    for query, expected in (
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=ListRecords&set=org&set=org&metadataPrefix=rdf", "badArgument"),
    ):
        assert code(etree.fromstring(client.get(f"/oai?{query}").data)) == expected


def test_it_says_who_it_is_by_get_and_post(client: FlaskClient) -> None:
    asked = ask(client, verb="Identify")
    posted = etree.fromstring(client.post("/oai", data={"verb": "Identify"}).data)
    for root in (asked, posted):
        assert texts(root, "baseURL") == ["http://127.0.0.1:8000/oai"]
        assert texts(root, "earliestDatestamp") == ["2026-01-01T00:00:00Z"]
        assert texts(root, "deletedRecord") == ["persistent"]


def test_a_record_tells_in_dublin_core_what_the_graph_does(client: FlaskClient) -> None:
    root = ask(client, verb="GetRecord", identifier=PROJECT, metadataPrefix="oai_dc")
    said = {
        (str(each.tag).removeprefix(DC), each.text) for each in root.iter() if DC in str(each.tag)
    }
    assert {
        ("title", "TIDE"),
        ("type", "eug:Project"),
        ("identifier", PROJECT),
        ("coverage", "http://publications.europa.eu/resource/authority/country/LVA"),
    } <= said


def test_the_dataset_comes_in_dcat_once(client: FlaskClient) -> None:
    root = ask(client, verb="ListRecords", metadataPrefix="dcat")
    (found,) = root.iter(OAI + "metadata")
    graph = Graph().parse(data=etree.tostring(found[0]), format="xml")
    told = [str(dataset) for dataset in graph.subjects(RDF.type, DCAT.Dataset)]
    assert told == ["http://127.0.0.1:8000/catalog#dataset"]
    versions = graph.objects(URIRef(told[0]), URIRef(f"{DCAT}hasVersion"))
    assert [str(version) for version in versions] == ["http://127.0.0.1:8000/download/1/#dataset"]


def test_days_bound_what_is_listed_both_included(client: FlaskClient) -> None:
    listed = {"verb": "ListIdentifiers", "metadataPrefix": "rdf", "set": "project"}
    for bounds, expected in (
        ({"from": "2026-01-01", "until": "2026-01-01"}, [PROJECT]),
        ({"from": "2026-01-01T00:00:00Z"}, [PROJECT]),
        ({"from": "2026-01-01T00:00:01Z"}, []),
        ({"until": "2025-12-31"}, []),
    ):
        assert texts(ask(client, **listed, **bounds), "identifier") == expected


@pytest.fixture
def pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Flask]]:
    """Yield a site and its application, which lists two records at a time."""
    monkeypatch.setattr(oai, "MOST", 2)
    publish_graphs(tmp_path, graphs_of(tide=TIDE, reef=REEF, reference=REFERENCE))
    with started(tmp_path, Limits(workers=1)) as pool:
        yield tmp_path, create_app(tmp_path, Settings(port=8229), pool)


def harvested(client: FlaskClient, **arguments: str) -> Iterator[etree._Element]:
    """Yield the pieces of a list, one after another."""
    while True:
        root = ask(client, **arguments)
        yield root
        token = "".join(texts(root, "resumptionToken"))
        if not token:
            return
        arguments = {"verb": arguments["verb"], "resumptionToken": token}


def test_a_list_in_pieces_misses_nothing_when_an_edition_comes_between(
    pieces: tuple[Path, Flask],
) -> None:
    site, app = pieces
    client = app.test_client()
    found: list[tuple[str, str]] = []
    for number, root in enumerate(
        harvested(client, verb="ListRecords", metadataPrefix="oai_dc"), start=1
    ):
        assert len(list(root.iter(OAI + "record"))) <= 2
        found += [
            (str(header[0].text), header.get("status", "")) for header in root.iter(OAI + "header")
        ]
        if number == 1:
            publish_graphs(site, graphs_of(tide=TIDE.replace("TIDE", "EBB"), reference=REFERENCE))
    last = dict(found)
    assert last["https://w3id.org/eugraph/id/release/reef"] == "deleted"
    assert last[PROJECT] == ""
    whole = {
        str(h[0].text): h.get("status", "")
        for root in harvested(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
        for h in root.iter(OAI + "header")
    }
    assert last == whole


def test_a_deleted_record_has_no_metadata(pieces: tuple[Path, Flask]) -> None:
    site, app = pieces
    publish_graphs(site, graphs_of(reference=REFERENCE))
    client = app.test_client()
    root = ask(client, verb="GetRecord", identifier=PROJECT, metadataPrefix="oai_dc")
    (record,) = root.iter(OAI + "record")
    assert [child.tag for child in record] == [OAI + "header"]
    assert record[0].get("status") == "deleted"
    since = ask(
        client,
        verb="ListIdentifiers",
        metadataPrefix="rdf",
        set="project",
        **{"from": "2026-01-02"},
    )
    assert texts(since, "identifier") == [PROJECT]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def test_sickle_harvests_all(pieces: tuple[Path, Flask]) -> None:
    sickle = pytest.importorskip("sickle")
    site, app = pieces
    publish_graphs(site, graphs_of(tide=TIDE, reference=REFERENCE))
    with make_server("127.0.0.1", 0, app, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            harvester = sickle.Sickle(f"http://127.0.0.1:{server.server_port}/oai")
            assert harvester.Identify().granularity == "YYYY-MM-DDThh:mm:ssZ"
            assert {"oai_dc", "dcat", "rdf"} == {
                f.metadataPrefix for f in harvester.ListMetadataFormats()
            }
            sets = {each.setSpec for each in harvester.ListSets()}
            for prefix in ("oai_dc", "rdf", "dcat"):
                records = list(harvester.ListRecords(metadataPrefix=prefix))
                headers = list(harvester.ListIdentifiers(metadataPrefix=prefix))
                assert [r.header.identifier for r in records] == [h.identifier for h in headers]
                assert {spec for h in headers for spec in h.setSpecs} <= sets
                assert any(r.deleted for r in records) == (prefix != "dcat")
        finally:
            server.shutdown()
            thread.join()


def test_what_xml_cannot_carry_does_not_break_a_record(
    site: Path, pool: Pool, tmp_path: Path
) -> None:
    del site, pool
    publish_graphs(tmp_path, graphs_of(tide=TIDE.replace('"TIDE"', '"TI\\u000bDE \\u2028 <&>"')))
    with started(tmp_path, Limits(workers=1)) as workers:
        client = create_app(tmp_path, Settings(), workers).test_client()
        for prefix in ("oai_dc", "rdf"):
            root = ask(client, verb="GetRecord", identifier=PROJECT, metadataPrefix=prefix)
            assert "TI\ufffdDE \u2028 <&>" in "".join(root.itertext())


def forged(*told: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


FIELDS = ["oai_dc", "", "", "", "", "", 0]


@pytest.mark.parametrize("place", range(len(FIELDS)))
@pytest.mark.parametrize(
    "value",
    ["\ud800", "\x00", "\udfff\ud800", None, True, -1, 10**4000, 1e300, [], {}, [["\ud800"]]],
    ids=repr,
)
def test_a_forged_token_is_told_as_such(client: FlaskClient, place: int, value: object) -> None:
    told = [*FIELDS[:place], value, *FIELDS[place + 1 :]]
    answer = client.get(
        "/oai", query_string={"verb": "ListRecords", "resumptionToken": forged(*told)}
    )
    assert answer.status_code == 200
    assert 'code="badResumptionToken"' in answer.text
