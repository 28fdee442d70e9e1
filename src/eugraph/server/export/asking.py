"""Asks the application for addresses, and writes what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from flask import Flask, render_template
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wrappers import Response

from eugraph.catalogue import LATEST
from eugraph.editions import Edition, dumped
from eugraph.errors import EugraphError
from eugraph.server.app import create_app
from eugraph.server.export.addresses import LIVE, PAGE, document_of, file_of, is_plain
from eugraph.server.export.folder import write
from eugraph.server.export.plain_host import asked_of, for_plain_host, leading, links_of_page
from eugraph.server.frame import EXPORTED
from eugraph.server.links import links_in, links_of
from eugraph.server.serving import limits_of
from eugraph.server.source import DUMPED, EDITION
from eugraph.settings import Settings
from eugraph.vocabulary import IRI_BASE
from eugraph.workers import started

_TRIPLES: Final = "application/n-triples"
_WITH_LINKS: Final = frozenset({PAGE, "text/css", "application/xml", "text/xml", _TRIPLES})
_IRI: Final = re.compile(rb"<(https?://[^>\s]+)>")
_TERMS: Final = f"{IRI_BASE}vocab/"
_ACCEPT: Final = {"Accept": f"{PAGE}, */*;q=0.1", "Accept-Encoding": "identity"}

_QUERIES: Final = 2
"""How many queries a page asks at once, at most."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is exported: an edition of a site, into the folder `new`; `earlier` is one before."""

    site: Path
    edition: Edition
    settings: Settings
    new: Path
    earlier: Path


@dataclass(slots=True)
class Told:
    """What came of some addresses: which were asked, and what the answers name.

    Of those that are `written` there is a file; `missing` are those, with the
    status, of which there is nothing.
    """

    asked: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)
    missing: dict[str, int] = field(default_factory=dict)


@contextmanager
def asker(task: Task) -> Iterator[Asker]:
    """Start what answers the queries of an export; yields who asks for its addresses."""
    limits = replace(limits_of(task.settings), workers=_QUERIES)
    with started(task.site, limits) as pool:
        app = create_app(task.site, task.settings, pool)
        app.config[EXPORTED] = True
        yield Asker(app, task, dumped(task.site, task.edition))


def answer(task: Task, line: Connection) -> None:
    """Ask for the addresses that come by `line`, and tell what came of them, until it ends.

    An error that is meant for a person is told as well.
    """
    try:
        with asker(task) as own:
            while (paths := line.recv()) is not None:
                line.send(own.ask(paths))
    except EugraphError as error:
        line.send(error)


@dataclass(slots=True)
class Asker:
    """Asks the application of an export for one address after another."""

    app: Flask
    task: Task
    files: Edition
    told: set[str] = field(default_factory=set)

    def ask(self, paths: Sequence[str]) -> Told:
        """Write what is at these addresses, and documents that are there in all their forms."""
        told = Told()
        for path in paths:
            self._ask(path, told)
        told.links -= self.told
        self.told |= told.links
        return told

    def write_live_notices(self, live: Iterable[str]) -> int:
        """Write a page for each address that needs a server, which says so; returns how many."""
        paths = sorted({*live, "sparql"})
        for path in paths:
            with self.app.test_request_context(base_url=self._base):
                page = render_template("live.html")
            self._write(PurePosixPath(path, "index.html"), [page.encode()])
        return len(paths)

    @property
    def _base(self) -> str:
        return self.task.settings.base_url

    def _ask(self, path: str, told: Told) -> None:
        kind, named = self._take(path, told)
        if kind != PAGE or path.endswith(("/", ".html")):
            return
        # One form after another: what a document says is kept until the next one is asked for.
        for form in sorted(each for each in named if each != path and document_of(each) == path):
            named = named | self._take(form, told)[1]
        if (page := f"{path}.html") in named and page not in told.asked:
            self._write_again(path, page, told)
        if path.startswith("doc/"):
            self._take("id/" + path.removeprefix("doc/"), told)

    def _take(self, path: str, told: Told) -> tuple[str, set[str]]:
        """Write what is at an address; returns what kind of file that is, and what it names."""
        told.asked.add(path)
        with closing(self._answer(path)) as reply:
            address, kind = self._base + path, reply.mimetype or ""
            if "Location" in reply.headers and reply.status_code != HTTPStatus.CREATED:
                target = urljoin(address, reply.headers["Location"])
                self._write(file_of(path, PAGE), [leading(target)])
                told.written.add(path)
                return PAGE, self._name([target], address, told)
            if reply.status_code != HTTPStatus.OK:
                told.missing[path] = reply.status_code
                return "", set()
            links = set(links_of(reply.headers.get("Link", "")))
            blocks: Iterable[bytes] = reply.iter_encoded()
            dump = kind == _TRIPLES and path.startswith("download/")  # large, and names nothing new
            if not dump and kind in _WITH_LINKS:
                body = reply.get_data()
                body = for_plain_host(body) if kind == PAGE else body
                links |= self._links(body, kind, path)
                blocks = [body]
            self._write(file_of(path, kind), blocks)
            told.written.add(path)
            return kind, self._name(links, address, told)

    def _links(self, body: bytes, kind: str, path: str) -> set[str]:
        """Return what a body names: of RDF what is here, concepts, parts of what it tells of."""
        match kind:
            case "text/html":
                return links_of_page(body)
            case _ if kind == _TRIPLES:
                iris = {found.decode() for found in _IRI.findall(body)}
                part = f"{IRI_BASE}id/{document_of(path).removeprefix('doc/')}/"
                terms = {iri for iri in iris if iri.startswith((_TERMS, part)) and iri[-1] != "/"}
                served = {self._base + _served(iri.removeprefix(IRI_BASE)) for iri in terms}
                return served | {iri for iri in iris if iri.startswith(self._base)}
            case _:
                return set(links_in(body, kind))

    def _answer(self, path: str) -> Response:
        environ = create_environ(f"/{asked_of(path)}", self._base, headers=Headers(_ACCEPT))
        environ |= {EDITION: self.task.edition, DUMPED: self.files}
        body, status, headers = run_wsgi_app(self.app, environ)
        return Response(body, status, headers)

    def _name(self, links: Iterable[str], page: str, told: Told) -> set[str]:
        """Take note of what the page at an address names; returns what of ours leads to a file."""
        ours: set[str] = set()
        for link in links:
            whole = link.startswith(("/", "http"))
            path = _path_below(self._base, link, self._base if whole else page)
            if path is None:
                continue
            if (first := path.partition("/")[0]) in LIVE:
                told.live.add(first)
            elif is_plain(path):
                ours.add(path)
        told.links |= ours
        return ours

    def _write_again(self, path: str, page: str, told: Told) -> None:
        """Give the page at an address also the name that says that it is one."""
        like = self.task.new / file_of(path, PAGE)
        write(self.task.new / page, [like.read_bytes()], [like])
        told.asked.add(page)
        told.written.add(page)

    def _write(self, file: PurePosixPath, blocks: Iterable[bytes]) -> None:
        known = [self.task.earlier / file]
        match file.parts:
            case ["download", which, *rest] if which in (names := {LATEST, str(self.files.number)}):
                (other,) = names - {which}
                known.append(self.task.new.joinpath("download", other, *rest))
        write(self.task.new / file, blocks, known)


def _served(path: str) -> str:
    return f"doc/{path[3:]}" if path.startswith("id/") else path


@lru_cache(maxsize=1 << 14)
def _path_below(base: str, link: str, page: str) -> str | None:
    """Return where a link on the page at an address leads, below `base`; None if elsewhere."""
    plain = urlsplit(urljoin(page, link))._replace(query="", fragment="").geturl()
    return unquote(plain.removeprefix(base)) if plain.startswith(base) else None
