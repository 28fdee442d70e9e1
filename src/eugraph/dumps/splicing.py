"""Files made of those of the edition before: what did not change is copied as it is.

The two files that tell the whole by lines, N-Triples and N-Quads, are sorted.
So the place of a line that came or went is looked up, and what stands between
two such places is written as it stands in the file before. In TriG
each graph stands by itself, after the default graph in Turtle. The outcome is
that of writing the files from nothing, to the byte.
"""

from __future__ import annotations

import mmap
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from eugraph.dumps.graphs import STEM
from eugraph.triples.ntriples import difference


@dataclass(frozen=True, slots=True)
class Before:
    """The folder of an edition's files, and what graphs differ in another edition.

    `changed` has of each, by its IRI, the sorted N-Triples as they are in the
    files and as they are now, empty where there is no such graph.
    """

    folder: Path
    changed: Mapping[str, tuple[str, str]]

    def file(self, extension: str) -> Path:
        """Return the file of the whole in a format."""
        return self.folder / f"{STEM}.{extension}"


@dataclass(frozen=True, slots=True)
class Delta:
    """Lines that came into a file, and lines that left it."""

    came: Collection[bytes]
    gone: Collection[bytes]


def deltas(before: Before) -> tuple[Delta, Delta]:
    """Return what came and went in the N-Triples and in the N-Quads.

    A triple leaves the default graph with the last graph that tells it.
    """
    came: dict[bytes, set[bytes]] = defaultdict(set)
    gone: dict[bytes, set[bytes]] = defaultdict(set)
    for name, texts in before.changed.items():
        for lines, found in zip(difference(*texts), (gone, came), strict=True):
            for line in lines:
                found[line.removesuffix(" .").encode()].add(name.encode())
    with _mapped(before.file("nt")) as triples, _mapped(before.file("nq")) as quads:
        new = {t for t in came if not _has(triples, t + b" .\n")}
        old = {t for t in gone.keys() - came.keys() if _graphs(quads, t) == gone[t]}
    default = Delta({t + b" .\n" for t in new}, {t + b" .\n" for t in old})
    return default, Delta(
        {*default.came, *_quads(came)},
        {*default.gone, *_quads(gone)},
    )


def splice(old: Path, delta: Delta, output: IO[bytes]) -> None:
    """Write the sorted lines of the file `old`, but for those of `delta`."""
    with _mapped(old) as lines, memoryview(lines) as content:
        done = 0
        for line in sorted({*delta.came, *delta.gone}):
            place = _place(lines, line)
            output.write(content[done:place])
            done = place
            if line in delta.came:
                output.write(line)
            else:
                done += len(line)
        output.write(content[done:])


def splice_graphs(
    before: Before, default: Path, names: Iterable[str], write: Callable[[str], bytes]
) -> Iterator[bytes | memoryview]:
    """Yield TriG: the default graph, which is the Turtle file `default`, then graphs by `names`.

    Those that did not change are as they stand in the file before; `write`
    returns what there is to be of another one.
    """
    with default.open("rb") as turtle:
        yield from iter(partial(turtle.read, _BLOCK), b"")
    with _mapped(before.file("trig")) as quads, memoryview(quads) as content:
        there = dict(_blocks(quads, before.file("ttl").stat().st_size))
        for name in names:
            place = there.get(f"<{name}>".encode()) if name not in before.changed else None
            if place is None:
                yield write(name)
                continue
            with content[place] as block:
                yield block


def _blocks(quads: mmap.mmap | bytes, start: int) -> Iterator[tuple[bytes, slice]]:
    """Yield the named graphs in TriG, each as it is called there, with its place."""
    while start < len(quads):
        end = quads.find(_END, start) + len(_END)
        if end < len(_END):
            return
        yield quads[start : quads.find(b" {", start)], slice(start, end)
        start = end


_END: Final = b"\n}\n"
"""The end of a graph: every other line of it begins with a tab."""

_BLOCK: Final = 1 << 20


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap | bytes]:
    if not path.stat().st_size:  # which cannot be mapped
        yield b""
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        yield lines


def _place(lines: mmap.mmap | bytes, line: bytes) -> int:
    """Return where the first of sorted lines begins that does not go before `line`."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start) + 1
        if lines[start:end] < line:
            low = end
        else:
            high = start
    return low


def _has(lines: mmap.mmap | bytes, line: bytes) -> bool:
    place = _place(lines, line)
    return lines[place : place + len(line)] == line


def _graphs(quads: mmap.mmap | bytes, triple: bytes) -> set[bytes]:
    """Return the graphs that tell a triple: their lines follow that of the default graph."""
    start = triple + b" <"
    place, found = _place(quads, start), set()
    while quads[place : place + len(start)] == start:
        end = quads.find(b"\n", place)
        found.add(quads[place + len(start) : end - len(b"> .")])
        place = end + 1
    return found


def _quads(graphs: Mapping[bytes, Collection[bytes]]) -> Iterator[bytes]:
    return (b"%b <%b> .\n" % (triple, name) for triple, names in graphs.items() for name in names)
