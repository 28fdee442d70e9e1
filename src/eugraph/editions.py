"""Editions: what is published, built aside, switched in whole, never altered.

A site is a folder::

    SITE/current            a link to the edition that is served
    SITE/editions/0001/     an edition: immutable once `current` has named it
        graphs/*.nt         each named graph as sorted N-Triples
        texts/*.txt         the stored text of each release
        store/              the store of these graphs
        dumps/              the files for download
        report.ttl, report.json   what the gate found
        statistics.json     how many of what it tells
        changes.db          what it created, updated and deleted (`eugraph.changes`)
        register.json       the keys that were ever given to things, and to what
        manifest.json       when, by what, and from what it was made
    SITE/editions/.draft/   the edition that is being built
    SITE/candidates.json    what services proposed to link; the next build publishes it
    SITE/.lock              held by the one build at a time

Nothing is ever written into a folder that `current` names, and the link
changes by one `rename`, so a reader sees the old edition or the new one and
never a mixture; a crash at any moment leaves the old one. The next build
clears what a crashed one left.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Protocol

from eugraph.errors import GateError, SiteError
from eugraph.identity.register import Register, read_register, write_register
from eugraph.reconciliation.candidate import (
    FILE,
    Candidate,
    read_candidates,
    write_candidates,
)
from eugraph.store import Statistics, Store, count
from eugraph.vocabulary import IRI_BASE

GRAPH_BASE: Final = IRI_BASE + "id/graph/"
"""Named graphs are `GRAPH_BASE` and a name: a release's id, or `reference`."""

_DRAFT: Final = ".draft"


@dataclass(frozen=True, slots=True)
class Manifest:
    """How an edition came about.

    `created` is an ISO 8601 time with its zone, `program` names what made it
    with its version, `inputs` maps each input file to the SHA-256 of its
    bytes, `counts` says how many there are of what.
    """

    number: int
    created: str
    program: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition, or the draft of one: a number and its folder."""

    number: int
    folder: Path

    @property
    def store(self) -> Path:
        """The folder of its store."""
        return self.folder / "store"

    @property
    def dumps(self) -> Path:
        """The folder of its dumps."""
        return self.folder / "dumps"

    @property
    def graphs(self) -> Mapping[str, str]:
        """Its named graphs, read anew: graph IRI → sorted N-Triples."""
        files = sorted((self.folder / "graphs").glob("*.nt"))
        return {GRAPH_BASE + file.stem: _read(file) for file in files}

    @property
    def texts(self) -> Mapping[str, str]:
        """The stored text of each release, read anew: release id → text, line ends untouched."""
        files = sorted((self.folder / "texts").glob("*.txt"))
        return {file.stem: _read(file) for file in files}

    @property
    def statistics(self) -> Statistics:
        """How many of what it tells."""
        return Statistics(**json.loads(_read(self.folder / "statistics.json")))

    @property
    def register(self) -> Register:
        """The keys that were given to things up to this edition; empty if it kept none.

        Raises DataError if the file is damaged.
        """
        path = self.folder / "register.json"
        return read_register(_read(path)) if path.exists() else Register()

    @property
    def changes(self) -> Path:
        """The file of what it created, updated and deleted, which `eugraph.changes` reads."""
        return self.folder / "changes.db"

    @property
    def manifest(self) -> Manifest:
        """How it came about."""
        return Manifest(**json.loads(_read(self.folder / "manifest.json")))


class Verdict(Protocol):
    """What the gate found; `publish` asks only whether to let the edition out."""

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        ...


@contextmanager
def new_draft(site: Path) -> Iterator[Edition]:
    """Begin a new edition of `site`: an empty folder, and the lock that keeps other builds away.

    When the context ends, what was not published is gone. Raises SiteError if
    another build is running or the folder cannot be written.
    """
    editions = site / "editions"
    try:
        editions.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SiteError(
            f"{site} cannot be written ({error.strerror}); choose another folder with --site."
        ) from error
    with _lock(site):
        folder = editions / _DRAFT
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield Edition(_last_number(site) + 1, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def fill(draft: Edition, graphs: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Write the named graphs (graph IRI → sorted N-Triples), the texts and the store of `draft`.

    Raises ValueError for a graph the store does not take, or a name that is
    none: `GRAPH_BASE` and lower-case letters, digits and hyphens.
    """
    for iri, text in graphs.items():
        _write(draft.folder / "graphs" / f"{_name(iri.removeprefix(GRAPH_BASE))}.nt", text)
    for release, text in texts.items():
        _write(draft.folder / "texts" / f"{_name(release)}.txt", text)
    statistics = count(Store.create(draft.store, graphs))
    _write(draft.folder / "statistics.json", json.dumps(asdict(statistics), indent=1) + "\n")


def keep_register(draft: Edition, register: Register) -> None:
    """Write down the keys that were given to things up to `draft`."""
    _write(draft.folder / "register.json", write_register(register))


def last_register(site: Path) -> Register:
    """Return the register of the newest edition of `site`, empty if there is none.

    Of the newest, not of the current one: what a rolled-back edition called a
    thing was read by others, and must not come to name another.
    """
    return editions(site)[-1].register if editions(site) else Register()


def candidates(site: Path) -> tuple[Candidate, ...]:
    """Return what services proposed to link things of `site` to; raises DataError if damaged."""
    path = site / FILE
    return read_candidates(_read(path)) if path.exists() else ()


def keep_candidates(site: Path, proposed: Iterable[Candidate]) -> None:
    """Write down what services proposed, in place of what was written down before."""
    with _lock(site):
        _write(site / f"{FILE}.new", write_candidates(proposed))
        (site / f"{FILE}.new").rename(site / FILE)


def publish(draft: Edition, verdict: Verdict, manifest: Manifest) -> Edition:
    """Make `draft` the current edition of its site, for good and in one step.

    Everything is on disk before the link changes. Raises GateError, and
    changes nothing, unless the verdict conforms.
    """
    if not verdict.conforms:
        raise GateError("The gate refused this edition; what was published before stays.")
    _write(draft.folder / "manifest.json", json.dumps(asdict(manifest), indent=1) + "\n")
    site = draft.folder.parents[1]
    edition = Edition(draft.number, draft.folder.with_name(f"{draft.number:04d}"))
    _sync_tree(draft.folder)
    draft.folder.rename(edition.folder)
    _sync(edition.folder.parent)
    switch(site, edition)
    return edition


def switch(site: Path, edition: Edition) -> None:
    """Let `edition` be the one that `site` serves."""
    link = site / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(edition.folder.relative_to(site))
    link.rename(site / "current")
    _sync(site)


def current(site: Path) -> Edition:
    """Return the edition that `site` serves.

    Raises SiteError, saying what to do, if there is none.
    """
    try:
        name = (site / "current").readlink().name
    except OSError:
        raise SiteError(
            f"{site} has no published edition; `eugraph build --site {site}` makes one."
        ) from None
    return Edition(int(name), site / "editions" / name)


def editions(site: Path) -> tuple[Edition, ...]:
    """Return the editions of `site`, oldest first."""
    folders = sorted((site / "editions").glob("[0-9]*"))
    return tuple(Edition(int(folder.name), folder) for folder in folders)


def dumped(site: Path) -> Edition:
    """Return the newest edition, up to the current one, whose dumps are written.

    The dumps of an edition may follow its publication; until they are there
    `latest` names the edition that this one is. Raises SiteError if there is
    none.
    """
    newest = current(site).number
    for edition in reversed(editions(site)):
        if edition.number <= newest and edition.dumps.exists():
            return edition
    raise SiteError(f"No edition of {site} has its dumps yet; come again when the build is done.")


@contextmanager
def _lock(site: Path) -> Iterator[None]:
    """Hold the site's lock; the system lets go of it however the process ends."""
    try:
        file = (site / ".lock").open("w")
    except OSError as error:
        raise SiteError(
            f"{site} cannot be written ({error.strerror}); choose another folder with --site."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SiteError(f"Another build of {site} is running; wait until it is done.") from None
        yield


def _last_number(site: Path) -> int:
    return max((edition.number for edition in editions(site)), default=0)


def _name(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise ValueError(f"{name!r} names no graph or release: [a-z0-9-] only.")
    return name


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _sync_tree(folder: Path) -> None:
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent) / name)
        _sync(Path(parent))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
