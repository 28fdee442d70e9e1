"""What waits for the disk and not for the processor goes on beside the rest of a build.

The files that an edition has from the one before, but for a few pages, are
copied while releases are read, and brought to the disk while the gate looks.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from eugraph.editions.site import Edition
from eugraph.store import Store

_AT_ONCE: Final = 8
"""So many files are brought to the disk at once: the system writes its journal once for all."""


class Beside:
    """Threads at work on the files of a draft."""

    def __init__(self, pool: ThreadPoolExecutor, draft: Path) -> None:
        """Let `pool` work on the files in the folder `draft`."""
        self._pool, self._draft = pool, draft
        self._copies: Mapping[str, Future[None]] = {}
        self._stores: Future[tuple[Store, Store]] | None = None

    def begin(self, base: Edition, *, made_of_it: bool) -> None:
        """Begin to copy the history of `base`, and its store and index if a draft is made of it."""
        if made_of_it:
            self._stores = self._pool.submit(_copied, base, self._draft)
        paths = (base.changes, base.search) if made_of_it else (base.changes,)
        files = {path.name: path for path in paths}
        self._copies = {
            name: self._pool.submit(_copy, path, self._draft / name)
            for name, path in files.items()
            if path.exists()
        }

    def stores(self, base: Edition) -> tuple[Store, Store]:
        """Return the store of `base`, and its copy that the draft is to have; once for each begun.

        Raises OSError if it could not be copied, SiteError if there is none.
        """
        begun, self._stores = self._stores, None
        return begun.result() if begun else _copied(base, self._draft)

    def let_go(self) -> None:
        """Close what nobody asked for."""
        self._stores = None

    def copied(self, name: str) -> None:
        """Wait until a file is copied, if that was begun; raises OSError if it could not be."""
        if name in self._copies:
            self._copies[name].result()

    def meanwhile(self, work: Callable[[], object]) -> Future[object]:
        """Begin `work`, which is done, or has failed, when its future tells so."""
        return self._pool.submit(work)

    def sync(self, folder: Path) -> None:
        """Begin to bring the files in a folder to the disk; `sync_tree` makes sure of it."""
        for path in folder.iterdir():
            self._pool.submit(sync, path)


@contextmanager
def work_beside(draft: Edition) -> Iterator[Beside]:
    """Have files worked on for as long as the context lasts."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="disk") as pool:
        files = Beside(pool, draft.folder)
        try:
            yield files
        finally:
            files.let_go()


def _copied(base: Edition, draft: Path) -> tuple[Store, Store]:
    before = Store.read_only(base.store)
    return before, before.copy(draft / "store")


def _copy(path: Path, new: Path) -> None:
    shutil.copyfile(path, new)
    sync(new)


def sync_tree(folder: Path) -> None:
    """Bring a folder to the disk; what another edition shares is there already."""
    folders: list[str] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        tuple(pool.map(sync, _own_files(str(folder), folders)))
        tuple(pool.map(sync, folders))


def _own_files(folder: str, folders: list[str]) -> Iterator[str]:
    """Yield the files below a folder that no other edition has, and take note of all folders."""
    folders.append(folder)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _own_files(entry.path, folders)
            elif entry.stat(follow_symlinks=False).st_nlink == 1:
                yield entry.path


def sync(path: Path | str) -> None:
    """Bring a file or the entries of a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
