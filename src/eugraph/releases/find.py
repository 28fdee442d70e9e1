"""Which files are releases: those named, and those in the folders named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from eugraph.errors import ReleaseError
from eugraph.releases.read import MEDIA_TYPES, release_id


def find_releases(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files at `paths` and, sorted, the releases directly in the folders among them.

    Hidden files, READMEs, metadata and files of other kinds in a folder are
    passed over. What has the name of a release and is none (a folder, a pipe, a
    link to nowhere) is returned, so that whoever reads it tells of it. A file
    named twice is returned once.

    Raises `ReleaseError` for a path that does not exist or a file of another
    kind named outright, and for two files that would get the same id.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _releases_at(path):
            found.setdefault(os.path.realpath(file), file)  # resolve() raises at a loop of links
    _refuse_same_ids(found.values())
    return tuple(found.values())


def _releases_at(path: Path) -> Iterator[Path]:
    if path.is_dir():
        try:
            yield from sorted(filter(_is_release, path.iterdir()))
        except OSError as error:
            raise ReleaseError(str(path), f"cannot be read: {error.strerror}") from error
    elif not path.exists():
        raise ReleaseError(str(path), "there is no such file or folder; check the path")
    elif path.suffix.lower() not in MEDIA_TYPES:
        endings = ", ".join(MEDIA_TYPES)
        raise ReleaseError(str(path), f"is of a kind that is not read; releases are {endings}")
    else:
        yield path


def _is_release(path: Path) -> bool:
    return (
        path.suffix.lower() in MEDIA_TYPES
        and not path.name.startswith((".", "~"))
        and path.stem.lower() != "readme"
    )


def _refuse_same_ids(paths: Iterable[Path]) -> None:
    by_id: dict[str, Path] = {}
    for path in paths:
        other = by_id.setdefault(release_id(path), path)
        if other is not path:
            reason = f"has the same name as {other} but for its ending or signs; rename one"
            raise ReleaseError(str(path), reason)
