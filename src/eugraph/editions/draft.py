"""Making editions: built aside, filled, published in one step.

Nothing is ever written into a folder that `current` names, but for the dumps,
which come into it whole by one `rename`; the link changes by one `rename`, so
a reader sees the old edition or the new one and never a mixture; a crash at
any moment leaves the old one. The next draft clears what a crash left.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Final, Protocol

from eugraph.editions.beside import sync, sync_tree
from eugraph.editions.site import GRAPH_BASE, Edition, Manifest, current, editions
from eugraph.errors import GateError, SiteError
from eugraph.identity.register import Register, write_register
from eugraph.reconciliation.candidate import FILE, Candidate, write_candidates
from eugraph.store import Delta, Statistics, Store, count, recount

_DRAFT: Final = ".draft"
_DUMPS: Final = ".dumps"
_PATIENCE: Final = 1.0
_PAUSE: Final = 0.02
"""For so many seconds, and so often, the lock of a site is tried."""

_OF_EVERY_BUILD: Final = frozenset({"editions", ".lock"})


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
    with locked(site):
        folder = site / "editions" / _DRAFT
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield Edition(_last_number(site) + 1, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(site: Path) -> Iterator[None]:
    """Keep other builds of `site` away, and clear what one that crashed has left.

    Raises SiteError if another build is running or the folder cannot be written.
    """
    there = site.exists()
    try:
        (site / "editions").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SiteError(
            f"{site} cannot be written ({error.strerror}); choose another folder with --site."
        ) from error
    with _lock(site):
        try:
            _clear(site)
            yield
        finally:
            if not there:
                _remove_empty(site)


def _remove_empty(site: Path) -> None:
    """Remove the folder of a site in which nothing came to be."""
    others = {path.name for path in site.iterdir()} - _OF_EVERY_BUILD
    if not others and not any((site / "editions").iterdir()):
        shutil.rmtree(site, ignore_errors=True)


def fill(draft: Edition, graphs: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Write the named graphs (graph IRI → sorted N-Triples), the texts and the store of `draft`.

    Raises ValueError for a graph the store does not take, or a name that is
    none: `GRAPH_BASE` and lower-case letters, digits and hyphens.
    """
    _write_parts(draft, graphs, texts)
    _write_statistics(draft, count(Store.create(draft.store, graphs)))


def derive(  # noqa: PLR0913, PLR0917  # each is something else to go by
    draft: Edition,
    base: Edition,
    graphs: Mapping[str, str],
    texts: Mapping[str, str],
    gone: Collection[str],
    stores: tuple[Store, Store],
) -> Delta:
    """Make `draft` of a finished edition and of what differs from it.

    `graphs` and `texts` are those that are new or changed, `gone` the releases
    that are left out; everything else is the same file as in `base`. `stores`
    are that of `base` and its copy in `draft` (`Store.copy`). Returns what the
    edition as a whole tells otherwise than `base`. Raises ValueError as `fill` does.
    """
    left = {GRAPH_BASE + name for name in gone}
    old = {iri: base.graph(iri) for iri in {*graphs, *left}}
    _write_parts(draft, graphs, texts)
    for folder in ("graphs", "texts"):
        _link_others(base.folder / folder, draft.folder / folder, gone)
    before, store = stores
    delta = store.change(old, graphs)
    _write_statistics(draft, recount(base.statistics, before, store, delta))
    return delta


def _link_others(old: Path, new: Path, gone: Collection[str]) -> None:
    """Let a new folder have the files of an old one, but those it has already, and those gone."""
    gone = {name + ending for name in gone for ending in (".nt", ".txt")}
    with os.scandir(new) as here, os.scandir(old) as entries:
        there = {entry.name for entry in here}
        for entry in entries:
            if entry.name not in there and entry.name not in gone:
                link_file(entry.path, f"{new}{os.sep}{entry.name}")


def empty(draft: Edition) -> None:
    """Take away all that was written into `draft`, to begin anew."""
    shutil.rmtree(draft.folder)
    draft.folder.mkdir()


def inherit(draft: Edition, base: Edition, *names: str) -> None:
    """Let `draft` have files of `base` that are as they were."""
    for name in names:
        link_file(base.folder / name, draft.folder / name)


def keep_register(draft: Edition, register: Register | str) -> None:
    """Write down the keys that were given to things up to `draft`, or what is written of them."""
    written = register if isinstance(register, str) else write_register(register)
    _write(draft.folder / "register.json", written)


def keep_candidates(site: Path, proposed: Iterable[Candidate]) -> None:
    """Write down what services proposed, in place of what was written down before."""
    with _lock(site):
        _write(site / f"{FILE}.new", write_candidates(proposed))
        (site / f"{FILE}.new").rename(site / FILE)


def now(site: Path) -> str:
    """Return the time for a new edition of `site`: ISO 8601 in UTC, to the second.

    It is later than that of the edition before, by a second at least, even
    where both are made within one or the clock went back: who harvests what
    came since a time misses nothing.
    """
    before, time = editions(site), datetime.now(UTC)
    if before:
        last = datetime.fromisoformat(before[-1].manifest.created)
        time = max(time, last + timedelta(seconds=1))
    return time.isoformat(timespec="seconds")


def publish(draft: Edition, verdict: Verdict, manifest: Manifest) -> Edition:
    """Make `draft` the current edition of its site, for good and in one step.

    Everything is on disk before the link changes. Raises GateError, and
    changes nothing, unless the verdict conforms.
    """
    if not verdict.conforms:
        raise GateError("The gate refused this edition; what was published before stays.")
    entries = {each.name: getattr(manifest, each.name) for each in fields(manifest)}
    _write(draft.folder / "manifest.json", json.dumps(entries, indent=1) + "\n")
    site = draft.folder.parents[1]
    edition = Edition(draft.number, draft.folder.with_name(f"{draft.number:04d}"))
    sync_tree(draft.folder)
    draft.folder.rename(edition.folder)
    sync(edition.folder.parent)
    switch(site, edition)
    return edition


@contextmanager
def new_dumps(edition: Edition) -> Iterator[Path]:
    """Begin the dumps of the edition that is served: an empty folder, which is theirs at the end.

    The link to it is made anew then, so that who keeps answers as long as it
    is the same asks again. If the context ends by an error, there are none.
    """
    folder = edition.folder / _DUMPS
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    yield folder
    sync_tree(folder)
    folder.rename(edition.dumps)
    sync(edition.folder)
    switch(edition.folder.parents[1], edition)


def switch(site: Path, edition: Edition) -> None:
    """Let `edition` be the one that `site` serves."""
    link = site / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(edition.folder.relative_to(site))
    link.rename(site / "current")
    sync(site)


def link_file(path: Path | str, new: Path | str) -> None:
    """Let a file that never changes have a second name, or a copy where there are no such links."""
    try:
        os.link(path, new)
    except OSError:
        shutil.copyfile(path, new)


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
        if not _taken(file):
            raise SiteError(f"Another build of {site} is running; wait until it is done.")
        yield


def _taken(file: IO[str]) -> bool:
    """Lock a file; tell whether that was possible soon.

    Of a build that was killed, the processes that shared its work may need a moment to end.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(_PAUSE)
        else:
            return True


def _clear(site: Path) -> None:
    """Remove an edition that was made, but never served: the build ended between the two."""
    try:
        served = current(site)
    except SiteError:
        return
    for edition in editions(site):
        if edition.number > served.number:
            shutil.rmtree(edition.folder)


def _write_parts(draft: Edition, graphs: Mapping[str, str], texts: Mapping[str, str]) -> None:
    for folder in ("graphs", "texts"):
        (draft.folder / folder).mkdir(exist_ok=True)
    for iri, text in graphs.items():
        _write(draft.folder / "graphs" / f"{_name(iri.removeprefix(GRAPH_BASE))}.nt", text)
    for release, text in texts.items():
        _write(draft.folder / "texts" / f"{_name(release)}.txt", text)


def _write_statistics(draft: Edition, statistics: Statistics) -> None:
    _write(draft.folder / "statistics.json", json.dumps(asdict(statistics), indent=1) + "\n")


def _last_number(site: Path) -> int:
    return max((edition.number for edition in editions(site)), default=0)


def _name(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise ValueError(f"{name!r} names no graph or release: [a-z0-9-] only.")
    return name


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
