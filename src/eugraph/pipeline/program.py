"""What makes editions: the program and the shipped files that decide what an edition says."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from eugraph.pipeline.stamps import Stamps
from eugraph.shipped import shipped

SHIPPED: Final = (
    "ontology",
    "shapes",
    "data/languages.toml",
    "data/licences.toml",
    "data/lexicon",
    "data/gazetteer",
    "data/wording",
    "data/language-model",
)
"""The shipped files that decide what an edition says."""

_PACKAGE: Final = Path(__file__).parents[1]

_found: dict[str, str] = {}
"""The digests of the shipped files and of the modules, found once a process."""


def program(stamps: Stamps) -> str:
    """Return the name of the program: its version, and a digest of all that it works by."""
    digest = hashlib.sha256(repr([*_digests(stamps).items()]).encode()).hexdigest()
    return f"eugraph {_version()} ({digest[:12]})"


def versions(stamps: Stamps) -> Mapping[str, str]:
    """Return the versions of what makes an edition: the program's, and digests of what it uses."""
    digests = _digests(stamps)
    shipped_digests = {Path(name).stem: digests[name][:12] for name in SHIPPED}
    return {"eugraph": _version()} | shipped_digests


def _digests(stamps: Stamps) -> Mapping[str, str]:
    if not _found:
        roots = {name: str(shipped(name)) for name in SHIPPED} | {"eugraph": str(_PACKAGE)}
        _found.update({name: _digest(root, stamps) for name, root in roots.items()})
    return _found


def _digest(root: str, stamps: Stamps) -> str:
    ending = ".py" if root == str(_PACKAGE) else ""
    files = (path for path in _files(root) if path.endswith(ending))
    digested = sorted((os.path.relpath(path, root), stamps.digest(path)) for path in files)
    return hashlib.sha256(repr(digested).encode()).hexdigest()


def _files(root: str) -> Iterator[str]:
    """Yield the files at or below `root`, but for what Python compiles."""
    if not os.path.isdir(root):  # noqa: PTH112  # every build waits for it
        yield root
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in {"__pycache__", "_shipped"}]
        yield from (f"{folder}{os.sep}{name}" for name in names if not name.endswith(".pyc"))


@cache
def _version() -> str:
    return version("eugraph")
