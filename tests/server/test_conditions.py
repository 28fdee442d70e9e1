"""Conditions by time: what is no date is none, and is no error of the server."""

from __future__ import annotations

import re

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


@pytest.mark.parametrize("path", ["/", "/catalog.ttl", "/download/latest/eugraph.nt"])
def test_who_wants_what_is_unmodified_only_gets_nothing_else(
    client: FlaskClient, path: str
) -> None:
    for time, status in (("2015", 412), ("2999", 200)):
        given = {"If-Unmodified-Since": f"Thu, 01 Jan {time} 00:00:00 GMT"}
        with client.get(path, headers=given) as answer:
            assert answer.status_code == status
        with client.get(path, headers=given | {"If-Match": "*"}) as answer:
            assert answer.status_code == 200, "If-Match goes before the time"


@pytest.mark.parametrize(
    ("part", "status", "told"),
    [
        ("bytes=0-9", 206, r"bytes 0-9/\d+"),
        ("bytes=-5", 206, r"bytes \d+-\d+/\d+"),
        ("bytes=0-3,5-9", 200, ""),
        ("lines=1-2", 200, ""),
        ("bytes=99999999-", 416, r"bytes \*/\d+"),
    ],
)
def test_one_part_is_sent_or_the_whole(
    client: FlaskClient, part: str, status: int, told: str
) -> None:
    path = "/download/latest/eugraph.nt"
    with client.get(path, headers={"Range": part}) as answer:
        assert answer.status_code == status
        assert re.fullmatch(told, answer.headers.get("Content-Range", ""))
        assert "Content-Range" in answer.headers["Access-Control-Expose-Headers"]
