"""Files for download."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from eugraph.editions import current

NT = "/download/latest/eugraph.nt"


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("nq", "application/n-quads"),
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


def test_head_tells_the_size(client: FlaskClient, site: Path) -> None:
    with client.head(NT) as answer:
        size = (current(site).dumps / "eugraph.nt").stat().st_size
        assert (answer.content_length, answer.data) == (size, b"")


def test_a_part_of_a_file_can_be_had(client: FlaskClient) -> None:
    with client.get(NT) as whole, client.get(NT, headers={"Range": "bytes=5-9"}) as part:
        assert part.status_code == 206
        assert part.data == whole.data[5:10]


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    with client.get(NT) as first:
        tag, time = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in ({"If-None-Match": tag}, {"If-Modified-Since": time}):
        with client.get(NT, headers=headers) as again:
            assert again.status_code == 304


@pytest.mark.parametrize(
    "name",
    [
        "SHA256SUMS",
        "eugraph.exe",
        "../manifest.json",
        "..%2fmanifest.json",
        "%2e%2e/report.ttl",
        "/etc/passwd",
        "eugraph.nt%00",
        "eugraph.nt/",
        "",
    ],
)
def test_nothing_else_can_be_had(client: FlaskClient, name: str) -> None:
    assert client.get(f"/download/latest/{name}").status_code == 404
