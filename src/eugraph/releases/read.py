"""A file → a `Release`, by the ending of its name."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from pathlib import Path
from stat import S_ISREG

from eugraph.errors import ReleaseError
from eugraph.releases.decode import decode
from eugraph.releases.file_name import MEDIA_TYPES, release_id, sidecar_of
from eugraph.releases.language import has_letters
from eugraph.releases.limits import LIMITS, Limits
from eugraph.releases.passages import passages_of
from eugraph.releases.release import Metadata, Release
from eugraph.releases.sidecar import read_sidecar


def read_release(path: Path, limits: Limits = LIMITS) -> Release:
    """Return the release in the file at `path`, with what is known of it from outside its text.

    Its text is as decoded or extracted, without a byte-order mark and never
    altered, so that offsets into it stay true. What `<stem>.toml` says goes
    before what a web page declares of itself.

    Raises `ReleaseError` naming the file for one that is missing, unreadable,
    empty, damaged or too large, and for malformed metadata.
    """
    name = str(path)
    text, declared = _extracted(path, name, limits)
    if len(text) > limits.text_length:
        reason = f"has {len(text):,} characters; a release may have {limits.text_length:,}"
        raise ReleaseError(name, f"{reason}: split it")
    if not has_letters(text):
        raise ReleaseError(name, "has no words in it; put the text of a release into it")
    identifier = release_id(path)
    passages = passages_of(identifier, text)
    if len(passages) > limits.passages:
        reason = f"has {len(passages):,} lines; a release may have {limits.passages:,}: split it"
        raise ReleaseError(name, reason)
    return Release(
        id=identifier,
        name=path.name,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type=MEDIA_TYPES[path.suffix.lower()],
        passages=passages,
        metadata=_completed(_beside(path), declared),
    )


def _beside(path: Path) -> Metadata:
    """Return what stands beside the release at `path`; an error names the release as well."""
    sidecar = sidecar_of(path)
    try:
        return read_sidecar(sidecar)
    except ReleaseError as error:
        reason = f"is not read, for {sidecar.name} beside it {error.reason}"
        raise ReleaseError(str(path), reason) from error


def _extracted(path: Path, name: str, limits: Limits) -> tuple[str, Metadata]:
    """Return the text of a file and what it declares of itself, by the ending of its name."""
    # Imported here: each takes up to a fifth of a second, and most builds need none of them.
    data = _bytes(path, limits.file_bytes)
    match path.suffix.lower():
        case ".html" | ".htm":
            from eugraph.releases.page import declared_encoding, read_page

            return read_page(decode(data, name, declared_encoding(data)), name, limits)
        case ".docx":
            from eugraph.releases.word import text_of_word

            return text_of_word(data, name, limits), Metadata()
        case ".pdf":
            from eugraph.releases.pdf import text_of_pdf

            return text_of_pdf(data, name, limits), Metadata()
        case _:
            return decode(data, name), Metadata()


def _completed(given: Metadata, declared: Metadata) -> Metadata:
    """Return `given` with what it leaves open filled in from `declared`."""
    values = {field.name: getattr(given, field.name) for field in fields(Metadata)}
    return replace(declared, **{key: value for key, value in values.items() if value is not None})


def _is_text(name: str) -> bool:
    """Tell whether a file's name was decoded in full; bytes that are no UTF-8 become surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _bytes(path: Path, limit: int) -> bytes:
    if path.suffix.lower() not in MEDIA_TYPES:
        endings = ", ".join(MEDIA_TYPES)
        raise ReleaseError(str(path), f"is of a kind that is not read; releases are {endings}")
    if not _is_text(path.name):
        raise ReleaseError(ascii(path.name), "has a name that is not UTF-8; rename it")
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            reason = "is no file but a folder, a pipe or a device; move it away"
            raise ReleaseError(str(path), reason)
        if status.st_size > limit:
            reason = f"has {status.st_size:,} bytes; a release may have {limit:,}: split it"
            raise ReleaseError(str(path), reason)
        return path.read_bytes()
    except OSError as error:
        raise ReleaseError(str(path), f"cannot be read: {error.strerror}") from error
