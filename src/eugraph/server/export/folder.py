"""The folder that an export is written into, and the one that it takes the place of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

_BLOCK: Final = 1 << 20


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield a new folder that takes the place of `folder` at the end, if all goes well."""
    new, old = (folder.with_name(f".{folder.name}.{state}") for state in ("new", "old"))
    for path in (new, old):
        shutil.rmtree(path, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        for path in (new, old):
            shutil.rmtree(path, ignore_errors=True)


def write(file: Path, blocks: Iterable[bytes], known: Iterable[Path]) -> None:
    """Write a file, which is there whole or not at all.

    If the first of those `known` that is there has these very bytes, the file
    is that one under another name: it takes no room, and has its time.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    like = next((each for each in known if each.is_file()), None)
    if like is None:
        _write(file, blocks)
        return
    with like.open("rb") as other:
        new = _unlike(blocks, other)
        if new is not None:
            _write(file, new)
        elif not _linked(like, file):
            _write(file, _blocks(other))


def _write(file: Path, blocks: Iterable[bytes]) -> None:
    part = file.with_name(f"{file.name}.part{os.getpid()}")
    with part.open("wb") as output:
        output.writelines(blocks)
    part.replace(file)


def _unlike(blocks: Iterable[bytes], other: BinaryIO) -> Iterable[bytes] | None:
    """Return what was given as `blocks`, None if the file `other` is just that.

    Nothing is read twice but of `other`, which stays open for that.
    """
    blocks, alike = iter(blocks), 0
    for block in blocks:
        if other.read(len(block)) != block:
            return chain(_blocks(other, alike), [block], blocks)
        alike += len(block)
    return _blocks(other, alike) if other.read(1) else None


def _blocks(file: BinaryIO, size: int | None = None) -> Iterator[bytes]:
    """Yield a file from its beginning, up to `size` bytes."""
    left = file.seek(0, os.SEEK_END) if size is None else size
    file.seek(0)
    while left and (block := file.read(min(left, _BLOCK))):
        left -= len(block)
        yield block


def _linked(file: Path, name: Path) -> bool:
    """Give a file another name, if the file system can."""
    try:
        os.link(file, name)
    except OSError:
        name.unlink(missing_ok=True)
        return False
    return True
