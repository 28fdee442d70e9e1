"""What the name of a file tells: whether it is read, the id of its release, where metadata lies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from anyascii import anyascii

from eugraph.errors import ReleaseError

MEDIA_TYPES: Mapping[str, str] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
"""The endings of files that are read, with their media types."""


def sidecar_of(path: Path) -> Path:
    """Return where the metadata of the release at `path` lies, if it has any."""
    return path.with_suffix(".toml")


def release_id(path: Path) -> str:
    """Return the id of the release at `path`: its stem in `[a-z0-9-]`, Latin letters for others.

    Raises `ReleaseError` if nothing is left.
    """
    identifier = slug(path.stem)
    if not identifier:
        raise ReleaseError(str(path), "has no letter or digit in its name; rename it")
    return identifier


def slug(words: str) -> str:
    """Return `words` in `[a-z0-9-]`, other letters by their Latin likeness; perhaps nothing."""
    plain = anyascii(unicodedata.normalize("NFKC", words)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
