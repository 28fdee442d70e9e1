"""Conditions by time: what is no date is none, and is no error of the server."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

NO_DATES = (
    "Thu, 99 Jan 99999999999 00:00:00 GMT",
    f"Thu, 01 Jan 2026 00:00:{'9' * 4000} GMT",
    "Thu, 01 Jan 2026 00:00:00 +99999999999999999999",
    "Thu, 01 Jan 0000 00:00:00 GMT",
    "Thu,",
    ",",
)


@pytest.mark.parametrize("time", NO_DATES)
@pytest.mark.parametrize(
    "path", ["/", "/projects", "/sparql?query=ASK{}", "/download/latest/eugraph.nt"]
)
def test_what_is_no_date_is_no_condition(client: FlaskClient, path: str, time: str) -> None:
    plain = client.get(path)
    for name in ("If-Modified-Since", "If-Unmodified-Since", "If-Range", "Date"):
        with client.get(path, headers={name: time}) as answer:
            assert (answer.status_code, answer.data) == (200, plain.data), name
    plain.close()


def test_a_part_is_sent_only_if_its_condition_can_be_read(client: FlaskClient) -> None:
    path, part = "/download/latest/eugraph.nt", {"Range": "bytes=0-9"}
    with client.get(path, headers=part) as answer:
        assert answer.status_code == 206
        same = answer.headers["ETag"]
    with client.get(path, headers=part | {"If-Range": same}) as answer:
        assert answer.status_code == 206
    with client.get(path, headers=part | {"If-Range": NO_DATES[0]}) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/", "/projects", "/catalog.ttl", "/ontology.ttl", "/feed"])
def test_who_has_what_is_served_is_told_so_by_time_as_well(client: FlaskClient, path: str) -> None:
    told = set()
    for _ in range(2):  # in the second of a switch, another time is told after it
        since = client.get(path).headers["Last-Modified"]
        told.add(client.get(path, headers={"If-Modified-Since": since}).status_code)
    assert 304 in told
    long_ago = {"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}
    assert client.get(path, headers=long_ago).status_code == 200
    tagged = long_ago | {"If-None-Match": client.get(path).headers["ETag"]}
    assert client.get(path, headers=tagged).status_code == 304, "the tag goes before the time"
