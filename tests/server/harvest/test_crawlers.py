"""What crawlers read: the sitemap, robots.txt and the dataset in schema.org."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.robotparser import RobotFileParser

from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from eugraph.catalogue import script_text
from eugraph.server.harvest.crawlers import crawlers_blueprint
from eugraph.server.source import Source
from eugraph.settings import Settings
from eugraph.workers import Pool

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(data: bytes) -> dict[str, str]:
    return {str(each[0].text): str(each[1].text) for each in etree.fromstring(data)}


def test_every_page_of_the_sitemap_is_there(client: FlaskClient) -> None:
    entries = listed(client.get("/sitemap.xml").data)
    assert entries["http://127.0.0.1:8000/doc/project/tide-2020"] == "2026-01-01T00:00:00+00:00"
    for address in entries:
        path = address.removeprefix("http://127.0.0.1:8000")
        answer = client.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), path


def test_more_pages_than_a_sitemap_may_have_are_told_by_an_index(
    client: FlaskClient, site: Path, pool: Pool
) -> None:
    small = Flask("small")
    small.register_blueprint(crawlers_blueprint(Source.of(site, Settings(), pool), most=4))
    crawler = small.test_client()
    index = crawler.get("/sitemap.xml").data
    assert etree.fromstring(index).tag == NS + "sitemapindex"
    found: dict[str, str] = {}
    for address in listed(index):
        part = listed(crawler.get(address.removeprefix("http://127.0.0.1:8000")).data)
        assert len(part) <= 4
        found |= part
    assert found == listed(client.get("/sitemap.xml").data)
    assert crawler.get("/sitemap-99.xml").status_code == 404


def test_robots_may_read_the_pages_but_not_run_queries(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    assert robots.can_fetch("*", "http://127.0.0.1:8000/doc/project/tide-2020")
    assert not robots.can_fetch("*", "http://127.0.0.1:8000/sparql?query=x")
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


def test_the_home_page_tells_of_the_dataset_as_google_asks(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept": "text/html"}).text
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    dataset = json.loads(text)
    assert dataset["@type"] == "Dataset"
    assert 50 <= len(dataset["description"]) <= 5000
    assert dataset["temporalCoverage"] == "2020-03-01/2022-02-28"
    assert {place["name"] for place in dataset["spatialCoverage"]} == {"Latvia", "Estonia"}
    for file in dataset["distribution"]:
        with client.head(file["contentUrl"].removeprefix("http://127.0.0.1:8000")) as answer:
            assert (answer.status_code, answer.mimetype) == (200, file["encodingFormat"])


def test_no_text_ends_the_script_it_stands_in() -> None:
    hostile = {"name": "</script><script>alert(1)</script> & <!-- ]]>"}
    text = script_text(hostile)
    assert not set("<>&") & set(text)
    assert json.loads(text) == hostile
