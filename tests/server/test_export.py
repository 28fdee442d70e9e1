"""The site as files: served by a plain web server, every link leads somewhere."""

from __future__ import annotations

import functools
import http.client
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from operator import methodcaller
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from eugraph.editions import current
from eugraph.errors import ExportError, SiteError
from eugraph.pipeline import build
from eugraph.processes import conversations
from eugraph.server.export import LIVE, MARK, Exported, export_site
from eugraph.server.export.crawl import Crawl, together
from eugraph.server.links import links_in
from eugraph.settings import Settings

TEXT = """Partners of the project “Green Corners” (GREENCOR) met
The project “Green Corners” (GREENCOR) involves 2 partners from 2 countries – Latvia and Sweden.
Term of implementation: 01.09.2018. – 31.08.2020.
"""


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


class Handler(SimpleHTTPRequestHandler):
    """A plain web server that keeps no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Write nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of one release."""
    root = tmp_path_factory.mktemp("exported")
    (root / "one.txt").write_text(TEXT, encoding="utf-8")
    assert build([root / "one.txt"], root / "site").edition
    return root / "site"


@pytest.fixture(scope="module")
def files(site: Path) -> Path:
    """Return the folder that the export goes to."""
    return site.with_name("files")


@pytest.fixture(scope="module")
def host(files: Path) -> Iterator[ThreadingHTTPServer]:
    """Serve the folder by a plain web server."""
    files.mkdir()
    handler = functools.partial(Handler, directory=str(files))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def base(host: ThreadingHTTPServer) -> str:
    """Return the address of the files."""
    return f"http://127.0.0.1:{host.server_address[1]}/"


@pytest.fixture(scope="module")
def exported(site: Path, files: Path, base: str) -> Exported:
    """Write the site as files."""
    return export_site(site, files, Settings(public_url=base), silent)


def get(address: str) -> tuple[int, str, bytes]:
    """Return status, media type and body of an address, after redirects to a folder."""
    parts = urlsplit(address)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status == http.HTTPStatus.MOVED_PERMANENTLY:
        return get(urljoin(address, answer.headers["Location"]))
    return answer.status, answer.headers.get_content_type(), body


def test_every_link_of_every_page_leads_somewhere(exported: Exported, base: str) -> None:
    """What the application itself has not is told as missing; all else is there."""
    missing = {address.partition(" ")[0] for address in exported.missing}
    seen, waiting, dead = set(), [base], []
    while waiting:
        address = waiting.pop()
        status, kind, body = get(address)
        if status != http.HTTPStatus.OK and urlsplit(address).path not in missing:
            dead.append(address)
        for link in links_in(body, kind) if status == http.HTTPStatus.OK else ():
            target = urljoin(address, link).partition("#")[0].partition("?")[0]
            if target.startswith(base) and target not in seen:
                seen.add(target)
                waiting.append(target)

    assert dead == []
    assert len(seen) > 40


def test_further_pages_of_a_list_have_addresses_that_a_plain_host_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT}It was told by {name}.\n", encoding="utf-8")
    assert build([tmp_path], tmp_path / "site").edition
    monkeypatch.setattr("eugraph.server.lists._PER_PAGE", 1)

    export_site(tmp_path / "site", tmp_path / "files", Settings(), silent)

    pages = [tmp_path / f"files/releases/{each}index.html" for each in ("", "page/2/", "page/3/")]
    told = [page.read_text(encoding="utf-8") for page in pages]
    assert 'href="/releases/page/2/"' in told[0]
    assert 'href="/releases/page/3/"' in told[1]
    assert "page/" not in told[2].partition('rel="prev"')[2].partition("</nav>")[0].replace(
        "/releases/page/2/", ""
    )
    shown = [
        {name for name in ("one", "two", "three") if f"/release/{name}" in text} for text in told
    ]
    assert sorted(map(len, shown)) == [1, 1, 1]
    assert set().union(*shown) == {"one", "two", "three"}


def test_an_address_has_the_forms_it_has_on_the_server(exported: Exported, base: str) -> None:
    status, kind, page = get(f"{base}doc/project/greencor-2018")
    assert (status, kind) == (200, "text/html")
    assert b"GREENCOR" in page
    assert b"GREENCOR" in get(f"{base}doc/project/greencor-2018.ttl")[2]
    assert json.loads(get(f"{base}doc/project/greencor-2018.jsonld")[2])
    assert b'url=/doc/project/greencor-2018"' in get(f"{base}id/project/greencor-2018")[2]
    assert base.encode() in get(f"{base}catalog.ttl")[2]
    assert exported.edition == 1


def test_files_for_download_are_the_same_bytes(exported: Exported, site: Path, base: str) -> None:
    for path in current(site).dumps.glob("eugraph.*"):
        status, _, body = get(f"{base}download/latest/{path.name}")
        if status == http.HTTPStatus.OK:
            assert body == path.read_bytes()
    assert get(f"{base}download/latest/eugraph.nt")[0] == http.HTTPStatus.OK
    assert "sparql" in exported.live


def test_what_needs_a_server_says_so(exported: Exported, base: str) -> None:
    assert exported.live
    for path in exported.live:
        assert b"needs a server" in get(f"{base}{path}")[2]


def test_an_export_is_replaced_and_nothing_else(
    exported: Exported, site: Path, files: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(files, folder)
    (folder / "left-over.html").touch()
    again = export_site(site, folder, Settings(public_url="https://example.org/data/"), silent)
    assert again.files == exported.files
    assert not (folder / "left-over.html").exists()
    assert (folder / MARK).exists()
    assert 'href="/data/' in (folder / "index.html").read_text(encoding="utf-8")
    (tmp_path / "precious.txt").touch()
    with pytest.raises(SiteError, match="something else"):
        export_site(site, tmp_path, Settings(), silent)
    assert (tmp_path / "precious.txt").exists()


def test_several_processes_write_what_one_writes(
    exported: Exported, site: Path, files: Path, base: str, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []

    def progress(step: str, done: int, total: int) -> None:
        assert step == "exporting"
        told.append((done, total))

    other = tmp_path / "other"
    again = export_site(site, other, Settings(public_url=base), progress, workers=2)
    assert again == exported
    assert contents(other) == contents(files)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > len(told)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files of a folder by their names."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_what_did_not_change_stays_the_same_file(site: Path, tmp_path: Path) -> None:
    """So that a copy to a host takes what changed; and one that was spoilt is made anew."""
    folder = tmp_path / "files"
    export_site(site, folder, Settings(), silent)
    before = {path: path.stat() for path in folder.rglob("*.*") if path.is_file()}
    (folder / "ontology.ttl").write_bytes(b"spoilt")
    (folder / "sitemap.xml").write_bytes((folder / "sitemap.xml").read_bytes() + b" ")
    (folder / "shapes.ttl").unlink()

    export_site(site, folder, Settings(publisher_name="Somebody else"), silent)

    changed = {path for path, stat in before.items() if path.stat().st_ino != stat.st_ino}
    spoilt = {folder / "ontology.ttl", folder / "sitemap.xml", folder / "shapes.ttl"}
    assert spoilt | {folder / "catalog.ttl"} <= changed
    assert len(changed) < len(before) / 2
    assert b"spoilt" not in (folder / "ontology.ttl").read_bytes()
    assert not (folder / "sitemap.xml").read_bytes().endswith(b" ")
    assert (folder / "shapes.ttl").exists()


def test_what_is_published_meanwhile_is_not_in_it(tmp_path: Path) -> None:
    """One edition is exported: what it was when it began."""
    release, site = tmp_path / "one.txt", tmp_path / "site"
    release.write_text(TEXT, encoding="utf-8")
    assert build([release], site).edition

    def publish(step: str, done: int, total: int) -> None:
        assert step
        if done * 2 > total and current(site).number == 1:
            release.write_text(TEXT.replace("2020", "2021"), encoding="utf-8")
            assert build([release], site).edition

    told = export_site(site, tmp_path / "files", Settings(), publish)

    assert current(site).number == 2
    assert (told.edition, told.missing) == (1, ())
    for path in (tmp_path / "files").rglob("*"):
        if path.suffix in {".html", ".ttl", ".nt", ".csv"}:
            assert "2021" not in path.read_text("utf-8").replace("2021-", ""), path
    assert not (tmp_path / "files/download/2").exists()


def test_every_address_that_descriptions_name_has_its_file(exported: Exported, base: str) -> None:
    """Catalogue, VoID, feed, examples, vocabularies: in RDF as in pages."""
    names = ("catalog", ".well-known/void", ".well-known/sparql-examples", "feed", "feed/1/1")
    named = {
        iri.replace("https://w3id.org/eugraph/", base).partition("#")[0]
        for name in names
        for iri in re.findall(r"<(http[^>]*[^>/])>", get(f"{base}{name}.nt")[2].decode())
        if iri.startswith((base, "https://w3id.org/eugraph/vocab/"))
    }
    live = tuple(f"{base}{first}" for first in LIVE)
    served = {iri for iri in named if not iri.startswith(live) and "?" not in iri}
    assert exported.missing == ()
    assert len(served) > 50
    assert {iri for iri in served if get(iri)[0] != http.HTTPStatus.OK} == set()


def test_a_list_has_its_tables(exported: Exported, base: str) -> None:
    page = get(f"{base}projects")[2]
    assert exported.files
    for form in ("csv", "jsonld"):
        assert f'href="/projects.{form}"'.encode() in page
        assert b"GREENCOR" in get(f"{base}projects.{form}")[2]


@pytest.mark.parametrize(
    ("work", "error", "message"),
    [
        (methodcaller("close"), ExportError, "ended"),
        (methodcaller("send", SiteError("There is no edition 7.")), SiteError, "edition 7"),
    ],
)
def test_an_export_whose_processes_end_is_told(
    work: Callable[[Connection], object], error: type[Exception], message: str
) -> None:
    with conversations(2, work) as lines, pytest.raises(error, match=message):
        together(Crawl(["one", "two"]), lines, silent)


def test_an_export_that_fails_leaves_the_earlier_one(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / MARK).write_text("{}")

    def fail(step: str, done: int, total: int) -> None:
        raise ExportError(f"{step} {done} {total}")

    with pytest.raises(ExportError):
        export_site(site, folder, Settings(), fail)
    assert [path.name for path in tmp_path.iterdir()] == ["files"]
    assert [path.name for path in folder.iterdir()] == [MARK]


def test_no_page_offers_what_a_plain_host_has_not(exported: Exported, files: Path) -> None:
    """No search, no facets, no link that only what follows `?` tells from another."""
    assert exported.files
    pages = [path.read_text("utf-8") for path in files.rglob("*.html")]
    assert len(pages) > 20
    for page in pages:
        assert 'role="search"' not in page
        assert 'class="facet"' not in page
        asking = re.findall(r'<a [^<>]*href="(/[^"]*)[?][^"]*"', page)
        assert {link.strip("/").rpartition("/")[2] for link in asking} <= {*LIVE}
