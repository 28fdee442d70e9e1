"""Going back to an older edition, and letting go of what old ones no longer need.

Going back makes a new edition that is the same as the old one: its files under
a second name, at once. So history only grows, a harvester sees the change back
as it sees any change, and going back can itself be undone.

Old editions keep their files for download, their manifest, report and history
for good; their store, graphs and texts go when enough newer editions are
whole. Such an edition cannot be gone back to.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from eugraph.editions.draft import keep_register, link_file, new_draft, now, publish
from eugraph.editions.site import Edition, current, editions, last_register
from eugraph.errors import SiteError
from eugraph.identity.register import Entry, Register

_OWN: Final = frozenset({"manifest.json", "register.json", "changes.db"})
"""What a copy of an edition has for itself."""

_BULK: Final = ("store", "graphs", "texts", "search.db", "workings.jsonl")
"""What an old edition lets go of."""


Recorder = Callable[[Edition, Edition, str], None]
"""Writes what a draft changes, given the edition before it and the time of its making."""


class _Conforming:
    """The verdict on what was published before."""

    conforms = True


def find_edition(site: Path, number: int) -> Edition:
    """Return an edition of `site`; raises SiteError, naming those there are, if there is none."""
    known = {edition.number: edition for edition in editions(site)}
    if number not in known:
        numbers = ", ".join(map(str, known)) or "none"
        raise SiteError(f"{site} has no edition {number}; there are: {numbers}.")
    return known[number]


def roll_back(site: Path, number: int | None, record: Recorder) -> Edition:
    """Publish an older edition of `site` again, by default the one before what is served.

    `record` writes what that changes. Raises SiteError if there is no such
    edition, if it is not whole any more, or if a build is running.
    """
    with new_draft(site) as draft:
        old = _wanted(site, number)
        for path in _files(old.folder):
            new = draft.folder / path.relative_to(old.folder)
            new.parent.mkdir(parents=True, exist_ok=True)
            link_file(path, new)
        keep_register(draft, _register(old, site))
        created = now(site)
        record(draft, editions(site)[-1], created)
        origin = old.manifest.copy_of or old.number
        manifest = replace(old.manifest, number=draft.number, created=created, copy_of=origin)
        return publish(draft, _Conforming(), manifest)


def let_go(site: Path, keep: int) -> None:
    """Let the editions of `site` go that are older than the `keep` newest, but for their files."""
    for edition in editions(site)[:-keep]:
        for name in _BULK:
            path = edition.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _wanted(site: Path, number: int | None) -> Edition:
    if number is None:
        served = current(site)
        origin = served.manifest.copy_of or served.number
        older = [e for e in editions(site) if e.number < origin and e.manifest.copy_of is None]
        if not older:
            raise SiteError(f"{site} has no edition before the one that is served.")
        number = older[-1].number
    edition = find_edition(site, number)
    if not edition.whole:
        raise SiteError(
            f"Edition {number} keeps only its files for download; `eugraph editions` tells "
            "which are whole."
        )
    return edition


def _register(old: Edition, site: Path) -> Register:
    """Return the register of an old edition, and the keys that were given since."""
    known = old.register
    since = (e for e in last_register(site).entries if e.path not in known.paths)
    return known.with_entries(Entry(entry.kind, entry.path) for entry in since)


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent) / name
            if path.relative_to(folder).as_posix() not in _OWN:
                yield path
