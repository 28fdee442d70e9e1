"""The addresses that a page or a style sheet names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

_CSS: Final = re.compile(rb"url\(\s*[\"']?([^\"')\s]+)")
_XML: Final = re.compile(rb"<loc>\s*([^<\s]+)\s*</loc>")
_HEADER: Final = re.compile(r"<([^>]*)>")
_ATTRIBUTES: Final = frozenset({"href", "src", "poster", "data-src"})


def links_in(body: bytes, media_type: str) -> Iterator[str]:
    """Yield the addresses that a document names, as they stand there; none of unknown kinds."""
    match media_type:
        case "text/html":
            reader = _Reader()
            reader.feed(body.decode("utf-8", "replace"))
            yield from reader.found
        case "text/css":
            yield from (found.decode("utf-8", "replace") for found in _CSS.findall(body))
        case "application/xml" | "text/xml":
            yield from (found.decode("utf-8", "replace") for found in _XML.findall(body))


def links_of(header: str) -> list[str]:
    """Return the addresses that a `Link` header names (RFC 8288)."""
    return _HEADER.findall(header)


class _Reader(HTMLParser):
    """Collects the addresses of a page; those of forms are not for following."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what an element points to."""
        del tag
        self.found += [value for name, value in attrs if name in _ATTRIBUTES and value]
