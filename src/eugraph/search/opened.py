"""The indexes that a thread has open: opening one takes longer than most look-ups in it."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from eugraph.errors import SiteError

Row = tuple[Any, ...]
"""A row of an index, with the columns that it was asked for."""

_MOST: Final = 2
"""How many a thread keeps: that of the edition that is served, and of the one before."""

_Key = tuple[Path, int, int]


def rows_of(path: Path, query: str, values: Sequence[object]) -> list[Row]:
    """Return what an index answers; raises SiteError if there is none, or it cannot be read."""
    try:
        return opened(path).execute(query, tuple(values)).fetchall()
    except (sqlite3.Error, OSError) as error:
        raise SiteError(f"{path} cannot be read ({error}); build again.") from error


def opened(path: Path) -> sqlite3.Connection:
    """Return the index at `path`, opened for this thread alone.

    Raises OSError if there is none, and sqlite3.Error if it cannot be opened.
    """
    # Another file may come to have the name: that of an edition which was never served.
    state = path.stat()
    return _opened.of((path, state.st_ino, state.st_mtime_ns))


class _Opened(threading.local):
    """The files that a thread has open, the one it asked last at the end."""

    def __init__(self) -> None:
        self._files: OrderedDict[_Key, _File] = OrderedDict()

    def of(self, key: _Key) -> sqlite3.Connection:
        if key not in self._files:
            self._files[key] = _File(key[0])
        self._files.move_to_end(key)
        while len(self._files) > _MOST:
            self._files.popitem(last=False)
        return self._files[key].connection


class _File:
    """An index that is open until nothing holds it."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        # Whatever thread lets go of it last, when its own has ended.
        self.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def __del__(self) -> None:
        self.connection.close()


_opened: Final = _Opened()
