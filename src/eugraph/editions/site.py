"""A site and its editions, read: which there are, which is served, what is in them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from eugraph.errors import SiteError
from eugraph.identity.register import Register, read_register
from eugraph.reconciliation.candidate import FILE, Candidate, read_candidates
from eugraph.store import Statistics
from eugraph.vocabulary import IRI_BASE

GRAPH_BASE: Final = IRI_BASE + "id/graph/"
"""Named graphs are `GRAPH_BASE` and a name: a release's id, or `reference`."""

_NUMBER: Final = re.compile("[0-9]{4,}")
"""What the folder of an edition is called."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How an edition came about.

    `created` is an ISO 8601 time with its zone, never before that of the
    edition before. `program` names what made it with its version, `versions`
    those of the program and of the files it works by. `inputs` maps each input
    file to the SHA-256 of its bytes, `left_out` those that could not be read
    to the reason; `counts` says how many there are of what. `copy_of` is the
    number of the edition that was gone back to, if this one is the same again.
    `to_try_again` tells that a service that was asked did not answer.
    """

    number: int
    created: str
    program: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    copy_of: int | None = None
    to_try_again: bool = False


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
    def whole(self) -> bool:
        """Whether all of it is kept, and not the files for download and the history alone."""
        return self.store.exists() and (self.folder / "graphs").exists()

    @property
    def graphs(self) -> Mapping[str, str]:
        """Its named graphs, read anew: graph IRI → sorted N-Triples."""
        return {iri: self.graph(iri) for iri in self.graph_names}

    @property
    def graph_names(self) -> tuple[str, ...]:
        """The IRIs of its named graphs, in their order."""
        try:
            names = sorted(os.listdir(self.folder / "graphs"))  # noqa: PTH208  # of every release
        except FileNotFoundError:
            return ()
        return tuple(GRAPH_BASE + name[:-3] for name in names if name.endswith(".nt"))

    def graph(self, iri: str) -> str:
        """Return one of its named graphs as sorted N-Triples, empty if there is none."""
        path = self.folder / "graphs" / f"{iri.removeprefix(GRAPH_BASE)}.nt"
        return _read(path) if path.exists() else ""

    def shares(self, iri: str, other: Edition) -> bool:
        """Tell whether one of its named graphs is the same file as that of another edition."""
        name = f"{iri.removeprefix(GRAPH_BASE)}.nt"
        files = [each.folder / "graphs" / name for each in (self, other)]
        return all(map(Path.exists, files)) and files[0].samefile(files[1])

    def text(self, release: str) -> str:
        """Return the stored text of a release, line ends untouched."""
        return _read(self.folder / "texts" / f"{release}.txt")

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
    def findings(self) -> Mapping[str, int]:
        """How many findings of each severity the gate's report has."""
        counts: Mapping[str, int] = json.loads(_read(self.folder / "report.json"))["counts"]
        return counts

    @property
    def register(self) -> Register:
        """The keys that were given to things up to this edition; empty if it kept none.

        Raises DataError if the file is damaged.
        """
        written = self.written_register
        return read_register(written) if written else Register()

    @property
    def written_register(self) -> str:
        """The register as it is written, empty if it kept none."""
        path = self.folder / "register.json"
        return _read(path) if path.exists() else ""

    @property
    def changes(self) -> Path:
        """The file of what it created, updated and deleted, which `eugraph.changes` reads."""
        return self.folder / "changes.db"

    @property
    def search(self) -> Path:
        """The file of its lists, names and sentences, which `eugraph.search` reads."""
        return self.folder / "search.db"

    @property
    def manifest(self) -> Manifest:
        """How it came about."""
        return Manifest(**json.loads(_read(self.folder / "manifest.json")))


def last_register(site: Path) -> Register:
    """Return the register of the newest edition of `site` that was built, empty if there is none.

    Not of one that an older was copied to: what a rolled-back edition called a
    thing was read by others, and must not come to name another.
    """
    built = (each for each in reversed(editions(site)) if each.manifest.copy_of is None)
    return next((each.register for each in built), Register())


def candidates(site: Path) -> tuple[Candidate, ...]:
    """Return what services proposed to link things of `site` to; raises DataError if damaged."""
    path = site / FILE
    return read_candidates(_read(path)) if path.exists() else ()


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
    folder = site / "editions" / name
    if not _is_edition(folder):
        raise SiteError(
            f"{site / 'current'} leads to {name!r}, which is no edition; remove that link, and "
            f"`eugraph build --site {site}` sets it anew."
        )
    return Edition(int(name), folder)


def editions(site: Path) -> tuple[Edition, ...]:
    """Return the editions of `site`, oldest first; whatever else lies there is passed over."""
    folders = sorted(filter(_is_edition, (site / "editions").glob("[0-9]*")))
    return tuple(Edition(int(folder.name), folder) for folder in folders)


def _is_edition(folder: Path) -> bool:
    return bool(_NUMBER.fullmatch(folder.name)) and folder.is_dir()


def dumped(site: Path, newest: Edition | None = None) -> Edition:
    """Return the newest edition, up to `newest` (the current one), whose dumps are written.

    The dumps of an edition may follow its publication; until they are there
    `latest` names the edition that this one is. Raises SiteError if there is
    none.
    """
    newest = newest or current(site)
    for edition in reversed(editions(site)):
        if edition.number <= newest.number and edition.dumps.exists():
            return edition
    raise SiteError(f"No edition of {site} has its dumps yet; come again when the build is done.")


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
