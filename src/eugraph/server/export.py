"""The site as files for any plain web host, at the same addresses.

The application itself is asked for every page and file, as a browser and a
crawler would: there is no second way to make them. What is asked begins with
everything that was published, and goes on with what its pages link to.

`/doc/project/x` becomes `doc/project/x/index.html`, `/doc/project/x.ttl` a file
of that name; an address that leads to another becomes a page that leads there.
What needs a server (queries, search) is a page that says so. A plain host does
not look at what follows `?`: the further pages of a list, `projects?page=2`, are
at `projects/page/2/`, and its pages lead there. Search, facets and what else would
lead to another page than it says are left out.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from flask import Flask, render_template
from werkzeug.test import TestResponse

from eugraph.changes import Changes
from eugraph.editions import Edition, current
from eugraph.errors import SiteError
from eugraph.server.app import create_app
from eugraph.server.frame import EXPORTED
from eugraph.server.links import links_in, links_of
from eugraph.server.serving import limits_of
from eugraph.settings import Settings
from eugraph.workers import started

MARK: Final = "eugraph-export.json"
"""The file by which an export is known; a folder without it is not replaced."""

SEEDS: Final = (
    "", "download/", "catalog", "catalog.ttl", "catalog.rdf", "catalog.jsonld", "sitemap.xml",
    "robots.txt", ".well-known/void", ".well-known/sparql-examples/", "ontology", "shapes",
    "overview", "projects", "organisations", "programmes", "events", "places", "releases",
    "discrepancies", "feed",
)  # fmt: skip
"""Where to begin, beside all that was published; what is not there is passed over."""

LIVE: Final = ("sparql", "search", "oai", "api", "query", "healthz", "readyz", "metrics", "desk")
"""What needs a server, by the first part of the address."""

_PAGE: Final = "text/html"
_BLOCK: Final = 1 << 16

_PAGED: Final = re.compile(r"/page/([0-9]+)/$")
"""What further pages of a list are called, for `?page=`."""
_PAGING: Final = re.compile(rb"(href=\"[^\"?#]*)\?page=([0-9]+)(?=\")")

Progress = Callable[[str, int, int], None]
"""Told of each step: its name, how much is done, how much is known of."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: how many files of which edition, and what is not in it.

    `live` are addresses that need a server, `missing` those that a page links
    to and that are not there, with the status.
    """

    edition: int
    files: int
    live: tuple[str, ...]
    missing: tuple[str, ...]


def export_site(site: Path, folder: Path, settings: Settings, progress: Progress) -> Exported:
    """Write what is published on `site` into `folder`, in place of an export that is there.

    The folder is replaced in whole, at the end. Raises `SiteError` if nothing
    is published, or if there is something else in the folder.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise SiteError(f"{folder} holds something else; name a new folder or an empty one.")
    edition = current(site)
    with _beside(folder) as new, started(site, limits_of(settings)) as pool:
        app = create_app(site, settings, pool)
        app.config[EXPORTED] = True
        crawl = _Crawl(app, settings.base_url, new)
        crawl.begin(_published(edition))
        for done in crawl.run():
            progress("exporting", done, done + len(crawl.waiting))
        crawl.write_live_notice()
        found = Exported(
            edition.number, crawl.written, tuple(sorted(crawl.live)), tuple(crawl.missing)
        )
        about = {"edition": edition.number, "created": edition.manifest.created}
        (new / MARK).write_text(json.dumps(about) + "\n", encoding="utf-8")
        # Without it GitHub's host leaves out what begins with a dot, such as `.well-known`.
        (new / ".nojekyll").touch()
    return found


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a new folder that takes the place of `folder` at the end."""
    new, old = (folder.with_name(f".{folder.name}.{state}") for state in ("new", "old"))
    for path in (new, old):
        shutil.rmtree(path, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        for path in (new, old):
            shutil.rmtree(path, ignore_errors=True)


def _published(edition: Edition) -> Iterator[str]:
    """Yield the addresses of everything that is published, below the public one."""
    yield from SEEDS
    for thing in Changes(edition.changes).things():
        if not thing.deleted:
            yield f"id/{thing.path}"
            yield f"doc/{thing.path}"
    for iri in edition.graph_names:
        yield f"doc/graph/{iri.rpartition('/')[2]}"


@dataclass(slots=True)
class _Crawl:
    """Asks an application for one address after another and writes down what it answers."""

    app: Flask
    base: str
    folder: Path
    waiting: deque[str] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    written: int = 0

    def begin(self, paths: Iterable[str]) -> None:
        """Take these addresses, which need not be there, as the first to ask."""
        for path in paths:
            self._found(path)

    def run(self) -> Iterator[int]:
        """Ask until nothing is left; yields how many addresses were asked."""
        begun = set(self.waiting)
        done = 0
        while self.waiting:
            path = self.waiting.popleft()
            self._ask(path, named=path not in begun)
            done += 1
            yield done

    def write_live_notice(self) -> None:
        """Write a page for each address that needs a server, which says so."""
        for path in sorted({*self.live, "sparql"}):
            with self.app.test_request_context(base_url=self.base):
                page = render_template("live.html")
            self._write(PurePosixPath(path, "index.html"), [page.encode()])

    def _ask(self, path: str, *, named: bool) -> None:
        with self.app.test_client() as client:
            answer = client.get(
                "/" + _PAGED.sub(r"?page=\1", path),
                base_url=self.base,
                headers={"Accept": f"{_PAGE}, */*;q=0.1", "Accept-Encoding": "identity"},
                buffered=False,
            )
            try:
                self._take(path, answer, named=named)
            finally:
                answer.close()

    def _take(self, path: str, answer: TestResponse, *, named: bool) -> None:
        kind = answer.mimetype or ""
        if "Location" in answer.headers and answer.status_code != HTTPStatus.CREATED:
            target = urljoin(self._address(path), answer.headers["Location"])
            self._follow(target)
            self._write(_file(path, _PAGE), [_leading(target)])
        elif answer.status_code != HTTPStatus.OK:
            if named:
                self.missing.append(f"/{path} ({answer.status_code})")
        else:
            links = links_of(answer.headers.get("Link", ""))
            blocks: Iterable[bytes] = answer.iter_encoded()
            if kind in {_PAGE, "text/css", "application/xml", "text/xml"}:
                body = answer.get_data()
                if kind == _PAGE:
                    body = _without_queries(_PAGING.sub(rb"\1/page/\2/", body))
                links += links_in(body, kind)
                blocks = [body]
            for link in links:
                self._follow(urljoin(self._address(path), link))
            self._write(_file(path, kind), blocks)

    def _follow(self, address: str) -> None:
        """Take note of an address, if it is one of ours and leads to a file."""
        parts = urlsplit(address)
        plain = parts._replace(query="", fragment="").geturl()
        if plain.startswith(self.base):
            self._found(unquote(plain.removeprefix(self.base)))

    def _found(self, path: str) -> None:
        first = path.partition("/")[0]
        if first in LIVE:
            self.live.add(first)
        elif path not in self.seen and _is_plain(path):
            self.seen.add(path)
            self.waiting.append(path)

    def _address(self, path: str) -> str:
        return self.base + path

    def _write(self, file: PurePosixPath, blocks: Iterable[bytes]) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as output:
            for block in blocks:
                output.write(block)
        self.written += 1


def _without_queries(page: bytes) -> bytes:
    """Return a page without the links that only what follows `?` tells from others.

    A plain host would lead them to the page that stands at the address without
    it: their words stay. Links to what needs a server lead to a page that says so.
    """

    def unlinked(link: re.Match[bytes]) -> bytes:
        live = any(f"/{first}?".encode() in link[1] for first in LIVE)
        return link[0] if live else b"<span>" + link[2] + b"</span>"

    return _ASKING.sub(unlinked, page)


_ASKING: Final = re.compile(
    rb"""<a (?=[^<>]*?href="(/[^"?#]*\?)[^"]*")[^<>]*>(.*?)</a>""", re.DOTALL
)


def _is_plain(path: str) -> bool:
    """Tell whether an address can be that of a file."""
    parts = path.split("/")
    return not any(part in {".", ".."} or "\\" in part or "\0" in part for part in parts)


def _file(path: str, media_type: str) -> PurePosixPath:
    """Return the file of an address: that of a page is in a folder of its own."""
    if not path or path.endswith("/"):
        return PurePosixPath(path, "index.html")
    if media_type == _PAGE and not path.endswith(".html"):
        return PurePosixPath(path, "index.html")
    return PurePosixPath(path)


def _leading(target: str) -> bytes:
    """Return a page that leads to another address."""
    path = escape(urlsplit(target)._replace(scheme="", netloc="").geturl())
    return (
        f'<!doctype html><meta charset="utf-8"><title>eugraph</title>'
        f'<meta http-equiv="refresh" content="0; url={path}">'
        f'<link rel="canonical" href="{path}"><p><a href="{path}">{path}</a></p>\n'
    ).encode()
