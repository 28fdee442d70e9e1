"""Which files are releases: those named, and those in the folders named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eugraph.errors import ReleaseError
from eugraph.releases.file_name import MEDIA_TYPES, release_id, sidecar_of
from eugraph.releases.unread import not_read, passed_over


@dataclass(frozen=True, slots=True)
class Found:
    """The files that are releases, no two of one id, and what was left out, with the reason.

    `passed_over` are files of other kinds, and folders within folders, that may
    be meant as releases: on these nothing depends, but somebody may wait for them.
    """

    releases: tuple[Path, ...]
    left_out: tuple[ReleaseError, ...] = ()
    passed_over: tuple[ReleaseError, ...] = ()


def find_releases(paths: Iterable[Path]) -> Found:
    """Return the files at `paths` and, sorted, the releases directly in the folders among them.

    Hidden files, READMEs, metadata and files of other kinds in a folder are
    passed over; what of them may be meant as a release is told. What has the
    name of a release and is none (a folder, a pipe, a link to nowhere) is
    returned, so that whoever reads it tells of it. A file named twice is
    returned once.

    Left out are links in a folder that lead out of it, for who can write into
    the folder need not be who may read the whole machine; and of files that
    would get the same id all but the first, and those whose names give none.

    Raises `ReleaseError` for a path that does not exist or a file of another
    kind named outright.
    """
    paths = tuple(paths)
    found: dict[str, Path] = {}
    left_out: list[ReleaseError] = []
    others: dict[str, ReleaseError] = {}
    for path in paths:
        if not path.is_dir():
            found.setdefault(os.path.realpath(path), _named(path))  # resolve() raises at a loop
            continue
        inside = os.path.realpath(path)
        entries = _entries(path)
        others |= {each.name: each for each in passed_over(_others(path, entries))}
        for file in _releases(path, entries):
            if out := _leads_out(file, Path(inside), entries):
                left_out.append(ReleaseError(str(out), _OUT))
            elif entries[file.name]:
                found.setdefault(os.path.realpath(file), file)
            else:
                found.setdefault(f"{inside}{os.sep}{file.name}", file)
    by_id: dict[str, Path] = {}
    for file in found.values():
        try:
            first = by_id.setdefault(release_id(file), file)
        except ReleaseError as error:
            left_out.append(error)
            continue
        if first is not file:
            left_out.append(ReleaseError(str(file), _TWIN.format(first)))
    named = {os.path.realpath(path) for path in paths}
    unread = [each for name, each in others.items() if os.path.realpath(name) not in named]
    return Found(tuple(by_id.values()), tuple(left_out), tuple(unread))


_BESIDE = ".toml"
"""What lies beside releases, and is never one."""

_OUT = "is a link that leads out of its folder, and is not read; put the file itself there"
_TWIN = "has the same name as {} but for its ending or signs, and is left out; rename one"


def _entries(folder: Path) -> Mapping[str, bool]:
    """Return the names of what is in a folder, and of each whether it is a link."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name: entry.is_symlink() for entry in entries}
    except OSError as error:
        raise ReleaseError(str(folder), f"cannot be read: {error.strerror}") from error


def _leads_out(file: Path, inside: Path, entries: Mapping[str, bool]) -> Path | None:
    """Return the file, or the metadata beside it, if that is a link to what is not `inside`."""
    for each in (file, sidecar_of(file)) if any(entries.values()) else ():
        if entries.get(each.name):
            target = Path(os.path.realpath(each))
            if target.exists() and not target.is_relative_to(inside):
                return each
    return None


def _named(path: Path) -> Path:
    """Return a file that is named outright, if there is one and its kind is read."""
    if not path.exists():
        raise ReleaseError(str(path), "there is no such file or folder; check the path")
    if path.suffix.lower() not in MEDIA_TYPES:
        raise not_read(path)
    return path


def _releases(folder: Path, entries: Iterable[str]) -> Iterator[Path]:
    yield from (folder / name for name in sorted(filter(_is_release, entries)))


def _others(folder: Path, entries: Iterable[str]) -> Iterator[Path]:
    """Yield what is in a folder and does not have the name of a release."""
    paths = (folder / name for name in entries if not name.endswith(_BESIDE))
    yield from (path for path in paths if path.suffix.lower() not in MEDIA_TYPES)


def _is_release(name: str) -> bool:
    stem, ending = os.path.splitext(name.lower())  # noqa: PTH122  # asked of every file
    return ending in MEDIA_TYPES and not name.startswith((".", "~")) and stem != "readme"
