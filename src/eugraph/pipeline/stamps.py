"""Digests of files, and which of them need not be read again to know theirs.

As Git's index has it: as long as the system tells the same of a file (device,
inode, size, when it was last written and when anything of it last changed), its
bytes are the same. What was touched shortly before it was read could be written
once more without showing, for clocks of file systems tick slowly: of such a
file nothing is kept, and it is read again the next time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

FILE: Final = "stamps.json"
"""Where a site keeps what is known of the files that its editions are made of."""

_FORMAT: Final = 1
_PART: Final = 1 << 16
_SETTLED: Final = 3 * 10**9
"""For so many nanoseconds a file must not have changed; the slowest clock (FAT) ticks every two."""


class Stamps:
    """What is known of files by their paths, and what is found out now."""

    def __init__(self, known: dict[str, Sequence[object]] | None = None) -> None:
        """Begin with what is `known`: of each path the stamp, and last the digest."""
        self._known = known or {}
        self._now: dict[str, Sequence[object]] = {}

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file's bytes, `unreadable` for what has none; None if not there.

        A pipe would be waited for, a device read for ever: only files are read.
        """
        try:
            found = os.stat(name)  # noqa: PTH116  # asked of every file, every time
        except OSError as error:
            return None if isinstance(error, FileNotFoundError | NotADirectoryError) else UNREADABLE
        if not stat.S_ISREG(found.st_mode):
            return UNREADABLE
        stamp = _stamp(found)
        known = self._known.get(name)
        if known and list(known[:-1]) == stamp:
            self._now[name] = known
            return str(known[-1])
        return self._read(name, stamp)

    def _read(self, name: str, stamp: list[int]) -> str:
        began = time.time_ns()
        digest = hashlib.sha256()
        try:
            with open(name, "rb", buffering=0) as file:  # noqa: PTH123  # as above
                while part := file.read(_PART):
                    digest.update(part)
                after = _stamp(os.fstat(file.fileno()))
        except OSError:
            return UNREADABLE
        if after == stamp and max(stamp[3:]) < began - _SETTLED:
            self._now[name] = (*stamp, digest.hexdigest())
        return digest.hexdigest()

    def write(self, site: Path) -> None:
        """Keep in `site` what is known now; what was not asked for is forgotten."""
        if self._now == self._known:
            return
        new = site / f"{FILE}.new"
        document = {"format": _FORMAT, "files": self._now}
        with suppress(OSError):  # it only saves time
            new.write_text(json.dumps(document, separators=(",", ":")), encoding="utf-8")
            new.rename(site / FILE)


UNREADABLE: Final = "unreadable"
"""In place of the digest of what cannot be read, and of what is no file."""


def read_stamps(site: Path) -> Stamps:
    """Return what `site` keeps; nothing where that is not there or damaged."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        document = json.loads((site / FILE).read_bytes())
        files = document["files"]
        if document["format"] == _FORMAT and all(_is_stamped(each) for each in files.values()):
            return Stamps({name: tuple(each) for name, each in files.items()})
    return Stamps()


def _stamp(found: os.stat_result) -> list[int]:
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _is_stamped(each: object) -> bool:
    return isinstance(each, list) and len(each) == _LENGTH and isinstance(each[-1], str)


_LENGTH: Final = 6
