"""The whole graph as files for download.

Every dump is written from the same sorted lines, so equal graphs give equal
bytes in every format, whatever the hash seed: a harvester that compares sees
real changes only. No clock, edition number or machine name stands in a dump.
"""

from __future__ import annotations

import hashlib
import heapq
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eugraph.store import merged, serialize

STEM: Final = "eugraph"

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
}
"""The formats of a dump, by the extension of its file."""

_SUMS: Final = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Dump:
    """One file of a dump: where it is, what it is, how many bytes, and their digest."""

    path: Path
    media_type: str
    size: int
    sha256: str


def write_dump(graphs: Mapping[str, str], extension: str, output: io.BufferedIOBase) -> None:
    """Write `graphs` (graph IRI → sorted N-Triples) to `output` in the format of `extension`.

    N-Quads tell the dataset as it is served: the default graph, then each
    triple once more in each of its graphs. Every other format tells the
    default graph.
    """
    if extension == "nq":
        output.writelines(line.encode() for line in _quads(graphs))
    else:
        serialize(merged(graphs.values()), MEDIA_TYPES[extension], output)


def write_dumps(folder: Path, graphs: Mapping[str, str]) -> tuple[Dump, ...]:
    """Write a dump of `graphs` in every format into `folder`, and `SHA256SUMS` beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{STEM}.{extension}" for extension in MEDIA_TYPES]
    for path in paths:
        with path.open("wb") as output:
            write_dump(graphs, path.suffix[1:], output)
    sums = (f"{_digest(path)}  {path.name}\n" for path in paths)
    (folder / _SUMS).write_text("".join(sums), encoding="ascii")
    return read_dumps(folder)


def read_dumps(folder: Path) -> tuple[Dump, ...]:
    """Return the dumps in `folder`, in the order of `SHA256SUMS`."""
    lines = (folder / _SUMS).read_text(encoding="ascii").splitlines()
    return tuple(_dump(folder / name, sha256) for sha256, name in map(str.split, lines))


def _dump(path: Path, sha256: str) -> Dump:
    return Dump(path, MEDIA_TYPES[path.suffix[1:]], path.stat().st_size, sha256)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quads(graphs: Mapping[str, str]) -> Iterator[str]:
    named = (_in_graph(text, name) for name, text in graphs.items())
    return heapq.merge(merged(graphs.values()), *named)


def _in_graph(text: str, name: str) -> Iterable[str]:
    for line in io.StringIO(text, newline="\n"):
        yield line.removesuffix(".\n") + f"<{name}> .\n"
