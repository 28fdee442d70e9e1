"""Which addresses an export begins with, and which file each becomes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from eugraph.changes import Changes
from eugraph.editions import Edition
from eugraph.search import lists
from eugraph.server.negotiation import EXTENSIONS

SEEDS: Final = (
    "", "download/", "catalog", "sitemap.xml", "robots.txt", ".well-known/void",
    ".well-known/sparql-examples/", "ontology", "shapes", "overview", "feed",
)  # fmt: skip
"""Where to begin, beside the lists and all that was published; what is not there is passed over."""

LIVE: Final = ("sparql", "search", "oai", "api", "query", "healthz", "readyz", "metrics", "desk")
"""What needs a server, by the first part of the address."""

PAGE: Final = "text/html"

_LIST_FORMS: Final = (".html", ".csv", ".jsonld")


def published(edition: Edition) -> Iterator[str]:
    """Yield the addresses of everything that is published, below the public one."""
    yield from SEEDS
    for name in lists():
        yield name
        yield from (name + extension for extension in _LIST_FORMS)
    for thing in Changes(edition.changes).things():
        if not thing.deleted:
            yield f"doc/{thing.path}"
    for iri in edition.graph_names:
        yield f"doc/graph/{iri.rpartition('/')[2]}"


def is_plain(path: str) -> bool:
    """Tell whether an address can be that of a file."""
    parts = path.split("/")
    return not any(part in {".", ".."} or "\\" in part or "\0" in part for part in parts)


def document_of(path: str) -> str:
    """Return the address of a document without the extension that says in which form it is."""
    stem, dot, extension = path.rpartition(".")
    return stem if dot and extension in EXTENSIONS else path


def file_of(path: str, media_type: str) -> PurePosixPath:
    """Return the file of an address: that of a page is in a folder of its own."""
    if not path or path.endswith("/"):
        return PurePosixPath(path, "index.html")
    if media_type == PAGE and not path.endswith(".html"):
        return PurePosixPath(path, "index.html")
    return PurePosixPath(path)
