"""Content codings: who takes them gets them, and the tags tell the representations apart."""

from __future__ import annotations

import gzip
import io

import pytest
import zstandard
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eugraph.server.encoding import chosen

ALL = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"}
# Longer than one block, so it is sent as it comes.
LONG = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 3000"}
CSV = {"Accept": "text/csv"}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("GZIP;q=0.5, zstd;q=0.2", "gzip"),
        ("zstd;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("*", "zstd"),
        ("*;q=0", None),
        ("zstd;q=0, *", "gzip"),
        ("br", None),
        ("gzip;q=x", None),
    ],
)
def test_the_coding_is_the_best_that_the_client_takes(accepted: str, coding: str | None) -> None:
    assert chosen(accepted) == coding


def get(client: FlaskClient, query: dict[str, str], **headers: str) -> TestResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()} | CSV
    return client.get("/sparql", query_string=query, headers=sent)


def plain(answer: TestResponse) -> bytes:
    match answer.headers.get("Content-Encoding"):
        case "gzip":
            return gzip.decompress(answer.data)
        case "zstd":
            return bytes(zstandard.ZstdDecompressor().stream_reader(io.BytesIO(answer.data)).read())
    return bytes(answer.data)


@pytest.mark.parametrize("query", [ALL, LONG], ids=["whole", "stream"])
@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_coded_answer_holds_the_same_bytes(
    client: FlaskClient, query: dict[str, str], coding: str
) -> None:
    as_it_is, coded = get(client, query), get(client, query, Accept_Encoding=coding)
    assert coded.headers["Content-Encoding"] == coding
    assert len(coded.data) < len(as_it_is.data)
    assert plain(coded) == as_it_is.data
    assert "Accept-Encoding" in coded.vary


def test_each_coding_has_its_own_tag_and_is_confirmed_by_it(client: FlaskClient) -> None:
    tags = {
        coding: get(client, ALL, Accept_Encoding=coding).headers["ETag"]
        for coding in ("identity", "gzip", "zstd")
    }
    assert len(set(tags.values())) == 3
    for coding, tag in tags.items():
        again = get(client, ALL, Accept_Encoding=coding, If_None_Match=tag)
        assert (again.status_code, again.headers["ETag"]) == (304, tag)
    # What is held in zstd is of no use to who asks for gzip.
    other = get(client, ALL, Accept_Encoding="gzip", If_None_Match=tags["zstd"])
    assert other.status_code == 200
    assert get(client, ALL, If_None_Match=tags["gzip"]).status_code == 200


def test_short_answers_and_ranges_stay_as_they_are(client: FlaskClient) -> None:
    short = get(client, {"query": "ASK {}"}, Accept_Encoding="gzip")
    assert "Content-Encoding" not in short.headers
    dump = client.get(
        "/download/latest/eugraph.nt",
        headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"},
        buffered=True,
    )
    assert (dump.status_code, len(dump.data)) == (206, 10)
    assert "Content-Encoding" not in dump.headers


@pytest.mark.parametrize("path", ["/", "/ontology", "/catalog", "/download/latest/eugraph.ttl"])
def test_pages_and_files_are_coded_too_and_head_says_so(client: FlaskClient, path: str) -> None:
    headers = {"Accept-Encoding": "gzip", "Accept": "text/html, */*;q=0.1"}

    def get(**more: str) -> TestResponse:
        return client.get(path, headers=headers | more, buffered=True)

    full, head = get(), client.head(path, headers=headers, buffered=True)
    assert full.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(full.data) == get(**{"Accept-Encoding": "identity"}).data
    for name in ("Content-Encoding", "Content-Length", "ETag"):
        assert head.headers.get(name) == full.headers.get(name)
    assert get(**{"If-None-Match": full.headers["ETag"]}).status_code == 304


def test_a_coded_answer_that_breaks_off_does_not_end_well(client: FlaskClient) -> None:
    query = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}
    answer = get(client, query, Accept_Encoding="gzip")
    with pytest.raises(Exception, match="more than 20000 rows"):
        assert answer.data
