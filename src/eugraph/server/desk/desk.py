"""What the desk works on: the releases, the folder of corrections, the site, and one build."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from eugraph.errors import ReleaseError, SiteError
from eugraph.releases.file_name import release_id
from eugraph.releases.find import Found, find_releases
from eugraph.server.desk.builder import Builder

_SECONDS: Final = 300
_REFUSED: Final = 3

Record = Mapping[str, Any]
"""What `eugraph facts --json` says of a release."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one site; `token` opens it.

    `releases` are files and folders as the person named them, `overrides` is
    the folder that corrections are written to. `announce` gets the link that opens
    the desk, once it can be opened.
    """

    releases: tuple[Path, ...]
    overrides: Path
    token: str = field(repr=False)
    builder: Builder
    announce: Callable[[str], None]

    def link(self, port: int, prefix: str) -> str:
        """Return the address that opens the desk, where this machine's `port` is listened on."""
        return f"http://127.0.0.1:{port}{prefix}desk?token={self.token}"

    def files(self) -> Mapping[str, Path]:
        """Return the files of the releases by id; raises ReleaseError if one is missing."""
        return by_id(find_releases(self.releases))

    def found(self) -> Found:
        """Return the files of the releases, and what is no release; raises as `files` does."""
        return find_releases(self.releases)

    def read(self, path: Path) -> Record:
        """Return what is read in a release, as corrected by now; raises ReleaseError."""
        corrections = sorted(self.overrides.glob("*.toml"))
        beside = [path, path.with_suffix(".toml"), *corrections]
        state = tuple(
            (file.name, file.stat().st_mtime_ns, file.stat().st_size)
            for file in beside
            if file.exists()
        )
        return _read(path, self.overrides if self.overrides.is_dir() else None, state)


def by_id(found: Found) -> Mapping[str, Path]:
    """Return the files of releases by id."""
    return {release_id(path): path for path in found.releases}


def open_desk(
    releases: Sequence[Path],
    site: Path,
    overrides: Path,
    announce: Callable[[str], None],
    options: Sequence[str] = (),
) -> Desk:
    """Return a desk with a new token; `options` go to every build."""
    command = ["build", *map(str, releases), "--site", str(site), *options]
    token = secrets.token_urlsafe(32)
    return Desk(tuple(releases), overrides, token, Builder(command, overrides), announce)


def go_back(site: Path, number: int) -> None:
    """Publish an older edition of `site` again, as a new one; raises SiteError with the reason."""
    command = [sys.executable, "-m", "eugraph", "rollback", str(number), "--site", str(site)]
    done = subprocess.run(  # noqa: S603  # our own program
        command, capture_output=True, text=True, check=False, timeout=_SECONDS
    )
    if done.returncode:
        raise SiteError(done.stderr.strip().removeprefix("eugraph: "))


@lru_cache(maxsize=64)
def _read(path: Path, overrides: Path | None, state: object) -> Record:
    """Return what is read in a release; `state` is that of the files, so that a change is read."""
    del state
    return read_corrected(path, overrides)


def read_corrected(path: Path, overrides: Path | None) -> Record:
    """Read a release in a process of its own, as the folder `overrides` corrects it.

    Raises ReleaseError if it cannot be read.
    """
    command = [sys.executable, "-m", "eugraph", "facts", str(path), "--json"]
    command += ["--overrides", str(overrides)] if overrides else []
    done = subprocess.run(  # noqa: S603  # our own program
        command, capture_output=True, text=True, check=False, timeout=_SECONDS
    )
    if done.returncode not in {0, _REFUSED}:
        raise ReleaseError(path.name, done.stderr.strip().removeprefix("eugraph: "))
    record: Record = json.loads(done.stdout)
    return record
