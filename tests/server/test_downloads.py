"""Files for download."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, RDF

from eugraph.dumps import TABLES
from eugraph.editions import GRAPH_BASE, current, let_go, switch
from eugraph.server import create_app
from eugraph.server.interface import LANGUAGES, translator
from eugraph.settings import Settings
from eugraph.workers import Limits, Pool, started

from .conftest import REEF, REFERENCE, TIDE, graph_in, graphs_of, publish_graphs

NT = "/download/latest/eugraph.nt"


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("nq", "application/n-quads"),
        ("trig", "application/trig"),
        ("ttl.gz", "application/gzip"),
        ("nt.zst", "application/zstd"),
        ("rdf", "application/rdf+xml"),
    ],
)
def test_each_file_is_sent_as_it_is(
    client: FlaskClient, site: Path, extension: str, media_type: str
) -> None:
    answer = client.get(f"/download/latest/eugraph.{extension}")
    with answer:
        assert answer.data == (current(site).dumps / f"eugraph.{extension}").read_bytes()
        assert answer.mimetype == media_type
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("public", ["/", "/graph/"])
def test_a_missing_slash_leads_nowhere_else_than_here(site: Path, pool: Pool, public: str) -> None:
    settings = Settings(public_url=f"https://data.example{public}")
    client = create_app(site, settings, pool).test_client()
    answer = client.get("/download/latest?lang=lv", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{public}download/latest/?lang=lv"


def test_head_tells_the_size(client: FlaskClient, site: Path) -> None:
    with client.head(NT) as answer:
        size = (current(site).dumps / "eugraph.nt").stat().st_size
        assert (answer.content_length, answer.data) == (size, b"")


def test_a_part_of_a_file_can_be_had(client: FlaskClient) -> None:
    with client.get(NT) as whole, client.get(NT, headers={"Range": "bytes=5-9"}) as part:
        assert part.status_code == 206
        assert part.data == whole.data[5:10]


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    told = set()
    for _ in range(2):  # in the second of a switch, another time is told after it
        with client.get(NT) as first:
            tag, time = first.headers["ETag"], first.headers["Last-Modified"]
        with client.get(NT, headers={"If-Modified-Since": time}) as again:
            told.add(again.status_code)
    assert 304 in told
    with client.get(NT, headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


@pytest.mark.parametrize(
    "name",
    [
        "SHA256SUM",
        "eugraph.exe",
        "../manifest.json",
        "..%2fmanifest.json",
        "%2e%2e/report.ttl",
        "/etc/passwd",
        "eugraph.nt%00",
    ],
)
def test_nothing_else_can_be_had(client: FlaskClient, name: str) -> None:
    assert client.get(f"/download/latest/{name}").status_code == 404


def test_the_sums_are_sent_as_sha256sum_reads_them(client: FlaskClient) -> None:
    with client.get("/download/latest/SHA256SUMS") as answer:
        sums = dict(reversed(line.split("  ")) for line in answer.data.decode().splitlines())
    assert {"eugraph.ttl", "eugraph.ttl.gz", "projects.csv", "projects.nt.zst"} < sums.keys()
    for name, sha256 in sums.items():
        with client.get(f"/download/latest/{name}") as file:
            assert hashlib.sha256(file.data).hexdigest() == sha256, name


def test_who_goes_by_time_alone_is_sent_what_is_gone_back_to(tmp_path: Path, pool: Pool) -> None:
    client = create_app(tmp_path, Settings(), pool).test_client()
    first = publish_graphs(tmp_path, graphs_of(one="<https://example.org/a> a eug:Project ."))
    long_ago = 1_500_000_000
    for file in first.dumps.iterdir():
        os.utime(file, (long_ago, long_ago))
    publish_graphs(tmp_path, graphs_of(one="<https://example.org/b> a eug:Project ."))
    os.utime(tmp_path / "current", (long_ago + 9, long_ago + 9), follow_symlinks=False)
    with client.get(NT) as answer:
        since = answer.headers["Last-Modified"]
        assert b"example.org/b" in answer.data
    switch(tmp_path, first)
    with client.get(NT, headers={"If-Modified-Since": since}) as answer:
        assert answer.status_code == 200
        assert b"example.org/a" in answer.data
        again = {"If-Modified-Since": answer.headers["Last-Modified"]}
    os.utime(tmp_path / "current", (long_ago + 19, long_ago + 19), follow_symlinks=False)
    with client.get(NT, headers=again) as answer:
        assert answer.status_code == 304


def test_a_dated_file_stays_what_it_is_when_a_new_edition_comes(tmp_path: Path) -> None:
    graphs = graphs_of(one="<https://example.org/a> a eug:Project .")
    publish_graphs(tmp_path, graphs)
    with started(tmp_path, Limits(workers=1)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        with client.get("/download/1/eugraph.nt") as before:
            told = before.data
            assert "immutable" in before.headers["Cache-Control"]
        publish_graphs(tmp_path, graphs_of(one="<https://example.org/b> a eug:Project ."))
        with client.get("/download/1/eugraph.nt") as dated:
            assert dated.data == told
        with client.get("/download/latest/eugraph.nt") as latest:
            assert (b"example.org/b" in latest.data, b"example.org/a" in latest.data) == (
                True,
                False,
            )
            assert "immutable" not in latest.headers["Cache-Control"]
        for wrong in ("0", "3", "01", "-1", "1.0", "latest2", "٣", "1" * 40):
            assert client.get(f"/download/{wrong}/eugraph.nt").status_code == 404


def test_a_release_is_sent_as_it_was_in_an_edition_though_only_its_files_are_kept(
    tmp_path: Path,
) -> None:
    about = f"<https://example.org/quality> dcterms:isPartOf <{GRAPH_BASE}tide> ."
    graphs = graphs_of(tide=TIDE, reef=REEF, reference=REFERENCE + about)
    publish_graphs(tmp_path, graphs)
    for _ in range(2):
        publish_graphs(tmp_path, graphs_of(other="<https://example.org/b> a eug:Project ."))
    with started(tmp_path, Limits(workers=1)) as pool:
        client = create_app(tmp_path, Settings(), pool).test_client()
        whole = client.get("/download/1/release/tide.nt").data
        assert whole.decode() == graphs[GRAPH_BASE + "tide"]
        let_go(tmp_path, 1)
        assert client.get("/download/1/release/tide.nt").data == whole
        assert client.get("/download/latest/release/tide.nt").status_code == 404


def test_the_list_of_files_is_a_page_and_what_the_catalogue_says(client: FlaskClient) -> None:
    page = client.get("/download/", headers={"Accept": "text/html"}).text
    assert 'href="/download/latest/projects.csv.zst"' in page
    graph = graph_in(client.get("/download/1/"))
    (version,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert str(version) == "http://127.0.0.1:8000/download/1/#dataset"


def test_a_table_leads_to_its_description(client: FlaskClient) -> None:
    with client.get("/download/latest/projects.csv") as table:
        rows = list(csv.DictReader(io.StringIO(table.data.decode())))
        link = table.headers["Link"]
        # a reader of CSVW passes over a link without this type (section 5.2)
        assert 'rel="describedby"; type="application/csvm+json"' in link
    assert '<projects.csv-metadata.json>; rel="describedby"' in link
    assert [row["acronym"] for row in rows] == ["TIDE"]
    assert rows[0]["country_name_en"] == "Estonia|Latvia"
    with client.get("/download/latest/projects.csv-metadata.json") as answer:
        described = json.loads(answer.data)
    assert [column["titles"] for column in described["tableSchema"]["columns"]] == list(rows[0])


def test_croissant_describes_the_tables_that_there_are(client: FlaskClient) -> None:
    document = json.loads(client.get("/download/latest/croissant.json").data)
    files = {file["@id"]: file for file in document["distribution"]}
    for fields in document["recordSet"]:
        with client.get(f"/download/latest/{fields['@id']}.csv") as table:
            names = table.data.decode().splitlines()[0].split(",")
            digest = hashlib.sha256(table.data).hexdigest()
        assert [field["source"]["extract"]["column"] for field in fields["field"]] == names
        assert files[f"{fields['@id']}.csv"]["sha256"] == digest


def test_croissant_parts_lists_as_the_tables_do(client: FlaskClient) -> None:
    document = json.loads(client.get("/download/latest/croissant.json").data)
    fields = {each["@id"]: each for table in document["recordSet"] for each in table["field"]}
    country, year = fields["projects/country"], fields["projects/duration_edtf"]
    assert country["repeated"]
    assert country["source"]["transform"] == {"separator": "|"}
    # "2014" would be a number to who reads the table
    assert "repeated" not in year
    assert "parted by |" in year["description"]
    repeated = [each for each in fields.values() if "repeated" in each]
    assert {each["dataType"] for each in repeated} == {"sc:URL", "sc:Date"}


@pytest.mark.parametrize(
    ("path", "dataset", "told"),
    [
        ("/", "catalog#dataset", "catalog.ttl"),
        ("/download/", "catalog#dataset", "catalog.ttl"),
        ("/download/1/", "download/1/#dataset", "download/1/?format=ttl"),
    ],
)
def test_a_landing_page_has_signposts(
    client: FlaskClient, path: str, dataset: str, told: str
) -> None:
    here = "http://127.0.0.1:8000/"
    answer = client.head(path, headers={"Accept": "text/html"})
    links = re.findall(r'<([^>]+)>; rel="([a-z-]+)"(?:; type="([^"]+)")?', answer.headers["Link"])
    assert (here + dataset, "cite-as", "") in links
    assert (here + told, "describedby", "text/turtle") in links
    assert ("https://schema.org/Dataset", "type", "") in links
    assert "license" in {relation for _, relation, _ in links}
    items = {target: kind for target, relation, kind in links if relation == "item"}
    assert len(items) == 6
    assert len(answer.headers["Link"]) < 2000
    for target, kind in [*items.items(), (here + told, "text/turtle")]:
        with client.get(target.removeprefix(here.rstrip("/"))) as file:
            assert file.mimetype == kind


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_the_files_tells_their_licence_how_to_cite_them_and_what_each_is_for(
    client: FlaskClient, lang: str
) -> None:
    page = client.get(f"/download/?lang={lang}", headers={"Accept": "text/html"}).text
    main = page.partition("<main")[2].partition("</main>")[0]
    translate = translator(lang)
    assert 'rel="license"' in main
    citation = main.partition(translate("thing.cite"))[2]
    assert citation.startswith(": <bdi>eugraph</bdi>: ")
    assert translate("thing.edition", number=1) in citation
    files = re.findall(r'<a class="name" href="[^"]+">((?:eugraph\.|\w+\.csv)\w*)</a>', main)
    assert len(files) > len(TABLES)
    rows = dict(re.findall(r'<a class="name" [^>]+>([^<]+)</a>.*?(<p>.*?</p>|</li>)', main))
    assert all(rows[name].startswith("<p>") for name in files)
