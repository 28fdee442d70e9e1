"""The doctor: finds nothing at a server that is well, and each thing that was broken."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eugraph.cli.main import eugraph
from eugraph.doctor import ROLES, Bounds, examine
from eugraph.doctor.visitor import VisitError, Visitor
from eugraph.workers import Pool

from .conftest import Wsgi, app_at, serving


def test_a_server_that_is_well_gives_no_finding(published: tuple[Path, Pool]) -> None:
    with serving(lambda address: app_at(published, address)) as address:
        found = examine(address, bounds=Bounds(pause=0))
    assert [(each.role, each.name, each.reason) for each in found.findings] == []
    assert {check.role for check in found.checks} == set(ROLES)
    assert len(found.checks) > 150
    whose, identifiers = found.remarks
    assert "publisher_name" in whose
    assert "licence" in whose
    assert "contact_email" in whose
    assert f"answered at {address}" in identifiers


def broken(  # noqa: PLR0913, PLR0917
    app: Wsgi, path: str, status: str, header: tuple[str, str | None], old: str, new: str
) -> Wsgi:
    """Let `app` be well but for one thing at addresses like `path`."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        address = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        if not re.search(path, address):
            return app(environ, start)
        kept: list[Any] = []
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        result = app(environ, lambda *given: kept.extend(given))
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        body = re.sub(old, new, body.decode(), flags=re.DOTALL).encode() if old else body
        headers = [
            (k, v) for k, v in kept[1] if k.lower() not in {header[0].lower(), "content-length"}
        ]
        if header[1] is not None:
            headers.append((header[0], header[1]))
        start(status or kept[0], headers)
        return [body]

    return answer


NO = ("X-Nothing", None)
ILLS: list[tuple[str, str, tuple[str, str, tuple[str, str | None], str, str]]] = [
    ("browser", "no Content-Security-Policy", (r"GET /\?", "", ("Content-Security-Policy", None), "", "")),
    ("browser", "no lang attribute", (r"GET /\?", "", NO, r'<html lang="en"', "<html")),
    ("browser", "at another server", (r"GET /\?", "", NO, r'href="/static/', 'href="https://cdn.example/')),
    ("browser", "404", (r"HEAD /overview", "404 NOT FOUND", NO, "", "")),
    ("sparql", "CORS", (r"/sparql", "", ("Access-Control-Allow-Origin", None), "", "")),
    ("sparql", "syntax error", (r"/sparql\?query=SELECT\+nonsense", "200 OK", NO, "", "")),
    ("sparql", "refused", (r"POST /sparql", "200 OK", NO, "", "")),
    ("sparql", "set public_url", (r"GET /sparql\?$", "", NO, r"http://127.0.0.1:\d+/sparql", "http://inner/sparql")),
    ("linked-data", "(303)", (r"/id/", "302 FOUND", NO, "", "")),
    ("linked-data", "304", (r"/doc/", "", ("ETag", None), "", "")),
    ("linked-data", "406", (r"/doc/", "200 OK", NO, "", "")),
    ("linked-data", "Vary", (r"/doc/", "", ("Vary", None), "", "")),
    ("linked-data", "application/rdf+xml", (r"/doc/", "", ("Content-Type", "text/html"), "", "")),
    ("harvester", "ends before", (r"HEAD /catalog", "501 NOT IMPLEMENTED", NO, "", "")),
    ("harvester", "503", (r"GET /catalog", "503 SERVICE UNAVAILABLE", NO, "", "")),
    ("harvester", "a file of the harvester", (r"GET /catalog", "", NO, r"<http://127.0.0.1:\d+/catalog#dataset>", "<dataset>")),
    ("harvester", "the whole harvest ends", (r"GET /catalog", "", NO, "dcterms:title", "dcterms:alternative")),
    ("harvester", "is elsewhere", (r"GET /catalog", "", NO, r"http://127.0.0.1:\d+/download", "http://inner/download")),
    ("harvester", "cannot be read", (r"GET /catalog", "", ("Content-Type", "application/x-turtle"), "", "")),
    ("scorer", "375 of 405; it lacks keywords", (r"GET /catalog", "", NO, "dcat:keyword", "dcat:word")),
    ("scorer", "325 of 405", (r"HEAD /(download|sparql)", "303 SEE OTHER", NO, "", "")),
    ("harvester", "1 of its versions", (r"GET /catalog", "", NO, "schema:Dataset ;", "dcat:Dataset ;")),
    ("ckan", "no package", (r"package_search", "404 NOT FOUND", NO, "", "")),
    ("ckan", "fewer", (r"package_search.*metadata_modified", "", NO, '"count": 1', '"count": 0')),
    ("ckan", "counted", (r"package_search", "", NO, '"count": 1', '"count": 2')),
    ("ckan", "is elsewhere", (r"package_search", "", NO, "http://127[^/]*/download", "http://inner/download")),
    ("ckan", "from an outage", (r"package_show", "200 OK", NO, "", "")),
    ("feed", "nothing to follow", (r"GET /feed", "404 NOT FOUND", NO, "", "")),
    ("feed", "go on from where it was", (r"GET /feed\?", "", NO, "ldes#timestampPath", "ldes#path")),
    ("feed", "begins anew", (r"GET /feed/1/1", "500 ERROR", NO, "", "")),
    ("feed", "fetches it again", (r"GET /feed/1/1", "", ("Cache-Control", "no-cache"), "", "")),
    ("oai", "set public_url", (r"/oai\?verb=Identify", "", NO, "<baseURL>.*</baseURL>", "<baseURL>http://inner/oai</baseURL>")),
    ("oai", "wrong verb", (r"/oai\?verb=Nonsense", "", NO, "badVerb", "badArgument")),
    ("oai", "who it is", (r"/oai", "404 NOT FOUND", NO, "", "")),
    ("crawler", "robots.txt names", (r"/robots.txt", "", NO, "Sitemap:.*", "")),
    ("crawler", "keeps crawlers out", (r"/robots.txt", "", NO, r"Disallow: /sparql.query=", "Disallow: /doc")),
    ("crawler", "lastmod", (r"/sitemap.xml", "", NO, "2026-01-01T", "yesterday")),
    ("crawler", "got 404", (r"GET /doc/project", "404 NOT FOUND", NO, "", "")),
    ("dataset-search", "no script", (r"GET /\?", "", NO, "application/ld.json", "text/plain")),
    ("dataset-search", "leaves the dataset out", (r"GET /\?", "", NO, r'"description": "[^"]*"', '"description": "Data"')),
    ("dataset-search", "is at no address", (r"GET /\?", "", NO, r'"contentUrl": "http://127', '"contentUrl": "http://10')),
]  # fmt: skip


@pytest.mark.parametrize(("role", "reason", "ill"), ILLS)
def test_what_is_broken_is_found_by_the_role_that_would_stumble(
    published: tuple[Path, Pool],
    role: str,
    reason: str,
    ill: tuple[str, str, tuple[str, str | None], str, str],
) -> None:
    with serving(lambda address: broken(app_at(published, address), *ill)) as address:
        found = examine(address, [role], Bounds(pause=0)).findings
    assert any(reason in f"{each.name} {each.reason}" for each in found), found


def hostile(body: bytes, kind: str) -> Wsgi:
    """Return a server that says the same to everything."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        del environ
        start("200 OK", [("Content-Type", kind), ("Location", "http://192.0.2.1/elsewhere")])
        return [body]

    return answer


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "text/html"),
        (b"\xff\xfe\x00", "text/turtle"),
        (b"<a> <b> <c> .", "text/turtle"),
        (b"[" * 20_000, "application/ld+json"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "text/xml"),
        (b"<html><script type='application/ld+json'>" + b"[" * 50_000, "text/html"),
        (b'<html><script type="application/ld+json">{"@type":"Dataset","distribution":[1]}</script>', "text/html"),
        (b"iri\nhttps://w3id.org/eugraph/id/x\n", "text/csv"),
    ],
)  # fmt: skip
def test_nothing_a_server_says_breaks_the_doctor(body: bytes, kind: str) -> None:
    with serving(lambda _: hostile(body, kind)) as address:
        found = examine(address, bounds=Bounds(pause=0))
    assert found.findings
    assert not any("root:" in each.reason for each in found.findings)


def test_only_so_much_is_asked_and_only_of_the_one_server(published: tuple[Path, Pool]) -> None:
    with serving(lambda address: app_at(published, address)) as address:
        found = examine(address, bounds=Bounds(requests=7, pause=0))
        assert found.requests == 7
        assert any("7 requests were made" in each.reason for each in found.findings)
        visitor = Visitor(address, "https://w3id.org/eugraph/")
        for elsewhere in ("http://192.0.2.1/", "//192.0.2.1/x", "file:///etc/passwd"):
            assert "is not under" in visitor.get(elsewhere).reason
        assert visitor.asked == 0


def test_an_answer_without_end_is_cut(published: tuple[Path, Pool]) -> None:
    del published
    with serving(lambda _: hostile(b"x" * 100_000, "text/html")) as address:
        answer = Visitor(address, "urn:x", Bounds(size=10_000)).get("")
    assert answer.cut
    assert len(answer.body) < 100_001


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "ftp://example.org/", "nonsense"])
def test_what_cannot_be_asked_is_told(address: str) -> None:
    with pytest.raises(VisitError):
        examine(address)


def test_the_verb_prints_findings_and_fails_by_them(published: tuple[Path, Pool]) -> None:
    with serving(lambda address: app_at(published, address)) as address:
        well = CliRunner().invoke(eugraph, ["doctor", address, "--json"])
    assert (well.exit_code, json.loads(well.output)["findings"]) == (0, [])
    with serving(lambda _: hostile(b"", "text/html")) as address:
        ill = CliRunner().invoke(eugraph, ["doctor", address])
    assert ill.exit_code == 1
    assert "Identify" in ill.output or "who it is" in ill.output


def test_findings_of_one_kind_are_told_together(published: tuple[Path, Pool]) -> None:
    ill = (r"GET /catalog", "", NO, r"http://127.0.0.1:\d+/download", "http://inner/download")
    with serving(lambda address: broken(app_at(published, address), *ill)) as address:
        told = CliRunner().invoke(eugraph, ["doctor", address])
        all_of_them = CliRunner().invoke(eugraph, ["doctor", address, "--json"])
    found = json.loads(all_of_them.output)["findings"]
    alike = [each for each in found if each["name"] == "files are at this server"]
    assert len(alike) > 40
    assert f"and {len(alike) - 3} more" in told.output
    assert told.output.count("files are at this server") == 4


def test_a_server_that_answers_too_late_is_told_so() -> None:
    def late(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        time.sleep(0.5)
        return hostile(b"", "text/html")(environ, start)

    with (
        serving(lambda _: late) as address,
        pytest.raises(VisitError, match=r"no answer in 0\.1 seconds"),
    ):
        examine(address, bounds=Bounds(seconds=0.1))
