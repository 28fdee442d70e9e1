"""Content codings: answers are sent as zstd or gzip to who takes that.

RFC 9110, sections 8.4 and 12.5.3. A coded answer is another representation, so
it has a strong ETag of its own: that of the plain one with the coding's name
behind it (section 8.8.3.3).
"""

from __future__ import annotations

import gzip
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Protocol

import zstandard
from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

_CODINGS: Final = ("zstd", "gzip")
"""The codings we write, best first."""

_LEAST: Final = 600
"""Answers shorter than this many bytes are sent as they are."""

_MOST: Final = 8 << 20
"""Files longer than this many bytes are sent as they are: dumps lie there compressed as well."""

_KEPT: Final = 32 << 20
"""How many bytes of coded answers are kept for the next who asks."""

_TEXTS: Final = frozenset(
    [
        "application/json",
        "application/javascript",
        "application/n-quads",
        "application/n-triples",
        "application/sparql-query",
        "application/trig",
        "application/xml",
        "application/yaml",
    ]
)

_ZSTD_LEVEL: Final = 3
_GZIP_LEVEL: Final = 4
"""A page in a quarter of the time that level 6 takes, for nine hundredths more bytes."""

_STREAM_LEVEL: Final = 1


class _Compressor(Protocol):
    def compress(self, block: bytes, /) -> bytes: ...
    def flush(self, mode: int = ..., /) -> bytes: ...


def encode_answers(app: Flask, kept: Coded) -> None:
    """Let `app` send its texts in the best coding that the client takes, from `kept` if it may.

    Whole answers and streams alike; ranges, errors of no length and what is
    coded already stay as they are.
    """

    @app.before_request
    def read_tag() -> None:
        """Take the coding off the tags that the client has, so that they are compared as ours."""
        coding, tags = _coding(), request.headers.get("If-None-Match", "")
        if coding and coding in tags:
            request.environ["HTTP_IF_NONE_MATCH"] = tags.replace(f'-{coding}"', '"')
            request.environ["eugraph.tags"] = tags

    @app.after_request
    def encode(answer: Response) -> Response:
        coding = _coding()
        if answer.status_code == 304:  # noqa: PLR2004
            _tag_as_held(answer, coding)
        elif coding and _may_be_coded(answer):
            _encode(answer, coding, kept)
        return answer


def _coding() -> str | None:
    if "Range" in request.headers:
        return None
    return chosen(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=256)
def chosen(accepted: str) -> str | None:
    """Return the coding to send to who sent `accepted` as its Accept-Encoding; None for none."""
    qualities = parse_accept_header(accepted, Accept)
    best = max(_CODINGS, key=qualities.quality)
    return best if qualities.quality(best) > 0 else None


def may_be_coded(media_type: str, length: int | None) -> bool:
    """Tell whether an answer of this type and, if it is known, `length` is better sent coded."""
    text = (
        media_type.startswith("text/")
        or media_type in _TEXTS
        or media_type.endswith(("+json", "+xml"))
    )
    return text and (length is None or length >= _LEAST)


def _may_be_coded(answer: Response) -> bool:
    length = answer.content_length
    return (
        may_be_coded(answer.mimetype or "", length)
        and answer.status_code not in {204, 206}
        and "Content-Encoding" not in answer.headers
        and not (answer.direct_passthrough and (length or 0) > _MOST)
    )


def _encode(answer: Response, coding: str, kept: Coded) -> None:
    answer.direct_passthrough = False
    whole = answer.is_sequence or answer.content_length is not None
    tag, _ = answer.get_etag()
    if whole:
        body = answer.get_data()
        if len(body) < _LEAST:
            return
        answer.set_data(kept.get(f"{tag} {coding}" if tag else None, body, coding))
    else:
        answer.response = _stream(answer.response, coding)  # type: ignore[arg-type]  # bytes
    answer.headers["Content-Encoding"] = coding
    if tag:
        answer.set_etag(f"{tag}-{coding}")
    answer.headers.pop("Accept-Ranges", None)


def _tag_as_held(answer: Response, coding: str | None) -> None:
    """Confirm the tag that the client has: of the coded answer, if it is that one."""
    tag, _ = answer.get_etag()
    if tag and coding and f'"{tag}-{coding}"' in request.environ.get("eugraph.tags", ""):
        answer.set_etag(f"{tag}-{coding}")


def coded(body: bytes, coding: str) -> bytes:
    """Return `body` in `coding`."""
    if coding == "gzip":
        return gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)


def _stream(blocks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield `blocks` in `coding`, the first at once.

    An error in `blocks` passes through before the end mark is written, so that
    the client sees that the answer is not complete.
    """
    compressor: _Compressor
    if coding == "gzip":
        compressor = zlib.compressobj(_STREAM_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        part_ends = zlib.Z_SYNC_FLUSH
    else:
        compressor = zstandard.ZstdCompressor(level=_STREAM_LEVEL).compressobj()
        part_ends = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    first = True
    try:
        for block in blocks:
            made = compressor.compress(block)
            if first:
                made += compressor.flush(part_ends)
                first = False
            if made:
                yield made
        yield compressor.flush()
    finally:
        close = getattr(blocks, "close", None)
        if close is not None:
            close()


class Coded:
    """Coded bodies by the tag of the plain one, those used last, up to a number of bytes."""

    def __init__(self, most: int = _KEPT) -> None:
        """Keep at most `most` bytes."""
        self._most = most
        self._size = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str | None, body: bytes, coding: str) -> bytes:
        """Return `body` in `coding`; a key of None keeps nothing."""
        if key is None:
            return coded(body, coding)
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        made = coded(body, coding)
        with self._lock:
            if key not in self._bodies:
                self._bodies[key] = made
                self._size += len(made)
            while self._size > self._most:
                _, oldest = self._bodies.popitem(last=False)
                self._size -= len(oldest)
        return made
