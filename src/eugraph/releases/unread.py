"""Files of kinds that are not read: which may yet be releases, and what to do with them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from eugraph.errors import ReleaseError
from eugraph.releases.file_name import MEDIA_TYPES

_INSTEAD: Final[Mapping[str, str]] = {
    **dict.fromkeys((".doc", ".docm", ".dot", ".dotx", ".rtf", ".odt", ".ott", ".fodt"), ".docx"),
    **dict.fromkeys((".pages", ".wpd", ".wps", ".sxw"), ".docx"),
    **dict.fromkeys((".md", ".markdown", ".rst", ".text", ".asc", ".adoc", ".tex"), ".txt"),
    **dict.fromkeys((".eml", ".msg"), ".txt"),
    **dict.fromkeys((".xhtml", ".xht", ".mht", ".mhtml", ".shtml"), ".html"),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".ps", ".epub", ".indd", ".pub"), ".pdf"),
}
"""The ending to save a file with, by the ending that it has."""

_NO_TEXT: Final = ("image/", "audio/", "video/", "font/", "model/", "message/")
_NO_TEXTS: Final = frozenset(
    {".toml", ".json", ".css", ".js", ".py", ".sh", ".zip", ".gz", ".zst", ".bz2", ".xz", ".7z"}
    | {".tar", ".rar", ".xls", ".xlsx", ".ods", ".csv", ".tsv", ".db", ".sqlite", ".exe", ".dll"}
    | {".lnk", ".url", ".ini", ".bak", ".tmp", ".log", ".psd", ".ai", ".sha256", ".sig", ".ttl"}
    | {".nt", ".nq", ".rdf", ".jsonld", ".yaml", ".yml", ".cfg", ".lock", ".part"}
)
"""What comes with releases and is none: what is known beside them, tables, archives, programs."""

_SAVED_WITH_A_PAGE: Final = "_files"
"""How the folder is called that a browser saves beside a page."""


def not_read(path: Path) -> ReleaseError:
    """Return what to tell of a file whose kind is not read: what to do, or which kinds are."""
    ending = _INSTEAD.get(path.suffix.lower())
    endings = ", ".join(MEDIA_TYPES)
    reason = (
        f"save it as {ending}; {path.suffix.lower()} is of a kind that is not read"
        if ending and ending in MEDIA_TYPES
        else f"is of a kind that is not read; releases are {endings}"
    )
    return ReleaseError(str(path), reason)


def passed_over(files: Iterator[Path]) -> Iterator[ReleaseError]:
    """Yield what to tell of those of the files of a folder that may be meant as releases.

    Nothing is told of hidden files, READMEs and what clearly is no text. A
    folder is told of if releases are in it: only those directly in a folder
    that is named are read.
    """
    for path in sorted(files):
        if path.name.startswith((".", "~")) or path.stem.lower() == "readme":
            continue
        if path.is_dir():
            if not path.name.endswith(_SAVED_WITH_A_PAGE) and _has_releases(path):
                yield ReleaseError(str(path), _FOLDER)
        elif _may_be_text(path):
            yield not_read(path)


_FOLDER: Final = "is a folder with releases in it; name it as well, or put its files one level up"


def _may_be_text(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending in _INSTEAD:
        return True
    kind = mimetypes.guess_type(path.name)[0] or ""
    return ending not in _NO_TEXTS and not kind.startswith(_NO_TEXT) and path.is_file()


def _has_releases(folder: Path) -> bool:
    try:
        return any(
            each.suffix.lower() in MEDIA_TYPES and not each.name.startswith((".", "~"))
            for each in folder.iterdir()
        )
    except OSError:
        return False
