"""Reading a TOML file that anybody may have written: whatever it is, its mistake is named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from eugraph.errors import DataError

_MOST_BYTES: Final = 10_000_000
"""More than ten times the largest file that comes with eugraph; more would take all memory."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return what stands in the TOML file at `path`, a byte-order mark put aside.

    Raises `DataError` naming the file, and what to do, for whatever is no
    readable TOML file: a folder, a pipe or a device (which would be read for
    ever), a link to nowhere, none at all, damaged or too deep contents.
    """
    try:
        if not path.exists():
            raise DataError(path.name, "is a link to nowhere" if path.is_symlink() else _MISSING)
        if not path.is_file():
            raise DataError(path.name, "is no file; put a TOML file there or remove it")
        if path.stat().st_size > _MOST_BYTES:
            raise DataError(path.name, f"has more than {_MOST_BYTES:,} bytes; make it smaller")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(path.name, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(path.name, "is not UTF-8; save it as UTF-8") from error
    except RecursionError as error:
        raise DataError(path.name, "is not TOML of use: its values are nested too deep") from error
    except ValueError as error:  # tomllib's own, and numbers too long for Python
        raise DataError(
            path.name, f"is not TOML: {error}; texts stand in quotes, days as 2024-05-31"
        ) from error


_MISSING: Final = "the file is missing"
