"""A file → a `Release`, by the ending of its name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from eugraph.errors import ReleaseError
from eugraph.releases.decode import decode
from eugraph.releases.language import ENOUGH_LETTERS, letters
from eugraph.releases.passages import passages_of
from eugraph.releases.release import Release
from eugraph.releases.sidecar import read_sidecar, sidecar_of

MEDIA_TYPES: Mapping[str, str] = {".txt": "text/plain"}
"""The endings of files that are read, with their media types."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold; a release has a few pages, and more is a mistake or an attack."""

    file_bytes: int = 2_000_000
    passages: int = 20_000


LIMITS = Limits()
"""The limits where none are given."""


def read_release(path: Path, limits: Limits = LIMITS) -> Release:
    """Return the release in the file at `path`, with what `<stem>.toml` beside it says of it.

    The text is as decoded, without a byte-order mark and never altered, so
    that offsets into it stay true.

    Raises `ReleaseError` naming the file for one that is missing, unreadable,
    empty, not text or too large, and for malformed metadata.
    """
    name = str(path)
    text = decode(_bytes(path, limits.file_bytes), name)
    if letters(text) < ENOUGH_LETTERS:
        raise ReleaseError(name, "has no words in it; put the text of a release into it")
    identifier = release_id(path)
    passages = passages_of(identifier, text)
    if len(passages) > limits.passages:
        reason = f"has {len(passages)} lines; a release may have {limits.passages}"
        raise ReleaseError(name, reason)
    return Release(
        id=identifier,
        name=path.name,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type=MEDIA_TYPES[path.suffix.lower()],
        passages=passages,
        metadata=read_sidecar(sidecar_of(path)),
    )


def release_id(path: Path) -> str:
    """Return the id of the release at `path`: its stem in `[a-z0-9-]`, Latin letters for others.

    Raises `ReleaseError` if nothing is left.
    """
    stem = anyascii(unicodedata.normalize("NFKC", path.stem)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
    if not slug:
        raise ReleaseError(str(path), "has no letter or digit in its name; rename it")
    return slug


def _bytes(path: Path, limit: int) -> bytes:
    if path.suffix.lower() not in MEDIA_TYPES:
        endings = ", ".join(MEDIA_TYPES)
        raise ReleaseError(str(path), f"is of a kind that is not read; releases are {endings}")
    try:
        if path.exists() and not path.is_file():
            raise ReleaseError(str(path), "is no file; name a file")
        if path.stat().st_size > limit:
            reason = f"has {path.stat().st_size:,} bytes; a release may have {limit:,}: split it"
            raise ReleaseError(str(path), reason)
        return path.read_bytes()
    except OSError as error:
        raise ReleaseError(str(path), f"cannot be read: {error.strerror}") from error
