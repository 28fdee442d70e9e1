"""The files of an edition: written once, packed, summed up, and read back."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import IO, Final

import zstandard

from eugraph.dumps.graphs import MEDIA_TYPES, STEM, write_dump, write_graph, write_parts
from eugraph.dumps.splicing import Before, deltas, splice, splice_graphs
from eugraph.dumps.tables import CSV, CSVW, write_tables
from eugraph.store import Store

_SUMS: Final = "SHA256SUMS"
_PACKERS: Final = 4
_GZIP_LEVEL: Final = 6
_ZSTD_LEVEL: Final = 3
"""Smaller than by gzip all the same, in a seventh of the time."""

CODINGS: Final[Mapping[str, str]] = {"gz": "application/gzip", "zst": "application/zstd"}
"""How files are packed: extension → media type of a packed file."""

_TYPES: Final[Mapping[str, str]] = {**MEDIA_TYPES, "csv": CSV, "json": CSVW}


@dataclass(frozen=True, slots=True)
class Dump:
    """One file: where it is, what it is, how many bytes, and their digest.

    `media_type` is that of the content, `packed` that of the file if it is
    packed, else empty.
    """

    path: Path
    media_type: str
    packed: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name


def write_dumps(
    folder: Path,
    graphs: Mapping[str, str],
    store: Store | None = None,
    before: Before | None = None,
) -> tuple[Dump, ...]:
    """Write the files of `graphs` into `folder`, each packed too, and `SHA256SUMS` beside them.

    `store` is that of the same graphs, if there is one to be asked; `before` are
    the files of another edition, if there are any to be made of, which gives the
    same bytes. What is written is packed while the next is: the packers do not
    need the interpreter.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_PACKERS, thread_name_prefix="pack") as pool:
        jobs = [pool.submit(_with_packed, path) for path in _written(folder, graphs, store, before)]
        lines = {name: line for job in jobs for name, line in job.result().items()}
    sums = "".join(lines[name] for name in sorted(lines))
    (folder / _SUMS).write_text(sums, encoding="ascii")
    return read_dumps(folder)


def _written(
    folder: Path, graphs: Mapping[str, str], store: Store | None, before: Before | None
) -> Iterator[Path]:
    """Write file after file, and yield each that is done."""
    whole = folder / f"{STEM}.nt"
    triples, quads = deltas(before) if before else (None, None)
    for extension in ("nt", *(each for each in MEDIA_TYPES if each != "nt")):
        path = folder / f"{STEM}.{extension}"
        with path.open("wb") as output:
            match extension, before:
                case ("nt", Before()) if triples:
                    splice(before.file("nt"), triples, output)
                case ("nq", Before()) if quads:
                    splice(before.file("nq"), quads, output)
                case ("trig", Before()):
                    turtle, write = folder / f"{STEM}.ttl", partial(_graph, graphs)
                    output.writelines(splice_graphs(before, turtle, sorted(graphs), write))
                case _:
                    write_dump(graphs, extension, output, whole=whole if path != whole else None)
        yield path
    yield from write_tables(folder, (store or Store.in_memory(graphs)).select)
    yield from write_parts(folder, whole)


def _graph(graphs: Mapping[str, str], name: str) -> bytes:
    return write_graph(name, graphs[name])


def _with_packed(path: Path) -> Mapping[str, str]:
    """Pack a file in every way; return the lines of the digests of all, by name."""
    files = (path, *(_packed(path, extension) for extension in CODINGS))
    return {file.name: _sum(file) for file in files}


def made_of(folder: Path, changed: Mapping[str, tuple[str, str]]) -> Before:
    """Return the files in `folder` as such that others are made of, whose graphs are `changed`."""
    return Before(folder, changed)


def read_dumps(folder: Path) -> tuple[Dump, ...]:
    """Return the files in `folder`, by name."""
    return _read(folder, (folder / _SUMS).stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(folder: Path, made: int) -> tuple[Dump, ...]:
    del made  # what they are called depends on it
    lines = sums(folder).read_text(encoding="ascii").splitlines()
    return tuple(_dump(folder / name, sha256) for sha256, name in map(str.split, lines))


def sums(folder: Path) -> Path:
    """Return the file that lists the digests of those in `folder`."""
    return folder / _SUMS


def _dump(path: Path, sha256: str) -> Dump:
    packed = CODINGS.get(path.suffix[1:], "")
    content = path.with_suffix("") if packed else path
    return Dump(path, _TYPES[content.suffix[1:]], packed, path.stat().st_size, sha256)


def _packed(path: Path, extension: str) -> Path:
    packed = path.with_name(f"{path.name}.{extension}")
    with path.open("rb") as content, packed.open("wb") as output:
        _PACK[extension](content, output)
    return packed


def _gzip(content: IO[bytes], output: IO[bytes]) -> None:
    """Pack by gzip, with no name and no time, so that equal content gives equal bytes."""
    with gzip.GzipFile("", "wb", _GZIP_LEVEL, output, mtime=0) as packer:
        shutil.copyfileobj(content, packer, 1 << 20)


def _zstd(content: IO[bytes], output: IO[bytes]) -> None:
    zstandard.ZstdCompressor(_ZSTD_LEVEL).copy_stream(content, output)


_PACK: Final[Mapping[str, Callable[[IO[bytes], IO[bytes]], None]]] = {"gz": _gzip, "zst": _zstd}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n"
