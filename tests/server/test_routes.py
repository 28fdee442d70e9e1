"""Every route that answers GET, with nasty values wherever a client may put one: no 5xx."""

from __future__ import annotations

import re
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

HEADERS = (
    "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Authorization", "Cookie",
    "Content-Length", "Content-Type", "Date", "Forwarded", "Host", "If-Match", "If-Modified-Since",
    "If-None-Match", "If-Range", "If-Unmodified-Since", "Origin", "Range", "Referer",
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
)  # fmt: skip
NASTY = (
    "[", "[::1", "[zz]:x", "http://[", "\xed\xa0\x80", "\xff\x00", "%", "%ed%a0%80", "9" * 4400,
    "-1", "bytes=0-" + "9" * 4400, "bytes=--1,,5-", "Thu, 99 Jan 99999999999 00:00:00 GMT", 'W/"', '"' * 99, "a;q=1e999",
    "text/html;q=nan", "*/*;q=-1", "x" * 4000 + ";" * 4000, "\u0661", "multipart/form-data", "..",
)  # fmt: skip
PARAMETERS = (
    "q", "query", "update", "format", "timeout", "default-graph-uri", "named-graph-uri", "view",
    "sort", "page", "wide", "country", "lang", "iri", "release", "verb", "resumptionToken",
    "identifier", "metadataPrefix", "from", "until", "set", "rows", "start", "limit", "offset",
    "fq", "id", "name", "shape", "token", "at", "number",
)  # fmt: skip


def paths(app: Flask, value: str) -> list[str]:
    """Return the path of every route that answers GET, with `value` for what it leaves open."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted(
        {
            re.sub(r"<(?:any\((\w+).*?\):)?.*?>", lambda found: (found[1] or "") + value, str(r))
            for r in rules
        }
    )


def crashes(client: FlaskClient, path: str, **asked: Any) -> bool:  # noqa: ANN401
    with client.get(path, **asked) as answer:
        return answer.status_code >= 500


def test_no_header_is_an_error_of_the_server(client: FlaskClient) -> None:
    known = ("/", "/projects", "/sparql?query=ASK{}", "/oai", "/catalog", "/doc/project/tide-2020",
             "/id/project/tide-2020", "/download/latest/eugraph.nt", "/static/built/none", "/query")  # fmt: skip
    found = [
        (path, name, value[:50])
        for path in known
        for name in HEADERS
        for value in NASTY
        if crashes(client, path, headers={name: value})
    ]
    assert found == []


def test_no_path_is_an_error_of_the_server(app: Flask, client: FlaskClient) -> None:
    every = {path for value in NASTY for path in paths(app, quote(value, "", "latin-1", "replace"))}
    assert len(every) > 300
    assert [path for path in sorted(every) if crashes(client, path)] == []


@pytest.mark.parametrize("together", [True, False])
def test_no_parameter_is_an_error_of_the_server(
    app: Flask, client: FlaskClient, *, together: bool
) -> None:
    queries = [
        urlencode(told, encoding="latin-1", errors="replace")
        for value in NASTY
        for told in (
            [dict.fromkeys(PARAMETERS, value)]
            if together
            else [{name: value} for name in PARAMETERS]
        )
    ]
    asked = paths(app, "1") if together else ("/projects", "/search", "/oai", "/sparql", "/query")
    found = [
        (path, query[:50])
        for path, query in product(asked, queries)
        if crashes(client, path, query_string=query)
    ]
    assert found == []


def test_no_body_is_an_error_of_the_server(app: Flask, client: FlaskClient) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    bodies = ['{"sort":"\\ud800 desc"}', "[" * 99_999, "\x00", "query=%ff", "verb=%ed%a0%80&a[=]"]
    types = ["application/json", "application/x-www-form-urlencoded", "application/sparql-query",
             "multipart/form-data; boundary=[", "application/json; charset=[", "[", ""]  # fmt: skip
    found = [
        (str(rule), body[:50], kind)
        for rule, body, kind in product(rules, bodies, types)
        if client.post(
            re.sub("<.*?>", "package_search", str(rule)), data=body, content_type=kind
        ).status_code
        >= 500
    ]
    assert len(rules) > 2
    assert found == []


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/oai/?verb=Identify", "/oai?verb=Identify"),
        ("/catalog/", "/catalog"),
        ("/projects/", "/projects"),
        ("/sparql/?query=ASK%7B%7D", "/sparql?query=ASK%7B%7D"),
        ("/feed/1/1/", "/feed/1/1"),
        ("/download", "/download/"),
        ("/download/latest/eugraph.nt/", "/download/latest/eugraph.nt"),
        ("/nothing/", None),
    ],
)
def test_a_slash_too_much_or_missing_leads_to_what_is_meant(
    client: FlaskClient, path: str, leads_to: str | None
) -> None:
    for method in ("GET", "HEAD", "POST"):
        answer = client.open(path, method=method, headers={"Host": "evil.example"})
        if leads_to is None:
            assert answer.status_code == 404
        elif method != "POST" or leads_to.startswith(("/oai", "/sparql")):
            assert (answer.status_code, answer.headers["Location"]) == (308, leads_to)
