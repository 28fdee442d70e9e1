"""Releases come from pages and feeds of a real server on loopback, politely and with care."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from eugraph.errors import ReleaseError
from eugraph.releases import find_releases, read_release
from eugraph.releases.fetch import Fetched, Outcome, fetch_releases
from eugraph.releases.web import Manners, Web

LATVIAN = "Pašvaldība kopā ar septiņām ārvalstu pilsētām īsteno projektu „Mūsu upe”."
ENGLISH = "The town carries out the project “Our River” with seven towns of other countries."
PAGE = (
    "<html><head><meta property='article:published_time' content='2018-04-25T10:00:00+03:00'>"
    f"</head><body><main><h1>Mūsu upe</h1><p>{LATVIAN}</p><p>{ENGLISH}</p></main></body></html>"
).encode()
FAST = Manners(pause=0, timeout=5, seconds=0.5, retries=0, private_hosts=True)

Reply = tuple[int, dict[str, str], bytes]


def html(body: bytes = PAGE, **headers: str) -> Reply:
    return 200, {"Content-Type": "text/html", **headers}, body


@dataclass
class Site:
    """A server whose replies a test sets, and the requests it got."""

    address: str = ""
    replies: dict[str, Reply | Callable[[BaseHTTPRequestHandler], None]] = field(
        default_factory=dict
    )
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def asked(self, path: str) -> int:
        """Return how often `path` was asked for."""
        return sum(asked == path for asked, _ in self.requests)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            reply = site.replies.get(self.path, (404, {}, b"not here"))
            if callable(reply):
                reply(self)
                return
            status, headers, body = reply
            if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(site: Site, into: Path, *paths: str, manners: Manners = FAST) -> list[Fetched]:
    urls = [path if ":" in path else site.address + path for path in paths]
    return list(fetch_releases(urls, into, manners=manners))


def outcomes(results: list[Fetched]) -> list[str]:
    return [result.outcome.value for result in results]


def test_a_page_is_saved_as_it_came_with_what_is_known_beside_it(
    site: Site, tmp_path: Path
) -> None:
    site.replies["/ziņas/otrā-tikšanās?id=7"] = html()
    site.replies["/zi%C5%86as/otr%C4%81-tik%C5%A1an%C4%81s?id=7"] = html()
    (result,) = fetch(site, tmp_path, "/ziņas/otrā-tikšanās?id=7#top")
    assert result.outcome is Outcome.NEW
    assert result.path
    assert result.path.read_bytes() == PAGE
    assert result.path.name.startswith("127-0-0-1-otra-tiksanas-")
    beside = tomllib.loads(result.path.with_suffix(".toml").read_text(encoding="utf-8"))
    assert beside.pop("retrieved")
    assert str(beside.pop("published")) == "2018-04-25"
    assert beside == {
        "source": f"{site.address}/zi%C5%86as/otr%C4%81-tik%C5%A1an%C4%81s?id=7",
        "sha256": hashlib.sha256(PAGE).hexdigest(),
    }
    assert find_releases([tmp_path]).releases == (result.path,)
    release = read_release(result.path)
    assert release.languages == ("lv", "en")
    assert release.metadata.retrieved
    assert site.requests[-1][1]["User-Agent"] == Manners().agent


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Dome</title>
<item><link>/a</link><pubDate>Wed, 25 Apr 2018 23:30:00 +0300</pubDate></item>
<item><link>/b</link></item><item><title>no link</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a"/>
<published>2018-04-25T23:30:00+03:00</published><updated>2020-01-01T00:00:00Z</updated></entry>
<entry><link href="b"/><updated>2020-01-01T00:00:00Z</updated></entry></feed>"""
RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item><link>/a</link><dc:date>2018-04-25T23:30:00+03:00</dc:date></item>
<item><link>/b</link></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("feed", "media_type"),
    [
        (FEED, "application/rss+xml"),
        (FEED, "text/html"),
        (ATOM, "application/atom+xml"),
        (RSS_1, "text/xml"),
    ],
)
def test_a_feed_gives_the_pages_of_its_entries_and_their_days(
    feed: str, media_type: str, site: Site, tmp_path: Path
) -> None:
    undated = f"<p>{LATVIAN}</p><p>{ENGLISH}</p>".encode()
    site.replies = {
        "/feed": (200, {"Content-Type": media_type}, feed.encode()),
        "/a": html(undated),
        "/b": html(undated),
    }
    results = fetch(site, tmp_path, "/feed")
    assert outcomes(results) == ["new", "new"]
    days = [read_release(result.path).metadata.published for result in results if result.path]
    assert days == ["2018-04-25", None]


def test_what_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    site.replies = {
        "/feed": (200, {"Content-Type": "text/xml", "ETag": '"f"'}, FEED.encode()),
        "/a": html(ETag='"a"'),
        "/b": html(),
    }
    fetch(site, tmp_path, "/feed", "/a")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert outcomes(fetch(site, tmp_path, "/feed", "/a", "/b")) == ["unchanged"] * 3
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    headers = dict(site.requests)
    assert headers["/feed"]["If-None-Match"] == '"f"'
    assert headers["/a"]["If-None-Match"] == '"a"'


def test_brackets_in_an_address_are_written_as_an_iri_has_them(site: Site, tmp_path: Path) -> None:
    site.replies["/%5Bx%5D?a%5B%5D=1"] = html()
    (result,) = fetch(site, tmp_path, "/[x]?a[]=1")
    assert result.path
    assert read_release(result.path).metadata.source == f"{site.address}/%5Bx%5D?a%5B%5D=1"


def test_a_removed_release_and_a_failed_entry_are_fetched_again(site: Site, tmp_path: Path) -> None:
    site.replies = {
        "/feed": (200, {"Content-Type": "text/xml", "ETag": '"f"'}, FEED.encode()),
        "/a": html(ETag='"a"'),
    }
    first = fetch(site, tmp_path, "/feed")
    assert outcomes(first) == ["new", "failed"]
    assert first[0].path
    first[0].path.unlink()
    site.replies["/b"] = html()
    assert outcomes(fetch(site, tmp_path, "/feed")) == ["new", "new"]


def test_a_changed_page_replaces_the_file_and_keeps_what_a_person_wrote(
    site: Site, tmp_path: Path
) -> None:
    site.replies["/a"] = html()
    (first,) = fetch(site, tmp_path, "/a")
    assert first.path
    beside = first.path.with_suffix(".toml")
    text = beside.read_text(encoding="utf-8").replace("2018-04-25", "2018-04-24  # asked them")
    beside.write_text(f'{text}publisher = "Dome"\n', encoding="utf-8")
    site.replies["/a"] = html(PAGE.replace(b"seven", b"eight"))
    (second,) = fetch(site, tmp_path, "/a")
    assert (second.outcome, second.path) == (Outcome.CHANGED, first.path)
    assert b"eight" in first.path.read_bytes()
    assert "2018-04-24  # asked them" in beside.read_text(encoding="utf-8")
    metadata = read_release(first.path).metadata
    assert (metadata.published, metadata.publisher) == ("2018-04-24", "Dome")


ROBOTS = b"User-agent: *\nDisallow: /closed/*.html$\nAllow: /\n"


@pytest.mark.parametrize(
    ("robots", "path", "expected"),
    [
        ((200, {}, ROBOTS), "/open/a.html", "new"),
        ((200, {}, ROBOTS), "/closed/a.html", "failed"),
        ((404, {}, b""), "/closed/a.html", "new"),
        ((403, {}, b""), "/closed/a.html", "new"),  # RFC 9309, section 2.3.1.3
        ((500, {}, b""), "/open/a.html", "failed"),
        ((301, {"Location": "/rules"}, b""), "/closed/a.html", "failed"),
        ((200, {}, b"User-agent: eugraph\nDisallow: /"), "/open/a.html", "failed"),
    ],
)
def test_robots_txt_is_obeyed(
    robots: Reply, path: str, expected: str, site: Site, tmp_path: Path
) -> None:
    site.replies = {"/robots.txt": robots, "/rules": (200, {}, ROBOTS), path: html()}
    assert outcomes(fetch(site, tmp_path, path)) == [expected]
    assert site.asked(path) == (expected == "new")


def test_robots_txt_is_asked_for_once(site: Site, tmp_path: Path) -> None:
    site.replies = {"/a": html(), "/b": html()}
    fetch(site, tmp_path, "/a", "/b", "/a")
    assert [site.asked(path) for path in ("/robots.txt", "/a", "/b")] == [1, 1, 1]


def test_a_host_is_not_asked_faster_than_it_likes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    site.replies = {
        "/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 7\n"),
        "/a": html(),
        "/b": html(),
    }
    fetch(site, tmp_path, "/a", "/b")
    assert len(pauses) == 2
    assert all(6 < pause <= 7 for pause in pauses)


def test_an_overloaded_host_is_asked_again(site: Site, tmp_path: Path) -> None:
    def overloaded_once(handler: BaseHTTPRequestHandler) -> None:
        site.replies["/a"] = html()
        handler.send_response(503)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.replies["/a"] = overloaded_once
    assert outcomes(fetch(site, tmp_path, "/a", manners=replace(FAST, retries=2))) == ["new"]


def test_redirects_are_followed_to_where_they_lead(site: Site, tmp_path: Path) -> None:
    site.replies = {"/old": (302, {"Location": "new#part"}, b""), "/new": html()}
    (result,) = fetch(site, tmp_path, "/old")
    assert result.path
    assert read_release(result.path).metadata.source == f"{site.address}/new"


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte at a time for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.01)
    except OSError:
        handler.close_connection = True


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """Send a header that never ends, each letter soon enough for the timeout of a socket."""
    handler.send_response(200)
    handler.flush_headers()
    try:
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.01)
    except OSError:
        handler.close_connection = True


def drip_status(handler: BaseHTTPRequestHandler) -> None:
    """Ask for patience for ever, and never answer (RFC 9110, section 15.2)."""
    try:
        while True:
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.01)
    except OSError:
        handler.close_connection = True


def drip_aside(handler: BaseHTTPRequestHandler) -> None:
    """Redirect, with an endless body that says so."""
    handler.send_response(302)
    handler.send_header("Location", "/elsewhere")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"moved ")
            time.sleep(0.01)
    except OSError:
        handler.close_connection = True


def flood(handler: BaseHTTPRequestHandler) -> None:
    """Announce little and send much."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        for _ in range(4_000):
            handler.wfile.write(b"x" * 10_000)
    except OSError:
        pass
    handler.close_connection = True


BOMB = gzip.compress(b"x" * 50_000_000)
SMALL = replace(FAST, answer_bytes=1_000_000)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((404, {}, b""), "answers with status 404"),
        ((500, {}, b""), "answers with status 500"),
        ((302, {"Location": "/page"}, b""), "redirects more than 5 times"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "no address of the web"),
        ((302, {"Location": "http://[::1"}, b""), "is no address"),
        (drip_aside, "answers with status 404"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG"), "is image/png; releases are .txt"),
        (html(b""), "is empty"),
        (html(b"<html><script>app()</script></html>"), "has no"),
        (html(BOMB, **{"Content-Encoding": "gzip"}), "more than 1,000,000 bytes"),
        (html(b"no gzip", **{"Content-Encoding": "gzip"}), "cannot be fetched"),
        (drip, "takes more than 0.5 s"),
        (drip_headers, "takes more than 0.5 s"),
        (drip_status, "takes more than 0.5 s"),
        (flood, "more than 1,000,000 bytes"),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4 broken"), "damaged PDF"),
    ],
)
def test_a_page_that_gives_no_release_is_told_and_leaves_nothing(
    reply: Reply | Callable[[BaseHTTPRequestHandler], None],
    reason: str,
    site: Site,
    tmp_path: Path,
) -> None:
    site.replies = {"/page": reply, "/good": html()}
    bad, good = fetch(site, tmp_path, "/page", "/good", manners=SMALL)
    assert (bad.outcome, bad.path) == (Outcome.FAILED, None)
    assert bad.reason
    assert reason in bad.reason
    assert good.outcome is Outcome.NEW
    assert len([path for path in tmp_path.iterdir() if path.name != ".fetched.json"]) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://2130706433/",  # 127.0.0.1 as one number
    ],
)
def test_private_hosts_are_not_asked(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    (result,) = fetch_releases([url], tmp_path, manners=replace(FAST, private_hosts=False))
    assert result.reason
    assert "is on a private host" in result.reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "no address of the web"),
        ("ftp://example.org/a", "no address of the web"),
        ("example.org/a", "no address of the web"),
        ("https:///a", "no address of the web"),
        ("https://me:secret@example.org/a", "has a user name in it"),
        ("http://example.org:99999/a", "is no address"),
        ("http://[::1", "is no address"),
        ("http://no-such-host.invalid/", "is on no known host"),
    ],
)
def test_what_is_no_address_of_the_web_is_told(
    url: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    (result,) = fetch_releases([url], tmp_path, manners=replace(FAST, private_hosts=False))
    assert result.reason
    assert reason in result.reason


def test_a_name_that_leads_elsewhere_the_second_time_is_not_followed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look-up gives a public address, the next this machine (DNS rebinding)."""
    port = int(site.address.rpartition(":")[2])
    places = iter(["93.184.216.34"])

    def look_up(*_: object, **__: object) -> list[tuple[object, ...]]:
        place = next(places, "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    site.replies = {"/a": html(), "/robots.txt": (404, {}, b"")}
    manners = replace(FAST, private_hosts=False)
    (result,) = fetch_releases([f"http://rebound.example:{port}/a"], tmp_path, manners=manners)
    assert result.outcome is Outcome.FAILED
    assert site.requests == []


def test_credentials_of_this_machine_are_not_sent(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    site.replies["/a"] = html()
    fetch(site, tmp_path / "into", "/a")
    assert site.requests
    assert all("Authorization" not in headers for _, headers in site.requests)


def test_files_of_other_kinds_are_saved_by_media_type_or_name(site: Site, tmp_path: Path) -> None:
    text = LATVIAN.encode("utf-16")
    site.replies = {
        "/a": (200, {"Content-Type": "text/plain; charset=UTF-16"}, text),
        "/b.txt": (200, {"Content-Type": "application/octet-stream"}, text),
        "/c": (200, {"Content-Type": "application/octet-stream"}, text),
    }
    results = fetch(site, tmp_path, "/a", "/b.txt", "/c")
    assert outcomes(results) == ["new", "new", "failed"]
    assert [read_release(result.path).text for result in results if result.path] == [LATVIAN] * 2


def test_a_feed_gives_no_more_entries_than_asked_for(site: Site, tmp_path: Path) -> None:
    site.replies = {"/feed": (200, {}, FEED.encode()), "/a": html(), "/b": html()}
    assert outcomes(fetch(site, tmp_path, "/feed", manners=replace(FAST, entries=1))) == ["new"]


def test_a_feed_in_a_feed_is_told(site: Site, tmp_path: Path) -> None:
    feed = (200, {"Content-Type": "application/rss+xml"}, FEED.encode())
    site.replies = {"/feed": feed, "/a": feed, "/b": html()}
    assert outcomes(fetch(site, tmp_path, "/feed")) == ["failed", "new"]


def test_a_damaged_memory_or_folder_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / ".fetched.json").write_text(json.dumps({"x": 1}))
    with pytest.raises(ReleaseError, match=r"fetched\.json: is damaged; remove it"):
        fetch(site, tmp_path, "/a")
    (tmp_path / "file").write_text("")
    with pytest.raises(ReleaseError, match="cannot be written to"):
        fetch(site, tmp_path / "file", "/a")


def test_a_malformed_file_beside_a_release_is_told_and_stays(site: Site, tmp_path: Path) -> None:
    site.replies["/a"] = html()
    (first,) = fetch(site, tmp_path, "/a")
    assert first.path
    beside = first.path.with_suffix(".toml")
    beside.write_text("published = yesterday", encoding="utf-8")
    site.replies["/a"] = html(PAGE.replace(b"seven", b"eight"))
    (second,) = fetch(site, tmp_path, "/a")
    assert second.reason
    assert "is not TOML" in second.reason
    assert beside.read_text(encoding="utf-8") == "published = yesterday"
    assert first.path.read_bytes() == PAGE


def test_an_address_is_told_by_the_session_itself(site: Site) -> None:
    with Web(FAST) as web, pytest.raises(ReleaseError, match="status 404") as caught:
        web.get(f"{site.address}/nowhere")
    assert caught.value.name == f"{site.address}/nowhere"
