"""The files that come with the package: ontology, shapes, lexicons, gazetteer.

In a checkout the top-level folders are the originals; a wheel carries copies
in `eugraph/_shipped`. An editable install sees the checkout, so an edit shows
at once.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder, such as `shapes` or `data/lexicon/en.toml`.

    Raises `FileNotFoundError` if the installation is incomplete.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parents[1]):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation of eugraph")
